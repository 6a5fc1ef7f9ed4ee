"""Whether the site is alive, and whether it can keep what is sent. For a machine that asks every few seconds."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.crypto import get_random_string

from .models import BloqueoDelNavegador
from .solo_lectura import por_que

logger = logging.getLogger(__name__)
VALE = 2.0  # seconds that an answer is given again: who asks without end writes nothing
ESPERA_DE_SQLITE = 2000  # milliseconds


@dataclass(frozen=True)
class Lista:
    """Whether it can save, and if not why: ``base``, ``migraciones``, ``sin_espacio`` or ``a_mano``."""

    por_que_no: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return not self.por_que_no


class Prueba:
    """What this process last answered. Migrations are looked at until there are none left, and not again."""

    hasta = 0.0
    ultima = Lista()
    al_dia = False

    def lista(self) -> Lista:
        ahora = time.monotonic()
        if ahora >= self.hasta:
            self.ultima = Lista(tuple(self._faltas()))
            self.hasta = time.monotonic() + VALE
        return self.ultima

    def _faltas(self) -> list[str]:
        if not se_guarda():
            return ["base"]
        faltas = [] if self._sin_migraciones() else ["migraciones"]
        motivo = por_que()
        return [*faltas, *([motivo] if motivo else [])]

    def _sin_migraciones(self) -> bool:
        self.al_dia = self.al_dia or not migraciones_pendientes()
        return self.al_dia


prueba = Prueba()


def se_guarda() -> bool:
    """Write a row and take it back before it is anybody's. A lock of another is waited for a moment."""
    try:
        with _sin_esperar_mucho(), transaction.atomic(), transaction.atomic():
            BloqueoDelNavegador.objects.create(dia="2000-01-01", directiva="salud", origen=get_random_string(12))
            transaction.set_rollback(True)
    except DatabaseError as error:
        logger.warning("cannot save", extra={"error": type(error).__name__})
        return False
    return True


class _sin_esperar_mucho:
    def __enter__(self) -> None:
        self.antes = None
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout")
                (self.antes,) = cursor.fetchone()
                cursor.execute(f"PRAGMA busy_timeout = {ESPERA_DE_SQLITE}")

    def __exit__(self, *_error: object) -> None:
        if self.antes is not None:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {int(self.antes)}")


def migraciones_pendientes() -> int:
    """How many changes of the database this version asks for and the database does not have."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
