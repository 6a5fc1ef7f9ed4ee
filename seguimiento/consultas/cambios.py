"""Whether anything that a page tells changed: a number for each scope, that only grows.

Each fact leaves its change in its own transaction, so whoever sees the fact sees the number of after it. What was drawn
is kept under that number, asked **before** the facts are read: it can only be newer than its number, never older.
"""

from __future__ import annotations

import datetime
from hashlib import blake2b
from typing import Any

from django.db import connection

from ..models import CambioDeInstancia, CuentaDeCambios
from .ambito import Ambito, inicio_del
from .contadores import hay

# Whoever already wrote something in this transaction may undo it: what they see is theirs alone.
CONSULTA = """
SELECT (SELECT coalesce(sum(cuantos), 0) FROM {cuentas} WHERE {donde})
     + (SELECT count(*) FROM {cambios} WHERE {donde}),
       pg_current_xact_id_if_assigned()::text
"""


def numero(ambito: Ambito) -> str | None:
    """The number of the scope: the same while nothing that it tells has changed. One statement.

    None where the database keeps no changes: then nothing is kept either.
    """
    if not hay():
        return None
    prefijos = [f"{uno}%" for uno in ([ambito.instancia] if ambito.instancia else ambito.prefijos)]
    donde = " OR ".join(["territorio = ''", *(["territorio LIKE %s"] * len(prefijos))])
    nombres = {"cuentas": CuentaDeCambios._meta.db_table, "cambios": CambioDeInstancia._meta.db_table}
    with connection.cursor() as cursor:
        cursor.execute(CONSULTA.format(donde=donde, **nombres), [*prefijos, *prefijos])
        cuantos, suya = cursor.fetchone()
    return f"{cuantos}-{suya}" if suya else str(cuantos)


def llave(que: str, ambito: Ambito, cambios: str, *mas: Any) -> str:
    """Where something of a scope is kept. Whatever else it tells goes in ``mas``: it never comes out for another."""
    partes: list[Any] = [que, ambito.prefijos, ambito.instancia, ambito.edicion_id, ambito.dia, ambito.al is None]
    huella = blake2b(repr([*partes, ambito.convocados, cambios, *mas]).encode(), digest_size=20).hexdigest()
    return f"kuska:panel:{que}:{huella}"


def segundos_del_dia(ambito: Ambito) -> int:
    """How long something of today may be kept: at midnight it is of another day. Of another day, some hours."""
    if ambito.al is not None:
        return 6 * 3600
    manana = inicio_del(ambito.hoy + datetime.timedelta(days=1))
    return max(int((manana - ambito.ahora).total_seconds()), 1)
