"""Whether anything that a page tells changed: a number for each scope, that only grows.

Each fact leaves its change in its own transaction, so whoever sees the fact sees the number of after it. What was drawn
is kept under that number, asked **before** the facts are read: it can only be newer than its number, never older.
What is read before the number, or remembered for a minute, is not a fact of it: it is in the key itself.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from django.db import connection

from evaluaciones.consultas.aplicacion import aplicacion_de_un_curso
from marco.models import Instalacion

from ..models import BarraDeInstancia, CambioDeInstancia, CuentaDeCambios
from .ambito import Ambito
from .contadores import hay

# Whoever already wrote something in this transaction may undo it: what they see is theirs alone.
CONSULTA = """
SELECT (SELECT coalesce(sum(cuantos), 0) FROM {cuentas} WHERE {donde})
     + (SELECT count(*) FROM {cambios} WHERE {donde}),
       (SELECT identidad FROM {instalacion} WHERE id = 1),
       pg_current_xact_id_if_assigned()::text
"""


def numero(ambito: Ambito) -> str | None:
    """The number of the scope: the same while nothing that it tells has changed. One statement.

    It carries the identity of the installation: a copy that is put back is another one, and its numbers begin again.

    None where the database keeps no changes: then nothing is kept either.
    """
    if not hay():
        return None
    prefijos = [f"{uno}%" for uno in ([ambito.instancia] if ambito.instancia else ambito.prefijos)]
    donde = " OR ".join(["territorio = ''", *(["territorio LIKE %s"] * len(prefijos))])
    modelos = {"cuentas": CuentaDeCambios, "cambios": CambioDeInstancia, "instalacion": Instalacion}
    nombres = {clave: modelo._meta.db_table for clave, modelo in modelos.items()}
    with connection.cursor() as cursor:
        cursor.execute(CONSULTA.format(donde=donde, **nombres), [*prefijos, *prefijos])
        cuantos, identidad, suya = cursor.fetchone()
    return "-".join(str(uno) for uno in (identidad, cuantos, suya) if uno is not None)


def lo_recordado(ambito: Ambito) -> tuple[Any, ...]:
    """What a page uses and was read before its number, or not from the database: whatever differs is drawn apart."""
    barra = BarraDeInstancia.actual()
    aplicacion = aplicacion_de_un_curso(ambito.edicion.curso_id) if ambito.edicion else None
    return (ambito.edicion, barra.distrital, barra.provincial, ambito.solo_titulares, aplicacion)


def llave(que: str, ambito: Ambito, cambios: str, *mas: Any) -> str:
    """Where something of a scope is kept. Whatever else it tells goes in ``mas``: it never comes out for another."""
    partes: list[Any] = [que, ambito.prefijos, ambito.instancia, ambito.edicion_id, ambito.dia, ambito.al is None]
    huella = blake2b(repr([*partes, ambito.convocados, cambios, *mas]).encode(), digest_size=20).hexdigest()
    return f"kuska:panel:{que}:{huella}"


def segundos_del_dia(ambito: Ambito) -> int:
    """How long something of today may be kept: at midnight it is of another day. Of another day, some hours."""
    if ambito.al is not None:
        return 6 * 3600
    return max(int((ambito.corte - ambito.ahora).total_seconds()), 1)
