"""Commands that ask nothing of any database: they work where there is none, and with one of another edition."""

from __future__ import annotations

SIN_NINGUNA_BASE = frozenset(
    {
        "capturas",
        "check",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "findstatic",
        "help",
        "makemessages",
        "makemigrations",
        "mensajes",
        "sqlmigrate",
        "test",
        "version",
    }
)
