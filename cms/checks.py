"""What only this host can count: whether its processes, all together, fit in the connections of its database."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError, connections

W_CONEXIONES = "kuska.W030"
DEL_TRABAJO = 4  # two of the worker, the clock, and a command


def piden(opciones: dict[str, Any], procesos: int) -> int:
    """How many connections may be open at once."""
    return procesos * int(opciones["pool"]["max_size"]) + DEL_TRABAJO


@register(Tags.database)
def caben_las_conexiones(databases: Sequence[str] | None = None, **_kwargs: Any) -> Iterable[CheckMessage]:
    """Past what the server gives, somebody waits and then is told that it is busy, with the machine at rest."""
    for nombre in databases or ():
        conexion = connections[nombre]
        opciones = conexion.settings_dict["OPTIONS"]
        if conexion.vendor != "postgresql" or not opciones.get("pool"):
            continue
        procesos = int(os.environ.get("WEB_CONCURRENCY") or 1 + (os.cpu_count() or 1))
        try:
            with conexion.cursor() as cursor:
                cursor.execute(
                    "SELECT current_setting('max_connections')::int"
                    " - current_setting('superuser_reserved_connections')::int"
                )
                (hay,) = cursor.fetchone()
        except DatabaseError:  # whoever asks for it says so
            continue
        if (suman := piden(opciones, procesos)) > hay:
            yield Warning(
                f"PostgreSQL gives {hay} connections and {procesos} processes may ask for {suman}.",
                hint="Lower KUSKA_CONEXIONES or WEB_CONCURRENCY, or raise max_connections.",
                id=W_CONEXIONES,
            )
