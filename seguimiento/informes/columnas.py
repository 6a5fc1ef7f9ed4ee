"""Every column that a report may have, by form: its heading, its width and where its cell comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from instancias.declarados import OPCIONES
from instancias.models import Instancia, Institucion, Membresia, Persona

from ..consultas.cifras import SIN_CERTIFICADO, CertificadoDicho
from ..consultas.filas import FilaDeMembresia
from ..consultas.lugares import ordenanza_de
from ..consultas.situacion import Situacion
from .definicion import Forma

SECTORES = dict(Institucion.Sector.choices)
NIVELES = dict(Instancia.Nivel.choices)
DOCUMENTOS = dict(Persona.Documento.choices)
CALIDADES = dict(Membresia.Calidad.choices)
SITUACIONES = dict(Situacion.choices)
SEXOS = {**dict(OPCIONES["sexo"]), "": ""}


@dataclass(frozen=True)
class Columna:
    clave: str
    titulo: str | Promise
    ancho: int = 14
    # Of rows: what its cell says, and the words of what it says when they are those of a list.
    celda: Callable[[Any], Any] = str
    palabras: Mapping[Any, str | Promise] | None = None
    # What has to be read besides the row itself, by blocks: «certificado», «sexo», «modulos».
    pide: str = ""


class FilaDePersona(NamedTuple):
    """A membership with what was read of it by blocks."""

    suya: FilaDeMembresia
    edicion: str = ""
    certificado: CertificadoDicho = SIN_CERTIFICADO
    sexo: str = ""
    modulos: str = ""


def _de(campo: str) -> Callable[[FilaDePersona], Any]:
    return attrgetter(f"suya.{campo}")


def _papel(campo: str) -> Callable[[FilaDePersona], Any]:
    return attrgetter(f"certificado.{campo}")


def _asiento(fila: FilaDeMembresia) -> str:
    return f"{fila.tipo} ({fila.numero})" if fila.numero > 1 else fila.tipo


DE_PERSONAS: tuple[Columna, ...] = (
    Columna("documento_clase", gettext_lazy("Clase de documento"), 18, _de("clase_de_documento"), DOCUMENTOS),
    Columna("documento", gettext_lazy("Documento"), 14, _de("documento")),
    Columna("apellidos", gettext_lazy("Apellidos"), 28, _de("apellidos")),
    Columna("nombres", gettext_lazy("Nombres"), 24, _de("nombres")),
    Columna("sexo", gettext_lazy("Sexo (si lo declaró)"), 12, attrgetter("sexo"), SEXOS, pide="sexo"),
    Columna("ubigeo", gettext_lazy("Ubigeo"), 10, _de("ubigeo")),
    Columna("instancia", gettext_lazy("Instancia"), 26, _de("territorio")),
    Columna("nivel", gettext_lazy("Nivel"), 12, _de("nivel"), NIVELES),
    Columna("norma", gettext_lazy("Ordenanza de creación"), 26, lambda f: ordenanza_de(f.suya.norma)),
    Columna("asiento", gettext_lazy("Asiento"), 26, lambda f: _asiento(f.suya)),
    Columna("sector", gettext_lazy("Sector"), 22, _de("sector"), SECTORES),
    Columna("institucion", gettext_lazy("Institución"), 34, lambda f: f.suya.institucion or ""),
    Columna("calidad", gettext_lazy("Calidad"), 11, _de("calidad"), CALIDADES),
    Columna("designacion", gettext_lazy("Documento de designación"), 26, _de("designacion")),
    Columna("desde", gettext_lazy("En el asiento desde"), 14, _de("desde")),
    Columna("edicion", gettext_lazy("Edición"), 26, attrgetter("edicion")),
    Columna("estado", gettext_lazy("Estado del curso"), 22, _de("situacion"), SITUACIONES),
    Columna("inscrita", gettext_lazy("Inscrita"), 18, _de("inscrita_en")),
    Columna("empezo", gettext_lazy("Empezó"), 18, _de("iniciada_en")),
    Columna("termino", gettext_lazy("Terminó"), 18, _de("terminada_en")),
    Columna("modulos", gettext_lazy("Módulos terminados"), 14, attrgetter("modulos"), pide="modulos"),
    Columna("certificado_clase", gettext_lazy("Clase de certificado"), 14, _papel("clase"), pide="certificado"),
    Columna("certificado", gettext_lazy("Número de certificado"), 14, _papel("registro"), pide="certificado"),
    Columna("emitido", gettext_lazy("Fecha del certificado"), 18, _papel("emitido_en"), pide="certificado"),
    Columna("materia", gettext_lazy("Materia"), 34, _papel("curso"), pide="certificado"),
    Columna("horas", gettext_lazy("Horas"), 8, _papel("horas"), pide="certificado"),
    Columna("modalidad", gettext_lazy("Modalidad"), 12, _papel("modalidad"), pide="certificado"),
    Columna("entidad", gettext_lazy("Entidad que capacita"), 30, _papel("entidad"), pide="certificado"),
)

DE_ASIENTOS: tuple[Columna, ...] = (
    Columna("ubigeo", gettext_lazy("Ubigeo"), 10),
    Columna("instancia", gettext_lazy("Instancia"), 26),
    Columna("nivel", gettext_lazy("Nivel"), 12),
    Columna("norma", gettext_lazy("Ordenanza de creación"), 26),
    Columna("asiento", gettext_lazy("Asiento"), 26),
    Columna("sector", gettext_lazy("Sector"), 22),
    Columna("institucion", gettext_lazy("Institución"), 34),
    Columna("con_titular", gettext_lazy("Con titular"), 10),
    Columna("titular", gettext_lazy("Titular"), 32),
    Columna("designacion", gettext_lazy("Documento de designación"), 26),
    Columna("alterno", gettext_lazy("Alterno/a"), 32),
    Columna("capacitado", gettext_lazy("Capacitado"), 10),
    Columna("certificados", gettext_lazy("Certificados (número y fecha)"), 34),
)

# What is counted. Of people, each once; of seats, those that the norm asks for.
MEDIDAS: tuple[Columna, ...] = (
    Columna("norma", gettext_lazy("Ordenanza de creación"), 26),
    Columna("asientos", gettext_lazy("Asientos"), 10),
    Columna("con_titular", gettext_lazy("Con titular"), 10),
    Columna("capacitados", gettext_lazy("Asientos capacitados"), 12),
    Columna("integrantes", gettext_lazy("Integrantes"), 12),
    Columna("inscritas", gettext_lazy("Inscritas"), 12),
    Columna("empezaron", gettext_lazy("Empezaron"), 12),
    Columna("terminaron", gettext_lazy("Terminaron"), 12),
    Columna("certificadas", gettext_lazy("Con certificado"), 12),
    Columna("horas", gettext_lazy("Horas certificadas"), 12),
    Columna("certificados", gettext_lazy("Certificados (número y fecha)"), 60),
)
DE_PERSONAS_CONTADAS = ("integrantes", "inscritas", "empezaron", "terminaron", "certificadas")
DE_ASIENTOS_CONTADOS = ("asientos", "con_titular", "capacitados")

GRUPOS: tuple[Columna, ...] = (
    Columna("edicion", gettext_lazy("Edición"), 30),
    Columna("modalidad", gettext_lazy("Modalidad"), 14),
    Columna("provincia", gettext_lazy("Provincia"), 22),
    Columna("ubigeo", gettext_lazy("Ubigeo"), 10),
    Columna("instancia", gettext_lazy("Instancia"), 26),
    Columna("nivel", gettext_lazy("Nivel"), 12),
    Columna("sector", gettext_lazy("Sector"), 26),
    Columna("calidad", gettext_lazy("Calidad"), 11),
    Columna("modulo", gettext_lazy("Módulo"), 40),
    Columna("sexo", gettext_lazy("Sexo"), 16),
    Columna("origen", gettext_lazy("Autoidentificación étnica"), 40),
)
POR_FORMA: dict[str, tuple[Columna, ...]] = {
    Forma.PERSONAS: DE_PERSONAS,
    Forma.ASIENTOS: DE_ASIENTOS,
    Forma.CUENTAS: MEDIDAS,
}


def elegidas(catalogo: Sequence[Columna], claves: Iterable[str]) -> list[Columna]:
    """The columns of the catalogue that were asked for, in its order."""
    pedidas = set(claves)
    return [columna for columna in catalogo if columna.clave in pedidas]


def de_sexo(medida: Columna) -> list[Columna]:
    """The columns that say a count by sex, beside it."""
    palabras = (("mujeres", _("mujeres")), ("hombres", _("hombres")), ("sin_dato", _("sin declarar")))
    return [Columna(f"{medida.clave}_{clave}", f"{medida.titulo}: {palabra}", 16) for clave, palabra in palabras]
