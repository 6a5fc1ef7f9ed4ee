"""The journal of PostgreSQL (WAL), where whoever hosts archives it: until when it is out of the database."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from .errores import ErrorDeRespaldo

ESPERA = 600.0


@dataclass(frozen=True)
class Archivado:
    """``hasta``: when the last piece was archived; ``fallo_en``: when the last one was refused."""

    hasta: datetime.datetime | None
    fallo_en: datetime.datetime | None

    @property
    def falla(self) -> bool:
        return self.fallo_en is not None and (self.hasta is None or self.fallo_en > self.hasta)


def exigir_que_termine_de_leer(*, decir: Callable[[str], None], espera: float = ESPERA) -> None:
    """Wait until a server that came back has read its journal whole: before, it lets nobody write.

    ``espera``: seconds. Raises ``leyendo`` when they are over.
    """
    limite, dicho = time.monotonic() + espera, False
    while _lee_su_diario():
        if time.monotonic() >= limite:
            frase = _("La base todavía lee su diario y no deja escribir: espere unos minutos y repita la orden.")
            raise ErrorDeRespaldo("leyendo", frase)
        if not dicho:
            decir(_("La base todavía lee su diario. Se espera…"))
            dicho = True
        time.sleep(0.5)


def _lee_su_diario() -> bool:
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return bool(cursor.fetchone()[0])


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
