"""Cursors whose statements PostgreSQL reads and plans once for each connection, in place of each time.

Django puts the values in a statement before it sends it, so that for the server each one is new: for what a page asks,
planning it takes several times as long as answering it. Only the statements that are written once go this way
(``preparadas``), and only where the site says so (``prepare_threshold``, in the options of its connection): with
a pooler between that gives each transaction to another server, a statement is not where it was prepared.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import NotSupportedError

from .recientes import Recientes

CABEN = 1000  # texts of a process
_con_sus_marcas = Recientes(lambda: CABEN)


@contextmanager
def cursor_que_prepara(conexion: Any) -> Iterator[Any]:
    """A cursor of Django, with all that it measures and records; where nothing is prepared, nearly as any other.

    A change of columns under a connection that is in use leaves it with plans that are good no more («cached plan must
    not change result type»), each time that they are asked for: it is closed, and whoever comes next opens another.
    """
    try:
        with _cursor(conexion) as cursor:
            yield cursor
    except NotSupportedError:
        if conexion.vendor == "postgresql":
            if conexion.connection is not None:
                conexion.connection.close()  # a pool would give the same one to whoever comes next
            conexion.close()
        raise


def _cursor(conexion: Any) -> Any:
    if conexion.vendor == "sqlite":
        conexion.close_if_health_check_failed()
        conexion.ensure_connection()
        with conexion.wrap_database_errors:
            return conexion._prepare_cursor(conexion.connection.cursor(factory=_de_sqlite()))
    if conexion.vendor != "postgresql":
        return conexion.cursor()
    conexion.ensure_connection()
    abierta = conexion.connection
    if getattr(abierta, "prepare_threshold", None) is None:
        return conexion.cursor()
    de_siempre, abierta.cursor_factory = abierta.cursor_factory, _clase()
    try:
        return conexion.cursor()
    finally:
        abierta.cursor_factory = de_siempre


class _Dicha:
    """What was sent, as Django tells it to whoever records statements: put together when somebody looks."""

    def __init__(self, conexion: Any, sql: str, valores: Any) -> None:
        self._conexion, self._sql, self._valores = conexion, sql, valores

    @property
    def query(self) -> bytes:
        from psycopg import ClientCursor

        return ClientCursor(self._conexion).mogrify(self._sql, self._valores).encode()


@cache
def _de_sqlite() -> type:
    """Read only where there is SQLite, as Django does."""
    from django.db.backends.sqlite3.base import SQLiteCursorWrapper

    class CursorQueRecuerda(SQLiteCursorWrapper):
        def convert_query(self, query: str, *, param_names: Any = None) -> str:
            """With the marks of SQLite: looked for in a long text once, and not each time that it is said."""
            if param_names is not None:
                return str(super().convert_query(query, param_names=param_names))
            if (escrita := _con_sus_marcas.get(query)) is None:
                _con_sus_marcas.poner(query, escrita := super().convert_query(query))
            return str(escrita)

    return CursorQueRecuerda


@cache
def _clase() -> type:
    """Read only where there is PostgreSQL."""
    from django.db.backends.postgresql.base import ServerBindingCursor

    class CursorQuePrepara(ServerBindingCursor):
        def execute(self, query: Any, params: Any = None, **como: Any) -> Any:
            hecho = super().execute(query, params, **como)
            self._query: Any = _Dicha(self.connection, query, params)
            return hecho

    return CursorQuePrepara
