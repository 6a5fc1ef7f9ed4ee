"""How much room is left where the site writes: its database, if it is a file, and its files."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import connections

from .contrato import valor

MEGA = 1024 * 1024
SIN_SITIO = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
UN_POCO = 256 * 1024  # bytes that are tried


@dataclass(frozen=True)
class Espacio:
    """Of the disk with the least room of those in use, in bytes."""

    libre: int
    total: int

    @property
    def alcanza(self) -> bool:
        return self.libre >= valor("KUSKA_DISCO_MINIMO") * MEGA


def medir() -> Espacio | None:
    """Ask the system, that answers from memory. None where nothing of the site is on a disk of this machine."""
    medidos = []
    for carpeta in set(_carpetas()):
        try:
            uso = shutil.disk_usage(carpeta)
        except OSError:
            continue
        medidos.append(Espacio(uso.free, uso.total))
    return min(medidos, key=lambda uno: uno.libre, default=None)


def cabe() -> bool:
    """Whether a little can be written where the site keeps what it is sent: quotas and disks without names say no too.

    Asked once something found no room, since the error of the system does not tell where: the folder of what is on its
    way (``/tmp``), that of the copies or another one may be full while everything that people send is saved.
    """
    for carpeta in set(_carpetas()):
        try:
            with tempfile.TemporaryFile(dir=carpeta) as prueba:
                prueba.write(os.urandom(UN_POCO))
                prueba.flush()
                os.fsync(prueba.fileno())
        except OSError as error:
            if error.errno in SIN_SITIO:
                return False
    return True


def _carpetas() -> Iterator[Path]:
    for base in connections.settings.values():
        if base["ENGINE"].endswith("sqlite3") and os.path.isabs(str(base["NAME"])):
            yield Path(base["NAME"]).parent
    for alias in ("default", "privado"):
        carpeta = str(getattr(storages[alias], "location", "")) if alias in settings.STORAGES else ""
        if os.path.isabs(carpeta) and (
            hay := next((una for una in (Path(carpeta), *Path(carpeta).parents) if una.exists()), None)
        ):
            yield hay
