"""One process that is the whole space: pages, background work and the clock."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO, Any

from celery.beat import EmbeddedService
from django.conf import settings
from django.core.management.base import CommandError
from django.core.wsgi import get_wsgi_application
from waitress.server import create_server

from cms import entorno
from cms.celery import app

registro = logging.getLogger(__name__)
HILOS = 8
RAZONES = {
    errno.EADDRINUSE: "otro programa ya lo usa",
    errno.EACCES: "este usuario no puede abrirlo",
    errno.EADDRNOTAVAIL: "esa dirección no es de esta máquina",
}


DE_TODAS = {"", "0.0.0.0", "::", "127.0.0.1", "::1"}  # noqa: S104 — read, not listened on


def direccion_publica(direccion: str, puerto: int) -> str:
    """Return how this machine's browser reaches the space: what links, reminders and papers will carry.

    Behind a proxy the space has another name, and KUSKA_URL says it.
    """
    nombre = "localhost" if direccion in DE_TODAS else f"[{direccion}]" if ":" in direccion else direccion
    return entorno.texto("KUSKA_URL", f"http://{nombre}:{puerto}")


def exigir_puerto_libre(direccion: str, puerto: int) -> None:
    """Say so before any work when another program already listens there."""
    familia = socket.AF_INET6 if ":" in direccion else socket.AF_INET
    with socket.socket(familia) as prueba:
        prueba.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prueba.bind((direccion, puerto))
        except OverflowError:
            raise CommandError(f"El puerto {puerto} no existe; elija uno entre 1024 y 65535.") from None
        except OSError as error:
            razon = RAZONES.get(error.errno or 0, error.strerror)
            raise CommandError(
                f"No se puede usar el puerto {puerto}: {razon}. Si el aula ya está encendida, ábrala en "
                f"http://localhost:{puerto}/. Si no, elija otro puerto: make demo KUSKA_PUERTO={puerto + 1}"
            ) from None


def tomar_turno(carpeta: Path) -> IO[str]:
    """Keep two processes from working on the same data: return what holds the lock until it is closed."""
    carpeta.mkdir(parents=True, exist_ok=True)
    archivo = (carpeta / "demo.turno").open("w")
    try:
        import fcntl
    except ImportError:  # Windows has no flock, and its file locks already refuse the second one.
        return archivo
    try:
        fcntl.flock(archivo, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        archivo.close()
        raise CommandError(
            f"Ya hay un aula encendida con los datos de {carpeta}. Apáguela con Ctrl+C, o use otra carpeta: "
            "KUSKA_VAR=/otra/carpeta make demo"
        ) from None
    return archivo


def preparar_cola() -> None:
    """Make the folders of the queue, and keep Kombu from telling that a folder has no host."""
    logging.getLogger("kombu.connection").setLevel(logging.ERROR)
    for nombre in ("data_folder_in", "control_folder"):
        Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS[nombre]).mkdir(parents=True, exist_ok=True)


class Obrero(threading.Thread):
    """The worker in a thread. If it falls, another one takes its place: the pages must not outlive it in silence."""

    def __init__(self) -> None:
        super().__init__(name="obrero", daemon=True)
        self.fin = threading.Event()
        self.controlador: Any = None

    def run(self) -> None:
        while not self.fin.is_set():
            self.controlador = app.WorkController(
                pool_cls="solo",
                concurrency=1,
                hostname="embebido",
                without_gossip=True,
                without_mingle=True,
                without_heartbeat=True,
            )
            self.controlador.start()
            if not self.fin.wait(1):
                registro.error("the worker stopped by itself; starting another one")

    def terminar(self) -> None:
        self.fin.set()
        if self.controlador is not None:
            self.controlador.stop()
        self.join(timeout=5)


def cabeceras() -> dict[str, Any]:
    """What proxies write is for the site to read (``instancias.acceso.ip``), where it says that there are any."""
    return {"clear_untrusted_proxy_headers": not settings.KUSKA_PROXIES}


def servir(direccion: str, puerto: int, *, al_encender: Callable[[], None]) -> None:
    """Serve until SIGTERM or Ctrl+C; then finish the requests under way, the worker and the clock."""
    servidor = create_server(
        get_wsgi_application(), host=direccion, port=puerto, threads=HILOS, ident="kuska", **cabeceras()
    )
    obrero = Obrero()
    reloj = EmbeddedService(app, thread=True, schedule_filename=str(settings.VAR_DIR / "reloj"))
    reloj.daemon = True

    def apagar(_senal: int, _marco: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, apagar)
    signal.signal(signal.SIGINT, apagar)
    obrero.start()
    reloj.start()
    al_encender()
    try:
        servidor.run()
    finally:
        servidor.close()
        reloj.stop()
        obrero.terminar()
