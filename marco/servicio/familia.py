"""The processes of a service, by what this machine has: so many of pages, a worker if there is work for it, a clock."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.core.management.base import CommandError
from django.core.wsgi import get_wsgi_application

from . import fondo, web
from .guardian import Guardian, Parte
from .reparto import antes_de_dividirse, leer_las_paginas

HILOS = 4  # what a phone sends is read aside: more of them would only wait for the same lock
ESPERA = 4.0  # seconds that somebody who looks may wait in the queue
PROCESOS_A_LO_MAS = 4


@dataclass(frozen=True)
class Medidas:
    """How many of each, from the environment or from this machine."""

    procesos: int
    hilos: int = HILOS
    espera: float = ESPERA

    @classmethod
    def del_entorno(cls) -> Medidas:
        return cls(
            _entero("KUSKA_PROCESOS", min(PROCESOS_A_LO_MAS, nucleos()), 64),
            _entero("KUSKA_HILOS", HILOS, 64),
            _entero("KUSKA_ESPERA", int(ESPERA), 60),
        )


def edicion() -> str:
    """The number of this edition; empty when it runs from its tree."""
    try:
        return version("kuska")
    except PackageNotFoundError:
        return ""


def olvidar_metricas() -> None:
    """What the processes of before counted is not of this service."""
    if carpeta := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        for archivo in Path(carpeta).glob("*.db"):
            archivo.unlink(missing_ok=True)


def nucleos() -> int:
    """How many this process may use, which in a container are fewer than those of the machine."""
    with suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _entero(nombre: str, por_defecto: int, maximo: int) -> int:
    escrito = os.environ.get(nombre, "").strip()
    if not escrito:
        return por_defecto
    if not (escrito.isascii() and escrito.isdigit() and 1 <= int(escrito) <= maximo):
        raise CommandError(f"{nombre} debe ser un número entero de 1 a {maximo}, y se leyó «{escrito}».")
    return int(escrito)


def servir(
    enchufe: socket.socket, *, carpeta: Path, medidas: Medidas, edicion: str, al_encender: Callable[[], None]
) -> None:
    """Serve until SIGTERM or Ctrl+C; then end the requests under way, the worker and the clock."""
    olvidar_metricas()
    fondo.preparar_cola()
    aplicacion = get_wsgi_application()
    leer_las_paginas()
    fondo.leer_los_trabajos()

    def atender() -> None:
        web.atender(aplicacion, enchufe, hilos=medidas.hilos, espera=medidas.espera)

    partes = [Parte(f"paginas-{n}", atender) for n in range(1, medidas.procesos + 1)]
    if fondo.hace_falta_obrero():
        partes.append(Parte("obrero", fondo.obrero))
    partes.append(Parte("reloj", lambda: fondo.reloj(carpeta)))
    Guardian(partes, carpeta=carpeta, edicion=edicion, antes=antes_de_dividirse).vigilar(al_encender)
