"""Rows of SQLite: those that are committed are read once, and again when somebody commits anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from tests.filas import Filas, Tabla

# Another connection, that sees whether that of the tests committed: its own commits move no number for itself.
_testigo: sqlite3.Connection | None = None
# The connection as a test began, outside any transaction, and how many rows it had written by then.
_al_empezar: tuple[Any, int] | None = None
_comprometidas: dict[tuple[str, ...], tuple[int, tuple[Filas, ...]]] = {}


def empieza(*, se_deshace: bool) -> None:
    """A test begins. One that really commits, or puts another file in place, leaves nothing that is known of before."""
    global _al_empezar
    conexion = connection.connection
    fuera = conexion is None or not conexion.in_transaction
    _al_empezar = (conexion, conexion.total_changes if conexion else 0) if se_deshace and fuera else None
    if not se_deshace:
        olvidar()


def olvidar() -> None:
    global _testigo
    _comprometidas.clear()
    if _testigo is not None:
        _testigo.close()
        _testigo = None


def leer(tablas: Sequence[Tabla]) -> tuple[Filas, ...]:
    if not _intacta():
        return _leer(tablas)
    cuales, version = (str(connection.settings_dict["NAME"]), *(tabla.nombre for tabla in tablas)), _version()
    sabidas = _comprometidas.get(cuales)
    if sabidas is None or sabidas[0] != version:
        sabidas = _comprometidas[cuales] = (version, _leer(tablas))
    return sabidas[1]


def _intacta() -> bool:
    """Whether this connection wrote nothing, undone or not, since the test began."""
    if _al_empezar is None or not connection.in_atomic_block:
        return False
    de_entonces, escrito = _al_empezar
    return connection.connection.total_changes == escrito and de_entonces in {None, connection.connection}


def _version() -> int:
    global _testigo
    if _testigo is None:
        _testigo = sqlite3.connect(connection.settings_dict["NAME"])
    ((version,),) = _testigo.execute("PRAGMA data_version").fetchall()
    return version


def _leer(tablas: Sequence[Tabla]) -> tuple[Filas, ...]:
    cursor = connection.connection.cursor()
    # «+» keeps the driver from turning what is kept into dates and booleans.
    ordenes = (
        f'SELECT {", ".join(f"""+"{c}" """ for c in tabla.columnas)} FROM "{tabla.nombre}" ORDER BY "{tabla.clave}"'
        for tabla in tablas
    )
    return tuple(tuple(cursor.execute(orden).fetchall()) for orden in ordenes)
