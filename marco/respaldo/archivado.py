"""The journal of PostgreSQL (WAL), where whoever hosts archives it: until when it is out of the database."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Archivado:
    """``hasta``: when the last piece was archived; ``fallo_en``: when the last one was refused."""

    hasta: datetime.datetime | None
    fallo_en: datetime.datetime | None

    @property
    def falla(self) -> bool:
        return self.fallo_en is not None and (self.hasta is None or self.fallo_en > self.hasta)


def lo_archivado() -> Archivado | None:
    """None where no journal is archived. One statement, that any account of PostgreSQL may ask."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT last_archived_time, last_failed_time FROM pg_stat_archiver "
            "WHERE current_setting('archive_mode') <> 'off'"
        )
        fila = cursor.fetchone()
    return Archivado(*fila) if fila else None
