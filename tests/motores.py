"""What is tried on one database only, and how much of a search is repeated on the other one."""

from __future__ import annotations

import pytest
from django.db import connection

en_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="es de SQLite")
en_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="es de PostgreSQL")


def ejemplos(cuantos: int) -> int:
    """Rules are searched on the default database; on the other, as many examples as show that it obeys them."""
    return cuantos if connection.vendor == "sqlite" else max(3, cuantos // 4)
