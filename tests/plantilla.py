"""The migrated database of the tests, made once and copied for each run, part and worker.

SQLite keeps it as a file of the temporary folder, named after everything that could change it; PostgreSQL as a
database of its server. Whoever copies it migrates all the same: with nothing to do, that takes a moment.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from importlib import metadata
from pathlib import Path
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.conf import settings
from django.db import DatabaseError

NOMBRE = "kuska-plantilla"
UN_DIA = 60 * 60 * 24


def huella() -> str:
    """Of our code, whatever in it a migration uses, and of the versions of the packages."""
    cuenta = hashlib.sha256()
    for archivo in sorted(settings.BASE_DIR.glob("[!.]*/**/*.py")):
        if archivo.relative_to(settings.BASE_DIR).parts[0] not in {"tests", "var", "docs"}:
            cuenta.update(str(archivo.relative_to(settings.BASE_DIR)).encode())
            cuenta.update(archivo.read_bytes())
    versiones = sorted(f"{uno.name}=={uno.version}" for uno in metadata.distributions())
    cuenta.update(" ".join([sqlite3.sqlite_version, *versiones]).encode())
    return cuenta.hexdigest()[:16]


@dataclass(frozen=True)
class Plantilla:
    """``poner`` copies it over a database just created; ``guardar`` makes it of the one in use when there is none."""

    poner: Callable[[str], None]
    guardar: Callable[[], None]


@contextmanager
def puesta(connection: Any) -> Iterator[Plantilla]:
    """Let the database of the tests be born from the template when there is one."""
    creacion = connection.creation
    plantilla = de_sqlite(connection) if connection.vendor == "sqlite" else de_postgres(connection)
    original = creacion._create_test_db

    def crear(verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        nombre: str = original(verbosity, autoclobber, keepdb)
        if not keepdb:
            plantilla.poner(nombre)
        recordar_lo_intercambiable()
        return nombre

    creacion._create_test_db = crear
    try:
        yield plantilla
    finally:
        del creacion._create_test_db


def recordar_lo_intercambiable() -> None:
    """While it migrates: Django forgets at each step which setting swaps a model, and looks through all to find it."""
    cual = cache(partial(Apps.get_swappable_settings_name.__wrapped__, apps))
    cual.cache_clear = lambda: None
    apps.get_swappable_settings_name = cual


def olvidar_lo_intercambiable() -> None:
    apps.__dict__.pop("get_swappable_settings_name", None)


def en_archivo() -> Path:
    return Path(tempfile.gettempdir()) / f"{NOMBRE}-{huella()}.sqlite3"


def copiar(base: Path) -> None:
    """Leave the tables, with what the migrations wrote, where a process of its own will look for its database.

    Without a template it migrates from nothing, as whoever installs it does.
    """
    if (plantilla := en_archivo()).exists():
        shutil.copyfile(plantilla, base)


def de_sqlite(connection: Any) -> Plantilla:
    plantilla = en_archivo()
    carpeta = plantilla.parent

    def poner(nombre: str) -> None:
        for sobra in ("-wal", "-shm"):
            Path(f"{nombre}{sobra}").unlink(missing_ok=True)
        copiar(Path(nombre))

    def guardar() -> None:
        if plantilla.exists():
            return
        nueva = carpeta / f"{NOMBRE}-{os.getpid()}.sqlite3"
        nueva.unlink(missing_ok=True)
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as base:
            base.execute("VACUUM INTO ?", [str(nueva)])
        nueva.replace(plantilla)
        for vieja in carpeta.glob(f"{NOMBRE}-*.sqlite3"):
            if vieja.stat().st_mtime < time.time() - UN_DIA:
                vieja.unlink(missing_ok=True)

    return Plantilla(poner, guardar)


def de_postgres(connection: Any) -> Plantilla:
    plantilla = f"{NOMBRE}-{huella()}"

    def ordenar(*ordenes: str) -> None:
        with connection.creation._nodb_cursor() as cursor:
            for orden in ordenes:
                cursor.execute(orden)

    def existe() -> bool:
        with connection.creation._nodb_cursor() as cursor:
            return bool(connection.creation._database_exists(cursor, plantilla))

    def poner(nombre: str) -> None:
        if existe():
            ordenar(f'DROP DATABASE "{nombre}"', f'CREATE DATABASE "{nombre}" TEMPLATE "{plantilla}"')

    def guardar() -> None:
        connection.close()
        with suppress(DatabaseError):  # another worker made it at the same time
            if not existe():
                ordenar(f'CREATE DATABASE "{plantilla}" TEMPLATE "{connection.settings_dict["NAME"]}"')

    return Plantilla(poner, guardar)
