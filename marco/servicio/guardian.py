"""Who watches: makes each process of the service, and another one in its place when it dies.

It does nothing else, so that nothing of a page or of a task can take it down. Each death is told, in the log and in the
state; whoever dies again at once is waited for longer each time.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from . import estado as escrito
from .estado import SANO, Estado, EstadoDeParte

registro = logging.getLogger("marco.servicio")

VUELTA = 0.1
PRIMERA_ESPERA, ULTIMA_ESPERA = 1.0, 60.0
PARA_TERMINAR = 20.0


@dataclass
class Parte:
    """A process to keep: its name and what it does."""

    nombre: str
    correr: Callable[[], None]
    estado: EstadoDeParte = field(init=False)
    seguidas: int = 0
    no_antes_de: float = 0.0

    def __post_init__(self) -> None:
        self.estado = EstadoDeParte(self.nombre)

    def espera(self) -> float:
        return float(min(ULTIMA_ESPERA, PRIMERA_ESPERA * 2 ** max(0, self.seguidas - 1)))


class Guardian:
    """Keep these processes until somebody says to stop."""

    def __init__(self, partes: list[Parte], *, carpeta: Path, edicion: str = "", antes: Callable[[], None]) -> None:
        """``antes`` is done each time before one is made: it lets go of what two processes cannot share."""
        self.partes, self.carpeta, self.antes = partes, carpeta, antes
        self.estado = Estado(os.getpid(), time.time(), edicion=edicion, partes=[una.estado for una in partes])
        self.fin = False

    def vigilar(self, al_encender: Callable[[], None]) -> None:
        """Start them all and watch; on SIGTERM, Ctrl+C or a terminal that closes stop them and return."""
        signal.signal(signal.SIGTERM, self._terminar)
        signal.signal(signal.SIGINT, self._terminar)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # «nohup» asked to outlive it
            signal.signal(signal.SIGHUP, self._terminar)
        escrito_en, primera = 0.0, True
        try:
            while not self.fin:
                if self._dar_una_vuelta() or time.monotonic() - escrito_en > escrito.LATIDO:
                    escrito.escribir(self.carpeta, self.estado)
                    escrito_en = time.monotonic()
                if primera:
                    primera = False
                    al_encender()
                time.sleep(VUELTA)
        finally:
            self._apagar()

    def _terminar(self, *_senal: Any) -> None:
        self.fin = True

    def _dar_una_vuelta(self) -> bool:
        """Pick up who died and make who is due; return whether anything changed."""
        cambio = False
        for parte in self.partes:
            if parte.estado.pid and (razon := _muerte_de(parte.estado.pid)):
                self._anotar_muerte(parte, razon)
                cambio = True
            if not parte.estado.pid and time.monotonic() >= parte.no_antes_de and not self.fin:
                self._hacer(parte)
                cambio = True
        return cambio

    def _anotar_muerte(self, parte: Parte, razon: str) -> None:
        vivio = time.time() - parte.estado.desde
        parte.seguidas = 1 if vivio >= SANO else parte.seguidas + 1
        parte.no_antes_de = time.monotonic() + parte.espera()
        parte.estado.pid, parte.estado.razon = 0, razon
        parte.estado.muertes, parte.estado.seguidas = parte.estado.muertes + 1, parte.seguidas
        parte.estado.ultima_muerte = time.time()
        registro.error("process «%s» died (%s) after %d s; another in %d s", parte.nombre, razon, vivio, parte.espera())

    def _hacer(self, parte: Parte) -> None:
        self.antes()
        sys.stdout.flush()
        sys.stderr.flush()
        yo = os.getpid()  # asked before: who watches may die before the new one asks who made it
        try:
            pid = os.fork()
        except OSError as error:
            parte.seguidas += 1
            parte.no_antes_de = time.monotonic() + parte.espera()
            registro.error("process «%s» could not be made (%s)", parte.nombre, error.strerror)
            return
        if not pid:
            _vivir(parte, yo)
        parte.estado.pid, parte.estado.desde = pid, time.time()

    def _apagar(self) -> None:
        """Ask each to end, and take away who does not."""
        limite = time.monotonic() + PARA_TERMINAR
        for senal in (signal.SIGTERM, signal.SIGKILL):
            for parte in self.partes:
                if parte.estado.pid:
                    _enviar(parte.estado.pid, senal)
            while any(parte.estado.pid for parte in self.partes) and time.monotonic() < limite:
                for parte in self.partes:
                    if parte.estado.pid and _muerte_de(parte.estado.pid):
                        parte.estado.pid = 0
                time.sleep(VUELTA / 2)
            limite = time.monotonic() + 2
        escrito.borrar(self.carpeta)


def _vivir(parte: Parte, padre: int) -> NoReturn:
    """The life of a process that ``padre`` just made. It never returns to what made it."""
    codigo = 1
    try:
        for senal in (signal.SIGTERM, signal.SIGINT):
            signal.signal(senal, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # who watches tells each one
        threading.Thread(target=_seguir_a, args=(padre,), name="kuska-huerfano", daemon=True).start()
        parte.correr()
        codigo = 0
    except SystemExit as salida:
        codigo = salida.code if isinstance(salida.code, int) else int(salida.code is not None)
    except BaseException:  # noqa: BLE001 — whatever it was, it is told and this process ends
        registro.exception("process «%s» failed", parte.nombre)
    finally:
        logging.shutdown()
        os._exit(codigo)


def _seguir_a(padre: int) -> None:
    """Without who watches, nobody would end this process nor make another: it ends."""
    while os.getppid() == padre:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PARA_TERMINAR)
    os._exit(1)


def _muerte_de(pid: int) -> str:
    """Why a process is no more; empty while it lives."""
    try:
        suyo, estado = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return "lost"
    if not suyo:
        return ""
    codigo = os.waitstatus_to_exitcode(estado)
    return f"signal {-codigo}" if codigo < 0 else f"exit {codigo}"


def _enviar(pid: int, senal: int) -> None:
    try:
        os.kill(pid, senal)
    except ProcessLookupError:
        return
