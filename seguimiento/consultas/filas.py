"""Who sits on the seats that count, a row a membership, read by blocks: what every long file is made of."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from instancias.models import Membresia

from . import ayuda
from .ambito import Ambito
from .definiciones import inscripcion_del_dia, membresias_del
from .situacion import en_una_palabra

BLOQUE = 2000
T = TypeVar("T")


class FilaDeMembresia(NamedTuple):
    asiento: int
    persona: int
    calidad: str
    situacion: str
    clase_de_documento: str
    documento: str
    nombres: str
    apellidos: str
    celular: str
    ubigeo: str
    territorio: str
    nivel: str
    norma: str
    tipo: str
    numero: int
    institucion: str | None
    sector: str
    designacion: str
    desde: datetime.date
    insc: int | None
    version: int | None
    inscrita_en: datetime.datetime | None
    hechas: int | None
    requeridas: int | None
    iniciada_en: datetime.datetime | None
    terminada_en: datetime.datetime | None
    ultima: datetime.datetime | None = None
    ingreso: datetime.datetime | None = None


CAMPOS = (
    "asiento_id",
    "persona_id",
    "calidad",
    "situacion",
    "persona__tipo_de_documento",
    "persona__documento",
    "persona__nombres",
    "persona__apellidos",
    "persona__celular",
    "asiento__instancia__territorio_id",
    "asiento__instancia__territorio__nombre",
    "asiento__instancia__nivel",
    "asiento__instancia__norma_de_creacion",
    "asiento__tipo__corto",
    "asiento__numero",
    "asiento__institucion__nombre",
    "asiento__tipo__sector",
    "designacion",
    "desde",
    "insc__pk",
    "insc__version_id",
    "insc__creada_en",
    "insc__hechas",
    "insc__requeridas",
    "insc__iniciada_en",
    "insc__terminada_en",
    "ultima",
    "persona__ultimo_ingreso_en",
)


def membresias_con_estado(ambito: Ambito) -> QuerySet[Membresia]:
    """Who sits, by table and in legal order, each with their enrolment as ``insc`` and how they are doing."""
    palabra = en_una_palabra(ambito, por_ayudar=ayuda.personas_por_ayudar(ambito), persona="persona")
    return (
        membresias_del(ambito)
        .annotate(insc=inscripcion_del_dia(ambito, "persona__"))
        .annotate(situacion=palabra, ultima=Coalesce("insc__ultima_actividad_en", "insc__iniciada_en"))
        .order_by("asiento__instancia__territorio_id", "asiento__tipo__orden", "asiento__numero", "-calidad", "pk")
    )


def membresias_por_bloques(
    membresias: QuerySet[Membresia], *, con_actividad: bool = True
) -> Iterator[list[FilaDeMembresia]]:
    """``con_actividad``: with what was last known of each one. Moments are most of what it takes to read a row."""
    for bloque in por_bloques(membresias.values_list(*(CAMPOS if con_actividad else CAMPOS[:-2]))):
        yield [FilaDeMembresia(*fila) for fila in bloque]


def por_bloques(filas: QuerySet[Any]) -> Iterator[list[Any]]:
    """Read values with a cursor of the server: the memory holds a block, however many there are.

    SQLite has no such cursor: a question left half read would keep whoever writes between two blocks from writing. Who
    they are is asked first, by number and in order, and then what each block of them says: whoever leaves or arrives
    meanwhile moves nobody else out of the file, nor twice into it.
    """
    if connection.vendor != "sqlite":
        yield from en_bloques(filas.iterator(chunk_size=BLOQUE))
        return
    tope = filas.query
    de_un_bloque = tope.high_mark is not None and tope.high_mark - tope.low_mark <= BLOQUE
    if de_un_bloque or tope.distinct:  # values that are told once have no number: there are a few of each
        yield from en_bloques(list(filas))
        return
    todas = filas.all()
    todas.query.clear_limits()
    for numeros in en_bloques(list(filas.values_list("pk", flat=True))):
        if bloque := list(todas.filter(pk__in=numeros)):
            yield bloque


def en_bloques(filas: Iterable[T], cuantas: int = 0) -> Iterator[list[T]]:
    filas, cuantas = iter(filas), cuantas or BLOQUE
    while bloque := list(islice(filas, cuantas)):
        yield bloque
