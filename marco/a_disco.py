"""What is said to be kept is on the disk, and the power may go: files and the folders that name them, written through.

A file that is closed is still in memory for some seconds, and its name in its folder as well. Rows of the database do
not wait: without this, a certificate or a picture would be named and empty after a cut.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.db import connection

DE_POSTGRES = ["fsync", "full_page_writes", "synchronous_commit"]
SQLITE_ESPERA = 2  # FULL: in WAL, each answer is on the disk before it is said to be kept


def a_disco(archivo: Path | str) -> None:
    """Wait until the disk has a file, or the names that a folder has now."""
    numero = os.open(archivo, os.O_RDONLY)
    try:
        os.fsync(numero)
    finally:
        os.close(numero)


def sin_esperar_al_disco() -> list[str]:
    """The settings of the database with which it says that something is kept before the disk has it. One statement."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            return [] if cursor.fetchone()[0] >= SQLITE_ESPERA else ["synchronous"]
        if connection.vendor != "postgresql":
            return []
        cursor.execute("SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off'", [DE_POSTGRES])
        return sorted(nombre for (nombre,) in cursor.fetchall())


class EnDisco(FileSystemStorage):
    """The files of a folder, with nothing said to be saved before the disk has it, and nothing left of what was not."""

    def _save(self, name: str, content: Any) -> str:
        raiz = Path(self.location)
        carpeta = (raiz / name).parent
        nuevas = [una for una in (carpeta, *carpeta.parents) if una.is_relative_to(raiz) and not una.exists()]
        intento = _Intento(location=self.location)
        intento.__dict__.update(self.__dict__)
        try:
            guardado = FileSystemStorage._save(intento, name, content)
            donde = Path(self.path(guardado))
            for uno in (donde, donde.parent, *(una.parent for una in nuevas)):
                a_disco(uno)
        except BaseException:
            if intento.probado:
                with suppress(OSError):
                    Path(intento.probado).unlink(missing_ok=True)
            raise
        return str(guardado)


class _Intento(FileSystemStorage):
    """One saving, that knows the last name that it tried: what is there is its own, since it never writes over."""

    probado = ""

    def path(self, name: str) -> str:
        self.probado = super().path(name)
        return self.probado
