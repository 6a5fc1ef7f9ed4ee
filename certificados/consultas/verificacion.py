"""Public check. It answers with the least: no document number, mark, district or other certificates."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Value, When

from certificados import codigos
from certificados.models import Certificado, DocumentoDeCifras
from certificados.pdf.letras import limpiar
from marco.models import Instalacion
from marco.preparadas import preparada
from marco.respaldo.vuelta import Vuelta, vuelta_de

CAMPOS = ("de_que", "vale", "datos", "anulado_en")
DE_ALGUIEN, DE_CIFRAS, VUELTA = 0, 1, 2
SUPRIMIDO = "suprimido"  # its person asked to take their data away: it proves nothing
SIN_OTRO = "sin_otro"  # it was replaced, and nothing that took its place is in force


@dataclass(frozen=True)
class DocumentoPublico:
    documento: str  # what it is called: a «constancia» is not a «certificado», whatever a paper says
    estado: str
    nombre: str
    curso: str
    horas: int
    tipo_de_horas: str
    fecha: datetime.date
    entidad: str
    anulado_en: datetime.datetime | None
    es_de_cifras = False


@dataclass(frozen=True)
class CifrasPublicas:
    """Of an acta, a closing or a trained instancia: which one, of whom, of which day. ``lineas`` are what it adds."""

    titulo: str
    estado: str
    lugar: str
    al: datetime.date
    fecha: datetime.date
    entidad: str
    lineas: list[str]
    anulado_en: datetime.datetime | None
    es_de_cifras = True


def verificar(*, codigo: str) -> DocumentoPublico | CifrasPublicas | None:
    """What the paper with this address is worth now."""
    return buscar(codigo=codigo)[0]


def buscar(*, codigo: str) -> tuple[DocumentoPublico | CifrasPublicas | None, Vuelta | None]:
    """The same; and, of a paper that is not here, the last return to a copy, that may have left it behind.

    One statement, found or not.
    """
    buscado = codigos.normalizar_codigo_largo(codigo) or codigos.DE_NADIE
    vuelta = None
    for *encontrado, clase in con_este_codigo(codigo=buscado):
        if clase == DE_CIFRAS:
            return _de_cifras(*encontrado), None
        if clase == DE_ALGUIEN:
            return _certificado(*encontrado), None
        _nada, repuesta_de, _datos, desde = encontrado
        vuelta = vuelta_de(repuesta_de=repuesta_de, desde=desde)
    return None, vuelta


@preparada
def con_este_codigo(*, codigo: str) -> QuerySet[Any]:
    """What the book has with this code, of a person or of figures; and the returns to a copy."""
    certificados = Certificado.objects.filter(codigo_largo=codigo).order_by()
    de_cifras = DocumentoDeCifras.objects.filter(codigo_largo=codigo).order_by()
    de_alguien = certificados.annotate(de_que=F("documento"), vale=_lo_que_vale(), cifras=Value(DE_ALGUIEN))
    cifras = de_cifras.annotate(de_que=F("clase"), vale=F("estado"), cifras=Value(DE_CIFRAS))
    otros = (una.values_list(*CAMPOS, "cifras") for una in (cifras, _vueltas()))
    return de_alguien.values_list(*CAMPOS, "cifras").union(*otros, all=True)


def _vueltas() -> QuerySet[Instalacion]:
    return Instalacion.objects.exclude(repuesta_de="").annotate(
        de_que=Value(""),
        vale=F("repuesta_de"),
        datos=Value(None, CharField()),
        anulado_en=F("desde"),
        cifras=Value(VUELTA),
    )


def _lo_que_vale() -> Case:
    sin_datos = When(suprimido_en__isnull=False, then=Value(SUPRIMIDO))
    otro = Certificado.objects.con_papel().filter(inscripcion=OuterRef("inscripcion"))
    sin_otro = When(~Exists(otro), estado=Certificado.Estado.REEMPLAZADO, then=Value(SIN_OTRO))
    return Case(sin_datos, sin_otro, default=F("estado"), output_field=CharField())


def _certificado(
    documento: str, estado: str, datos: dict[str, Any], anulado_en: datetime.datetime | None
) -> DocumentoPublico:
    return DocumentoPublico(
        documento=str(Certificado.Documento(documento).label),
        estado=estado,
        # As the paper prints them, to the letter.
        nombre=limpiar(datos["nombre"]),
        curso=limpiar(datos["curso"]),
        horas=datos["horas"],
        tipo_de_horas=datos["tipo_de_horas"],
        fecha=datetime.date.fromisoformat(datos["fecha"]),
        entidad=limpiar(datos["entidad"]),
        anulado_en=anulado_en,
    )


def _de_cifras(_clase: str, estado: str, datos: dict[str, Any], anulado_en: datetime.datetime | None) -> CifrasPublicas:
    publico = datos["publico"]
    return CifrasPublicas(
        titulo=limpiar(publico["titulo"]),
        estado=estado,
        lugar=limpiar(publico["lugar"]),
        al=datetime.date.fromisoformat(publico["al"]),
        fecha=datetime.date.fromisoformat(publico["fecha"]),
        entidad=limpiar(publico["entidad"]),
        lineas=[limpiar(linea) for linea in publico["lineas"]],
        anulado_en=anulado_en,
    )
