"""What a step shows, read once per revision of the course and kept in the cache: it is the same for everybody."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.db.models import Exists
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from cursos.consultas.contenido import guardado, guardados, guardar, renglones
from cursos.consultas.dudas import notas_de
from cursos.consultas.glosario import palabras_para
from cursos.consultas.primer_uso import Glosas, glosas_de
from cursos.decida import CLAVE as CLAVE_DE_DECIDA
from cursos.decida import Planteo, planteo_de, se_pregunta
from cursos.models import Leccion, Unidad
from cursos.pasos import AVISO
from cursos.services.imagenes import versiones_de
from cursos.tipografia import juntar
from marco.fallas import espera_de
from marco.nombres import Nombres

diario = logging.getLogger(__name__)


@dataclass(frozen=True)
class Nota:
    """A question with its answer, as everybody reads it under a step."""

    pregunta: str
    texto: str


@dataclass(frozen=True)
class PasoMostrado:
    """One screen of a lesson. ``html`` carries its title as the h1 of the page."""

    numero: int
    total: int
    id: str
    tipo: str
    titulo: str
    html: SafeString
    hay_resumen: bool = False
    notas: tuple[Nota, ...] = ()  # what others asked here, for everybody
    planteo: Planteo | None = None  # what a step that asks puts to a person, when somebody knows how to ask it

    @property
    def es_aviso(self) -> bool:
        return self.tipo == AVISO


@dataclass(frozen=True)
class CierreMostrado:
    """What the end of a lesson says."""

    titulo: str
    sabe_ahora: tuple[str, ...]
    resumen: tuple[str, ...]


def paso_de(*, unidad: Unidad, numero: int, hoy: date, ahorro: bool = False) -> PasoMostrado:
    """Return a step of a lesson; past the end, the last. When the cache does not have it, a statement for the lesson,
    one for its notes where it has some, and those of what its steps cite."""
    numero = min(max(numero, 1), max(unidad.pasos, 1))
    return guardado(_pieza(unidad, numero, ahorro, hoy), unidad.curso, lambda: _leer_paso(unidad, numero, ahorro, hoy))


def pasos_a_mano(*, unidad: Unidad, hoy: date, ahorro: bool = False) -> list[PasoMostrado]:
    """Return the steps of a lesson that the cache has. No statement."""
    piezas = [_pieza(unidad, numero, ahorro, hoy) for numero in range(1, unidad.pasos + 1)]
    return guardados(piezas, unidad.curso)


def _pieza(unidad: Unidad, numero: int, ahorro: bool, hoy: date) -> str:
    return f"paso:{unidad.pk}:{numero}:{int(ahorro)}:{hoy:%Y%m%d}"


def audio_de(*, unidad: Unidad, numero: int, alterno: bool = False, marca: str = "") -> Any:
    """Return the sound file of a step, or nothing when the step has none.

    ``marca`` is how the hash of the file begins: a page left open while steps were inserted finds its own sound.
    """
    leccion = _leccion(unidad)
    lugar = _lugar(leccion, numero)
    campo = "audio_alterno" if alterno else "audio"
    sonidos = {n: paso.value[campo] for n, paso in enumerate(leccion.pasos) if paso.block_type == "audio"}
    suyo = sonidos.get(lugar)
    if not marca or (suyo and (suyo.file_hash or "").startswith(marca)):
        return suyo
    mismos = (uno for uno in sonidos.values() if uno and (uno.file_hash or "").startswith(marca))
    return next(mismos, suyo)


def imagen_de(*, unidad: Unidad, numero: int) -> Mapping[tuple[str, int], str]:
    """Return the files of the picture of a step, by format and width; none when the step has no picture.

    Kept with the step: a phone asks for one as soon as it has read it.
    """
    return guardado(f"imagen:{unidad.pk}:{numero}", unidad.curso, lambda: _leer_imagen(unidad, numero))


def _leer_imagen(unidad: Unidad, numero: int) -> dict[tuple[str, int], str]:
    valor = _valor_del_paso(unidad, numero, "imagen")
    imagen = valor and valor.get("imagen")
    return {cual: una.file.name for cual, una in versiones_de(imagen).items()} if imagen else {}


def _valor_del_paso(unidad: Unidad, numero: int, tipo: str) -> Any:
    leccion = _leccion(unidad)
    lugar = _lugar(leccion, numero)
    if not 0 <= lugar < len(leccion.pasos) or leccion.pasos[lugar].block_type != tipo:
        return None
    return leccion.pasos[lugar].value


def cierre_de(*, unidad: Unidad) -> CierreMostrado:
    return guardado(f"cierre:{unidad.pk}", unidad.curso, lambda: _leer_cierre(unidad))


def lineas_del_resumen(leccion: Any) -> tuple[str, ...]:
    """Lines of the step that sums up a lesson; nothing when it has none."""
    lineas: tuple[str, ...] = ()
    for bloque in leccion.pasos.raw_data:
        if bloque["type"] == "resumen":
            lineas = tuple(
                str(uno.get("value", uno) if isinstance(uno, dict) else uno) for uno in bloque["value"]["lineas"]
            )
    return lineas


def pasos_mostrados(leccion: Any, *, hoy: date, ahorro: bool = False, nivel: int = 1) -> list[PasoMostrado]:
    """Return every step of a lesson, published or not: what a preview shows."""
    glosas = _glosas(leccion)
    return [_armar(leccion, n, ahorro, hoy, glosas, nivel) for n in range(1, leccion.numero_de_pasos + 1)]


def _leccion(unidad: Unidad, **ademas: Any) -> Any:
    return Leccion.objects.annotate(**ademas).get(pk=cast(int, unidad.pagina_id))


def _leer_paso(unidad: Unidad, numero: int, ahorro: bool, hoy: date) -> PasoMostrado:
    leccion = _leccion(unidad, hay_notas=Exists(notas_de(unidad)))
    # The page may have lost steps since the unit was read: what is asked for past the end is the last.
    numero = min(numero, max(leccion.numero_de_pasos, 1))
    curso = cast(Unidad, unidad.curso)  # only a course has none
    glosas = _glosas(leccion, curso)
    notas = _notas(unidad, glosas.nombres) if leccion.hay_notas else {}

    def uno(cual: int) -> PasoMostrado:
        armado = _armar(leccion, cual, ahorro, hoy, glosas, direccion=(curso.numero, unidad.numero, cual))
        return replace(armado, notas=tuple(notas.get(armado.id, ())))

    pedido = uno(numero)
    otros = (cual for cual in range(1, pedido.total + 1) if cual != numero and not _de_imagen(leccion, cual))
    try:  # whoever reads a step goes on to the next, and the lesson is in hand
        guardar({_pieza(unidad, cual, ahorro, hoy): uno(cual) for cual in otros}, curso)
    except Exception as error:
        if espera_de(error):
            raise
        diario.exception("a step that nobody asked for yet was not drawn", extra={"leccion": unidad.pk})
    return pedido


def _de_imagen(leccion: Any, numero: int) -> bool:
    """Whether a step is a picture, whose sizes may have to be made: only when somebody asks for it."""
    lugar = _lugar(leccion, numero)
    return 0 <= lugar < len(leccion.pasos) and leccion.pasos.raw_data[lugar]["type"] == "imagen"


def _lugar(leccion: Any, numero: int) -> int:
    """Where the block of a step is: before all of them a lesson on something hard has its notice."""
    return numero - 1 - (1 if leccion.tema_dificil else 0)


def _notas(unidad: Unidad, nombres: Nombres) -> Mapping[str, list[Nota]]:
    """Notes by step, in their order."""
    por_paso: dict[str, list[Nota]] = {}
    for una in notas_de(unidad):
        por_paso.setdefault(una.paso, []).append(Nota(nombres.poner(una.pregunta), nombres.poner(una.texto)))
    return por_paso


def _glosas(leccion: Any, curso: Unidad | None = None) -> Glosas:
    formas, dichos = palabras_para(curso)
    return glosas_de(leccion.pasos.raw_data, formas, reverse("kuska_cursos:glosario"), dichos)


def _armar(
    leccion: Any,
    numero: int,
    ahorro: bool,
    hoy: date,
    glosas: Glosas,
    nivel: int = 1,
    direccion: tuple[int, int, int] | None = None,
) -> PasoMostrado:
    total = max(leccion.numero_de_pasos, 1)
    tipos = [bloque["type"] for bloque in leccion.pasos.raw_data]
    hay_resumen = bool(tipos) and tipos[-1] == "resumen"
    lugar = _lugar(leccion, numero)
    contexto = {"nivel": nivel, "ahorro": ahorro, "hoy": hoy, "direccion": direccion}
    if lugar < 0 or lugar >= len(tipos):
        aviso = render_to_string("kuska/cursos/pasos/aviso.html", {**contexto, "leccion": leccion})
        html = glosas.nombres.poner_en_html(aviso)
        suyo = AVISO if leccion.tema_dificil else ""  # a lesson without steps shows it too
        return PasoMostrado(numero, total, suyo, AVISO, leccion.title, mark_safe(html), hay_resumen)  # noqa: S308
    bloque = leccion.pasos[lugar]
    titulo = bloque.value.get("titulo", "")
    planteo = _planteo(leccion, lugar, glosas) if direccion else None
    bruto = bloque.render({**contexto, "viva": planteo is not None})
    html = juntar(glosas.poner(lugar, glosas.nombres.poner_en_html(bruto)))
    return PasoMostrado(
        numero=numero,
        total=total,
        id=bloque.id or "",
        tipo=bloque.block_type,
        titulo=str(titulo),
        html=html,
        hay_resumen=hay_resumen,
        planteo=planteo,
    )


def _planteo(leccion: Any, lugar: int, glosas: Glosas) -> Planteo | None:
    """Return what a step asks, with the names of today, if it is one that asks and can be asked."""
    crudo = leccion.pasos.raw_data[lugar]
    planteo = planteo_de(crudo["value"]) if crudo["type"] == CLAVE_DE_DECIDA else None
    if planteo is None or not se_pregunta(planteo.tipo):
        return None
    valor, nombres = leccion.pasos[lugar].value, glosas.nombres
    return replace(
        planteo,
        pregunta=nombres.poner(planteo.pregunta),
        opciones=tuple(
            replace(una, texto=nombres.poner(una.texto), explicacion=nombres.poner(una.explicacion))
            for una in planteo.opciones
        ),
        regla=juntar(nombres.poner_en_html(conditional_escape(valor["regla"]))),
        cita=valor["articulo"].cita if valor.get("articulo") else "",
    )


def _leer_cierre(unidad: Unidad) -> CierreMostrado:
    leccion = _leccion(unidad)
    lineas = lineas_del_resumen(leccion)
    sabe_ahora, nombres = renglones(leccion.sabe_ahora), Nombres()
    return CierreMostrado(leccion.title, nombres.poner_en(sabe_ahora), nombres.poner_en(lineas))
