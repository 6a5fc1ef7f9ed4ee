"""Django's SQLite with its real limit of parameters, and where who writes waits in line.

Django 5.2 still counts with the 999 parameters of a statement that SQLite allowed before 3.32 (2020).
With them, a thousand rows of eighteen columns are nineteen INSERTs instead of one.
"""

from __future__ import annotations

import logging
from sqlite3 import OperationalError, sqlite_version_info
from typing import Any

from django.db.backends.sqlite3 import base, features

from . import turno

logger = logging.getLogger(__name__)


class DatabaseFeatures(features.DatabaseFeatures):
    max_query_params = 32_766 if sqlite_version_info >= (3, 32) else 999


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures

    def __init__(self, *argumentos: Any, **campos: Any) -> None:
        super().__init__(*argumentos, **campos)
        self._turno: turno.Turno | None = None  # while it is this connection's

    def _start_transaction_under_autocommit(self) -> None:
        self._tomar_turno()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._soltar_turno()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._soltar_turno()

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._soltar_turno()

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        self._soltar_turno()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._soltar_turno()

    def close_if_unusable_or_obsolete(self) -> None:
        """Between two requests nothing is half done: one that is kept and still writes would stop everybody."""
        super().close_if_unusable_or_obsolete()
        if self.connection is not None and not self.in_atomic_block and self.connection.in_transaction:
            logger.error("a transaction was left open; its connection is closed and nothing of it is kept")
            self.close()

    def _tomar_turno(self) -> None:
        """Whoever only reads, as of one moment, begins another kind of transaction, and keeps nobody waiting."""
        modo: str | None = self.transaction_mode  # type: ignore[attr-defined]
        if modo != "IMMEDIATE" or self._turno is not None or self.is_in_memory_db():
            return
        de_esta = turno.de(str(self.settings_dict["NAME"]))
        if not de_esta.tomar(self.settings_dict["OPTIONS"].get("timeout", 5.0)):
            with self.wrap_database_errors:
                raise OperationalError("database is locked")
        self._turno = de_esta

    def _soltar_turno(self) -> None:
        if (mio := self._turno) is not None:
            self._turno = None
            mio.soltar()
