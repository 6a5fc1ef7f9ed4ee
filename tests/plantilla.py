"""The migrated database of the tests, made once and copied for each run, part and worker.

SQLite keeps it as a file of the temporary folder, named after everything that could change it; PostgreSQL as a
database of its server. Whoever copies it migrates what is not written down in it, which is nothing.
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
from django.core import management
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder

from marco.version_de_la_base import archivos_de

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
    original, ordenar = creacion._create_test_db, management.call_command
    hechas: list[bool] = []

    def crear(verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        nombre: str = original(verbosity, autoclobber, keepdb)
        if not keepdb:
            plantilla.poner(nombre)
            hechas.append(nada_que_migrar(connection, nombre))
        recordar_lo_intercambiable()
        return nombre

    def ordenar_lo_que_falta(orden: Any, *partes: Any, **otras: Any) -> Any:
        if orden == "migrate" and hechas and hechas.pop():
            return None  # to read three hundred migrations and find that takes a second in each part
        return ordenar(orden, *partes, **otras)

    creacion._create_test_db = crear
    # Of what the migrations wrote Django keeps a text; ours is kept as rows, and given back as such (tests/semilla.py).
    creacion.serialize_db_to_string = lambda: "[]"
    management.call_command = ordenar_lo_que_falta
    try:
        yield plantilla
    finally:
        management.call_command = ordenar
        del creacion._create_test_db, creacion.serialize_db_to_string


def nada_que_migrar(connection: Any, nombre: str) -> bool:
    """Whether each migration that is here, by the name of its file, is written down in that database."""
    antes = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = nombre
    try:
        hechas = set(MigrationRecorder(connection).applied_migrations())
    finally:
        connection.close()
        connection.settings_dict["NAME"] = antes
    return {(una.label, suya) for una in apps.get_app_configs() for suya in archivos_de(una.label)} <= hechas


def recordar_lo_intercambiable() -> None:
    """While it migrates: Django forgets at each step which setting swaps a model, and looks through all to find it."""
    cual = cache(partial(Apps.get_swappable_settings_name.__wrapped__, apps))
    cual.cache_clear = lambda: None
    apps.get_swappable_settings_name = cual


def olvidar_lo_intercambiable() -> None:
    apps.__dict__.pop("get_swappable_settings_name", None)


@contextmanager
def recordando_lo_intercambiable() -> Iterator[None]:
    """Around what a test migrates."""
    recordar_lo_intercambiable()
    try:
        yield
    finally:
        olvidar_lo_intercambiable()


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
