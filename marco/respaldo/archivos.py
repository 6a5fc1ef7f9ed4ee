"""The files of an installation: pictures, sounds, documents and certificates, wherever their storage keeps them."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages

from marco.a_disco import a_disco

DE_PASO = 16 * 1024 * 1024  # a file up to this size waits in memory; a longer one, on disk
TROZO = 1024 * 1024
DE_UN_DIA = "de_un_dia"  # a folder whose files are swept after a day: no copy makes them last longer


def almacenes() -> list[str]:
    """Those that hold what somebody wrote or was given. Static files come with the program."""
    return sorted(set(settings.STORAGES) - {"staticfiles"})


def nombres(almacen: str) -> Iterator[str]:
    yield from _dentro(storages[almacen], "")


def _dentro(almacen: Any, carpeta: str) -> Iterator[str]:
    carpetas, archivos = lo_de(almacen, carpeta)
    for nombre in archivos:
        yield f"{carpeta}/{nombre}".lstrip("/")
    for nombre in carpetas:
        if carpeta or nombre != DE_UN_DIA:
            yield from _dentro(almacen, f"{carpeta}/{nombre}".lstrip("/"))


def lo_de(almacen: Any, carpeta: str) -> tuple[list[str], list[str]]:
    """The names of the folders and of the files of a folder, in order; of one that is not there, none."""
    try:
        carpetas, archivos = almacen.listdir(carpeta)
    except FileNotFoundError:
        return [], []
    return sorted(set(carpetas)), sorted(archivos)


def leer(almacen: str, nombre: str) -> tuple[int, str, IO[bytes]] | None:
    """Return size, digest and content of a file, still the same one when it is written. None when it was taken away."""
    cuenta, tamano = hashlib.sha256(), 0
    aparte: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=DE_PASO)  # noqa: SIM115  closed by who takes it
    try:
        with storages[almacen].open(nombre) as archivo:
            while trozo := archivo.read(TROZO):
                cuenta.update(trozo)
                tamano += aparte.write(trozo)
    except FileNotFoundError:
        aparte.close()
        return None
    aparte.seek(0)
    return tamano, cuenta.hexdigest(), aparte


def hay() -> bool:
    return any(next(nombres(uno), None) is not None for uno in almacenes())


def reponer(almacen: str, de: Path, nombres_de_la_copia: list[str], *, aparte: str) -> None:
    """Put the files of a copy in the place of those that there are, which are left beside, named ``aparte``."""
    destino = storages[almacen]
    if isinstance(destino, FileSystemStorage):
        raiz = Path(destino.location)
        raiz.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(raiz / DE_UN_DIA, ignore_errors=True)  # nobody would sweep it where what there was is left
        if any(raiz.iterdir()):
            _mover_lo_de_dentro(raiz, raiz.with_name(f"{raiz.name}.{aparte}"))
        if de.exists():
            _mover_lo_de_dentro(de, raiz)
        for uno in (raiz, *raiz.rglob("*")):  # before the return is said to be done
            a_disco(uno)
        return
    for nombre in nombres_de_la_copia:
        if destino.exists(nombre):
            destino.delete(nombre)
        with (de / nombre).open("rb") as archivo:
            destino.save(nombre, File(archivo))


def _mover_lo_de_dentro(de: Path, a: Path) -> None:
    """The folder itself may be where a disk is mounted: only what is inside moves."""
    a.mkdir(parents=True, exist_ok=True)
    for uno in de.iterdir():
        shutil.move(str(uno), str(a / uno.name))
