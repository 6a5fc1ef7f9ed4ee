"""A process of pages: a waitress over the socket that all of them share. It ends what it was answering, and stops."""

from __future__ import annotations

import logging
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import connections
from waitress.server import create_server
from waitress.wasyncore import loop

from ..contrato import valor
from .turnos import Paginas, TurnosConLimite

CONEXIONES = 1000  # open at once in each process: a room of phones behind one address, and those that sleep
SIN_DECIR_NADA = 30  # seconds that a connection is kept for the next page
CABE = 64 * 1024 * 1024  # bytes of what is sent: the longest list of people, and a picture before it is made small
PARA_TERMINAR = 10.0  # seconds for what was being answered


def subir_el_tope() -> None:
    """Each connection is an open file: take as many as the system lets this user have."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        blando, duro = resource.getrlimit(resource.RLIMIT_NOFILE)
        pedido = CONEXIONES * 2 if duro == resource.RLIM_INFINITY else min(duro, CONEXIONES * 2)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(blando, pedido), duro))


def cabeceras() -> dict[str, Any]:
    """What proxies write is for the site to read, where it says that there are any."""
    return {"clear_untrusted_proxy_headers": not valor("KUSKA_PROXIES")}


def crear(aplicacion: Any, enchufe: socket.socket, *, hilos: int, espera: float) -> Any:
    """A server over a socket that is already open."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue is no news
    turnos = TurnosConLimite(hilos=hilos, espera=espera, paginas=Paginas())
    return create_server(
        aplicacion,
        sockets=[enchufe],
        _dispatcher=turnos,
        ident="kuska",
        connection_limit=CONEXIONES,
        channel_timeout=SIN_DECIR_NADA,
        cleanup_interval=10,
        asyncore_use_poll=True,
        max_request_body_size=CABE,
        log_socket_errors=False,
        **cabeceras(),
    )


def atender(aplicacion: Callable[..., Any], enchufe: socket.socket, *, hilos: int, espera: float) -> None:
    """Serve until SIGTERM; then take no more, answer who was waiting, and return."""
    subir_el_tope()
    enchufe.setblocking(False)
    servidor = crear(aplicacion, enchufe, hilos=hilos, espera=espera)
    fin: list[float] = []

    def terminar(*_senal: Any) -> None:
        if not fin:
            fin.append(time.monotonic() + PARA_TERMINAR)
            servidor.pull_trigger()

    signal.signal(signal.SIGTERM, terminar)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole family: who watches tells each one
    while not fin:
        una_vuelta(servidor)
    servidor.accepting = False
    while time.monotonic() < fin[0] and not en_calma(servidor):
        una_vuelta(servidor, espera=0.05)
    servidor.task_dispatcher.shutdown(timeout=1)
    connections.close_all()


def una_vuelta(servidor: Any, espera: float = 1.0) -> None:
    loop(timeout=espera, use_poll=True, map=servidor._map, count=1)


def en_calma(servidor: Any) -> bool:
    """Whether everything that was asked has been answered and sent."""
    abiertos = list(servidor.active_channels.values())
    return servidor.task_dispatcher.libre and not any(uno.requests or uno.total_outbufs_len for uno in abiertos)
