"""The marks of SQLite: put after migrations, taken away before them (see ``models.disparadores``).

SQLite makes a table again when a column changes: its triggers go, and those of others that name it keep it from getting
its name back. While they are not exactly what this edition says, pages are made from facts.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from ..consultas.cambios import puestos
from ..models import CuentaDeCambios
from ..models.disparadores import CUENTAS, DE_LOS_LUGARES, DE_TODAS, SUS_MODELOS, disparadores

QUITAR = "DROP TRIGGER {}"


@transaction.atomic
def quitar_marcas() -> None:
    """Take the triggers away. The marks stay: whoever puts them again changes that of all."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for nombre in puestos(cursor):
            cursor.execute(QUITAR.format(nombre))


@transaction.atomic
def poner_marcas() -> None:
    """Put the triggers that are missing or are of another edition, and a mark for each place.

    Whatever was written without them is of before: the mark of all changes. Where nothing is missing, nothing does.
    Migrations that went no further than a table that they name, or than what they write, leave none of them.
    """
    if connection.vendor != "sqlite" or not set(connection.introspection.table_names()) >= SUS_MODELOS:
        return
    with connection.cursor() as cursor:
        if not _se_puede_escribir(cursor):
            return
        cursor.execute(DE_LOS_LUGARES)
        if puestos(cursor) == disparadores():
            return
        quitar_marcas()
        for orden in disparadores().values():
            cursor.execute(orden)
        cursor.execute(DE_TODAS)


def _se_puede_escribir(cursor: Any) -> bool:
    """Whether the row of an instancia has all the columns of this edition."""
    columnas = {una.name for una in connection.introspection.get_table_description(cursor, CUENTAS)}
    return columnas >= {campo.column for campo in CuentaDeCambios._meta.concrete_fields}
