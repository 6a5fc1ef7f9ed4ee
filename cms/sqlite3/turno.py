"""One writes at a time: those who wait do it in line, and whoever comes next is woken at once.

SQLite lets one write, and whoever finds it busy sleeps and looks again, up to a tenth of a second each time: with eight
at once the last one waited more than a second and a half while others went first. Here the threads of a process wait
for each other, one of each process waits for the other processes, and nobody takes two turns while another waits.

What is kept in the file beside the database is only who has the turn: two bytes that the system frees when a process
dies. SQLite's own lock is taken all the same, and holds against whoever writes without asking for a turn.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress

try:
    import fcntl
except ImportError:  # Windows: threads still wait for each other
    fcntl = None  # type: ignore[assignment]

SIN_ARCHIVO = -1
SIGUE, ESCRIBE = 0, 1  # the byte of who is next, and that of who writes
PRIMERO, DESPUES = 0.0002, 0.001  # seconds between two looks at another process: the first, and the longest


class Turno:
    """The line of one database, for all the threads of this process."""

    def __init__(self, archivo: str) -> None:
        self._proceso = os.getpid()
        self._hilos = threading.Lock()
        self._archivo = SIN_ARCHIVO
        if fcntl is not None:
            with suppress(OSError):  # a folder where nothing may be written: SQLite says so better
                self._archivo = os.open(archivo, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def tomar(self, espera: float) -> bool:
        """Return whether the turn came within ``espera`` seconds."""
        limite = time.monotonic() + espera
        if not self._hilos.acquire(timeout=espera):
            return False
        if self._archivo == SIN_ARCHIVO or self._de_los_procesos(limite):
            return True
        self._hilos.release()
        return False

    def soltar(self) -> None:
        if self._proceso != os.getpid():  # a copy of the process has none of the turns that its parent had
            return
        if self._archivo != SIN_ARCHIVO:
            fcntl.lockf(self._archivo, fcntl.LOCK_UN, 1, ESCRIBE)
        self._hilos.release()

    def _de_los_procesos(self, limite: float) -> bool:
        if not self._byte(SIGUE, limite):
            return False
        try:
            return self._byte(ESCRIBE, limite)
        finally:
            fcntl.lockf(self._archivo, fcntl.LOCK_UN, 1, SIGUE)

    def _byte(self, cual: int, limite: float) -> bool:
        pausa = PRIMERO
        while True:
            try:
                fcntl.lockf(self._archivo, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, cual)
            except (BlockingIOError, PermissionError):  # what each system says of one that another has
                if time.monotonic() > limite:
                    return False
            else:
                return True
            time.sleep(pausa)
            pausa = min(pausa * 1.5, DESPUES)


_turnos: dict[str, Turno] = {}
_al_crear = threading.Lock()


def de(base: str) -> Turno:
    """Return the line of a database by its file, the same for all the connections of this process."""
    ruta = os.path.realpath(base)
    with _al_crear:
        if ruta not in _turnos:
            _turnos[ruta] = Turno(f"{ruta}-turno")
        return _turnos[ruta]


def _tras_copiarse() -> None:
    global _al_crear
    _al_crear = threading.Lock()
    _turnos.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_tras_copiarse)
