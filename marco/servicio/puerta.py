"""Where the service listens, with what name it is reached, and that only one works on a folder."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import IO

from django.core.management.base import CommandError

from ..del_sistema import del_sistema
from .estado import TURNO

RAZONES = {
    errno.EADDRINUSE: "otro programa ya lo usa",
    errno.EACCES: "este usuario no puede abrirlo",
    errno.EADDRNOTAVAIL: "esa dirección no es de esta máquina",
}
DE_TODAS = {"", "0.0.0.0", "::", "127.0.0.1", "::1"}  # noqa: S104 — read, not listened on
EN_COLA = 1024  # connections that the system keeps until a process takes them


def direccion_publica(direccion: str, puerto: int) -> str:
    """Return how this machine's browser reaches the space: what links, reminders and papers will carry.

    Behind a proxy the space has another name, and KUSKA_URL says it.
    """
    nombre = "localhost" if direccion in DE_TODAS else f"[{direccion}]" if ":" in direccion else direccion
    return os.environ.get("KUSKA_URL") or f"http://{nombre}:{puerto}"


def puerto_de(escrito: str) -> int:
    """Return a port, or say what a port is."""
    if not (escrito.isascii() and escrito.isdigit() and 1 <= int(escrito) <= 65_535):
        raise CommandError(f"El puerto va de 1 a 65535, y se leyó «{escrito}» (KUSKA_PUERTO o --puerto).")
    return int(escrito)


def abrir(direccion: str, puerto: int, *, otro: str) -> socket.socket:
    """Return the socket that every process of pages listens on; say in a sentence why it cannot be opened.

    ``otro`` is how to choose another port.
    """
    familia = socket.AF_INET6 if ":" in direccion else socket.AF_INET
    enchufe = socket.socket(familia)
    enchufe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        enchufe.bind((direccion, puerto))
        enchufe.listen(EN_COLA)
    except OverflowError:
        enchufe.close()
        raise CommandError(f"El puerto {puerto} no existe; elija uno entre 1024 y 65535.") from None
    except socket.gaierror:
        enchufe.close()
        raise CommandError(
            f"«{direccion}» no es una dirección de esta máquina (KUSKA_DIRECCION o --direccion)."
        ) from None
    except OSError as error:
        enchufe.close()
        razon = RAZONES.get(error.errno or 0) or del_sistema(error.errno)
        raise CommandError(
            f"No se puede usar el puerto {puerto}: {razon}. Si el aula ya está encendida, ábrala en "
            f"http://localhost:{puerto}/. Si no, elija otro puerto: {otro}"
        ) from None
    return enchufe


def tomar_turno(carpeta: Path) -> IO[str]:
    """Keep two services from working on the same data: return what holds the lock until all its copies close."""
    try:
        carpeta.mkdir(parents=True, exist_ok=True)
        archivo = (carpeta / TURNO).open("w")
    except OSError as error:
        raise CommandError(
            f"No se puede usar la carpeta de los datos, {carpeta} ({del_sistema(error.errno)}). Diga otra en "
            "KUSKA_VAR, libere espacio, o déjela del usuario que enciende el aula: chown -R kuska:kuska CARPETA."
        ) from None
    try:
        import fcntl
    except ImportError:  # Windows has no flock, and its file locks already refuse the second one.
        return archivo
    try:
        fcntl.flock(archivo, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        archivo.close()
        raise CommandError(
            f"Ya hay un aula encendida con los datos de {carpeta}, o una orden que los está cambiando. Apáguela, "
            "espere a que termine, o use otra carpeta en KUSKA_VAR."
        ) from None
    return archivo
