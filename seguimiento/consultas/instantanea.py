"""Several questions about the same moment, whatever is being written, and without keeping anybody from writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import connection, transaction


@contextmanager
def instantanea() -> Iterator[None]:
    """Read all of it as it was at the first question. Inside a wider transaction, as that one reads.

    On SQLite our transactions take the place of the one writer as they begin; this one only reads, and takes no place.
    """
    primera = not connection.in_atomic_block
    with ExitStack() as abierta:
        with _sin_el_lugar_de_quien_escribe(primera):
            abierta.enter_context(transaction.atomic())
        if primera and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def _sin_el_lugar_de_quien_escribe(primera: bool) -> Iterator[None]:
    if not primera or connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()  # one that opens says again how its transactions begin
    de_siempre = connection.transaction_mode
    connection.transaction_mode = "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = de_siempre
