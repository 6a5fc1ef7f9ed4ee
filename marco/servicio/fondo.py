"""The processes without pages: the worker that does what was left for later, and the clock that says when."""

from __future__ import annotations

import logging
import os
import select
import signal
from pathlib import Path
from typing import Any

from celery import current_app, signals
from celery.beat import Service
from celery.worker import state

LO_MAS_LARGO = 600  # seconds of a task that says no limit


def sin_ruido() -> None:
    """Keep Kombu from telling that a queue in a folder has no host."""
    logging.getLogger("kombu.connection").setLevel(logging.ERROR)


def preparar_cola() -> None:
    """Make the folders of a queue that is a folder."""
    sin_ruido()
    opciones = current_app.conf.broker_transport_options or {}
    for nombre in ("data_folder_in", "data_folder_out", "control_folder"):
        if carpeta := opciones.get(nombre):
            Path(carpeta).mkdir(parents=True, exist_ok=True)


def leer_los_trabajos() -> None:
    """Read every task now: what is in memory before there are several processes is shared by all of them."""
    current_app.loader.import_default_modules()
    current_app.finalize()
    _ = current_app.WorkController


def hace_falta_obrero() -> bool:
    """A site that does its work at once has nothing for a worker."""
    return not current_app.conf.task_always_eager


def obrero() -> None:
    """Work until SIGTERM, and end the task under way. One that never ends takes the process with it."""

    def terminar(*_senal: Any) -> None:
        state.should_stop = 0

    def poner_limite(task: Any = None, **_otros: Any) -> None:
        limite = getattr(task, "time_limit", None) or current_app.conf.task_time_limit or LO_MAS_LARGO
        signal.setitimer(signal.ITIMER_REAL, float(limite))

    def quitar_limite(**_otros: Any) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)

    sin_ruido()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, terminar)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signals.task_prerun.connect(poner_limite, weak=False)
    signals.task_postrun.connect(quitar_limite, weak=False)
    current_app.WorkController(
        pool_cls="solo",
        concurrency=1,
        hostname="embebido",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    ).start()


def reloj(carpeta: Path) -> None:
    """Say what is due until SIGTERM: between two things, never within one."""
    sin_ruido()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    fin = Fin()
    servicio = Service(current_app, schedule_filename=str(carpeta / "reloj"))
    signals.beat_init.send(sender=servicio)
    try:
        while not fin.pedido:
            fin.esperar(servicio.scheduler.tick())
    finally:
        servicio.sync()


class Fin:
    """Whether SIGTERM came, and a sleep that it ends.

    What a signal raises comes out wherever this process was, a log that holds its lock included, and who catches
    everything there goes on. Here it only leaves a mark; the system writes in a pipe that whoever sleeps listens to,
    also when it comes a moment before they do.
    """

    def __init__(self) -> None:
        self.pedido = False
        self._oye, avisa = os.pipe()
        for punta in (self._oye, avisa):
            os.set_blocking(punta, False)
        signal.signal(signal.SIGTERM, self._terminar)
        signal.set_wakeup_fd(avisa, warn_on_full_buffer=False)

    def _terminar(self, *_senal: Any) -> None:
        self.pedido = True

    def esperar(self, segundos: float | None) -> None:
        """Sleep so long, or until a signal comes."""
        if segundos and segundos > 0 and select.select([self._oye], [], [], segundos)[0]:
            os.read(self._oye, 1024)
