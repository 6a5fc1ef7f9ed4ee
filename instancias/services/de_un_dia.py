"""Files that last a day: of a long work, one; of nobody, none."""

from __future__ import annotations

import datetime
import os
from typing import IO

from django.core.files import File
from django.core.files.storage import Storage, storages

from marco.respaldo.archivos import DE_UN_DIA, lo_de

from ..models import Trabajo
from ..models.trabajo import SE_GUARDA
from ..trabajos import ClaseDeTrabajo


def almacen() -> Storage:
    return storages["privado"]


def guardar_archivo(trabajo: Trabajo, clase: ClaseDeTrabajo, escrito: IO[bytes], *, turno: str) -> tuple[str, int]:
    """Keep what was written, under a name of this turn alone: whoever lost theirs never touches the file of another.

    Returns where, and how long it is.
    """
    tamano = escrito.seek(0, os.SEEK_END)
    escrito.seek(0)
    nombre = f"{trabajo.clave.hex}-{turno[:8]}.{clase.extension}"
    return almacen().save(f"{DE_UN_DIA}/{clase.carpeta}/{nombre}", File(escrito)), tamano


def quitar_lo_de_antes(trabajo: Trabajo, clase: ClaseDeTrabajo, *, ruta: str) -> None:
    """Take away what earlier tries left, once its row names its file: nobody may begin it again."""
    carpeta = f"{DE_UN_DIA}/{clase.carpeta}"
    for uno in lo_de(almacen(), carpeta)[1]:
        if uno.startswith(trabajo.clave.hex) and f"{carpeta}/{uno}" != ruta:
            almacen().delete(f"{carpeta}/{uno}")


def barrer_sueltos(*, ahora: datetime.datetime) -> int:
    """Take away what no row names and is older than a day: of a worker that died, of an account that was taken away.

    Returns how many. Twice, nothing changes.
    """
    quitados = 0
    for carpeta in lo_de(almacen(), DE_UN_DIA)[0]:
        donde = f"{DE_UN_DIA}/{carpeta}"
        sueltos = {f"{donde}/{uno}" for uno in lo_de(almacen(), donde)[1]}
        sueltos -= set(Trabajo.objects.filter(ruta__in=sueltos, vence_en__gt=ahora).values_list("ruta", flat=True))
        for ruta in sorted(sueltos):
            if almacen().get_modified_time(ruta) <= ahora - SE_GUARDA:
                almacen().delete(ruta)
                quitados += 1
    return quitados
