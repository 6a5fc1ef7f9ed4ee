"""Files that last a day: of a long work, one; of nobody, none."""

from __future__ import annotations

import datetime
import os
from typing import IO

from django.core.files import File
from django.core.files.storage import Storage, storages

from marco.respaldo.archivos import DE_UN_DIA

from ..models import Trabajo
from ..models.trabajo import SE_GUARDA
from ..trabajos import ClaseDeTrabajo


def almacen() -> Storage:
    return storages["privado"]


def guardar_archivo(trabajo: Trabajo, clase: ClaseDeTrabajo, escrito: IO[bytes]) -> tuple[str, int]:
    """Keep what was written, in the place of what an earlier try left. Returns where, and how long it is."""
    tamano = escrito.seek(0, os.SEEK_END)
    escrito.seek(0)
    carpeta, nombre = f"{DE_UN_DIA}/{clase.carpeta}", f"{trabajo.clave.hex}.{clase.extension}"
    for uno in _archivos(carpeta):
        if uno.startswith(trabajo.clave.hex):
            almacen().delete(f"{carpeta}/{uno}")
    return almacen().save(f"{carpeta}/{nombre}", File(escrito)), tamano


def barrer_sueltos(*, ahora: datetime.datetime) -> int:
    """Take away what no row names and is older than a day: of a worker that died, of an account that was taken away.

    Returns how many. Twice, nothing changes.
    """
    quitados = 0
    for carpeta in _carpetas():
        donde = f"{DE_UN_DIA}/{carpeta}"
        sueltos = {f"{donde}/{uno}" for uno in _archivos(donde)}
        sueltos -= set(Trabajo.objects.filter(ruta__in=sueltos, vence_en__gt=ahora).values_list("ruta", flat=True))
        for ruta in sorted(sueltos):
            if almacen().get_modified_time(ruta) <= ahora - SE_GUARDA:
                almacen().delete(ruta)
                quitados += 1
    return quitados


def _archivos(carpeta: str) -> list[str]:
    try:
        return list(almacen().listdir(carpeta)[1])
    except FileNotFoundError:
        return []


def _carpetas() -> list[str]:
    try:
        return list(almacen().listdir(DE_UN_DIA)[0])
    except FileNotFoundError:
        return []
