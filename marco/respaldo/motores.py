"""What each database knows how to do with its copies."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from .errores import ErrorDeRespaldo
from .postgres import Postgres
from .sqlite import Sqlite

MOTORES: dict[str, Any] = {"sqlite": Sqlite, "postgresql": Postgres}


def motor() -> Sqlite | Postgres:
    if connection.vendor not in MOTORES:
        frase = _("No sé copiar una base de «%(cual)s»: use SQLite o PostgreSQL.")
        raise ErrorDeRespaldo("otro_motor", frase % {"cual": connection.vendor})
    uno: Sqlite | Postgres = MOTORES[connection.vendor](connection)
    return uno
