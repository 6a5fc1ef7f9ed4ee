"""SQLite has one writer: who works long leaves room for the others between one transaction and the next."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep

from django.db import connection

ABIERTA = 0.12  # seconds: whoever waits looks again each tenth of one, and finds the door open that long
OCUPADA = 0.5  # of writing, after which the door is left open
Segundos = Callable[[], float]


class Respiro:
    """Counts how long the transactions of a work keep the others out. What happens between them counts as rest."""

    def __init__(self, *, reloj: Segundos = monotonic, dormir: Callable[[float], None] = sleep) -> None:
        self.reloj, self.dormir = reloj, dormir
        self.ocupada, self.entro, self.salio = 0.0, 0.0, reloj()

    def antes(self) -> None:
        """A transaction is about to begin: rest first, if the others have waited long enough."""
        descansada = self.reloj() - self.salio
        if connection.vendor == "sqlite" and descansada < ABIERTA and self.ocupada >= OCUPADA:
            self.dormir(ABIERTA - descansada)
            descansada = ABIERTA
        if descansada >= ABIERTA:
            self.ocupada = 0
        self.entro = self.reloj()

    def despues(self) -> None:
        """It is over."""
        self.salio = self.reloj()
        self.ocupada += self.salio - self.entro
