"""How much of a search is repeated on the other database."""

from __future__ import annotations

from django.db import connection


def ejemplos(cuantos: int) -> int:
    """Rules are searched on the default database; on the other, as many examples as show that it obeys them."""
    return cuantos if connection.vendor == "sqlite" else max(3, cuantos // 4)
