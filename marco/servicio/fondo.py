"""The processes without pages: the worker that does what was left for later, and the clock that says when."""

from __future__ import annotations

import logging
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
    """Say what is due until SIGTERM."""

    def terminar(*_senal: Any) -> None:
        raise SystemExit(0)

    sin_ruido()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, terminar)
    Service(current_app, schedule_filename=str(carpeta / "reloj")).start()
