"""Adding to the ledger: the lines of one act in one statement, written as values (``marco.en_bloque``)."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.db import connections, router

from marco.en_bloque import insertar, insertar_mientras

from ..clases import Json
from ..models import Intento, Respuesta


class Linea(NamedTuple):
    """A line that is going to be added, its columns in order. The number of its attempt is read when it is written."""

    intento: Intento
    version: int
    operacion: uuid.UUID
    secuencia: int
    valor: Json
    recibida_en: datetime.datetime
    definitiva: bool = False
    nota: str = ""
    puntos: int | Decimal | None = None
    maximo: int = 1


def escribir_lineas(lineas: Sequence[Linea]) -> None:
    """Add lines to the ledger, inside the transaction of an act. None, no statement."""
    insertar(Respuesta, Linea._fields, _filas(lineas))


class SeCerro(Exception):
    """The attempt was read under way, and is not any more."""


def escribir_en_curso(lineas: Sequence[Linea]) -> None:
    """Add answers to an attempt that is under way, as ``escribir_lineas``. Raises ``SeCerro`` when it no longer is.

    Who holds its row knows. Where no row is held (SQLite) it may have been read before the transaction began, and the
    statement asks: what closes without a mark leaves no line that takes the place of these.
    """
    if not lineas or filas_que_se_toman():
        return escribir_lineas(lineas)
    de = [lineas[0].intento.pk, Intento.Estado.EN_CURSO]
    if not insertar_mientras(Respuesta, Linea._fields, _filas(lineas), mientras=_sigue_en_curso(), de=de):
        raise SeCerro


def filas_que_se_toman() -> bool:
    """Whether this engine lets an act hold a row, and others write meanwhile."""
    return bool(connections[router.db_for_write(Respuesta)].features.has_select_for_update)


@cache
def _sigue_en_curso() -> str:
    return f'EXISTS (SELECT 1 FROM "{Intento._meta.db_table}" WHERE "id" = %s AND "estado" = %s)'  # noqa: S608


def _filas(lineas: Sequence[Linea]) -> Iterator[tuple[Any, ...]]:
    return ((linea.intento.pk, *linea[1:]) for linea in lineas)
