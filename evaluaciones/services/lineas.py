"""Adding to the ledger: the lines of one act in one statement, written as values (``marco.en_bloque``)."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from marco.en_bloque import insertar

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
    insertar(Respuesta, Linea._fields, ((linea.intento.pk, *linea[1:]) for linea in lineas))
