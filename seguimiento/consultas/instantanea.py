"""Several questions about the same moment, whatever is being written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def instantanea() -> Iterator[None]:
    """Read all of it as it was at the first question. Inside a wider transaction, as that one reads."""
    primera = not connection.in_atomic_block
    with transaction.atomic():
        if primera and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
