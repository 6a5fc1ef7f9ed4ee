"""How much room is left where the site writes: its database, if it is a file, and its files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import connections

from .contrato import valor

MEGA = 1024 * 1024


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
