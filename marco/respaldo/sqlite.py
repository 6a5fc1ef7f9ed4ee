"""Copies of a SQLite database while others write in it. A copy of its file alone is a damaged database."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.utils.translation import gettext as _

from ..servicio.estado import TURNO, carpeta_del_servicio
from .errores import ErrorDeRespaldo

TROZO = 4 * 1024 * 1024
ESPERA = 60.0
MODULO = 2**128


def _comilla(nombre: str) -> str:
    return '"' + nombre.replace('"', '""') + '"'


def contar(conexion: sqlite3.Connection) -> dict[str, list[Any]]:
    """How many rows each table has, and a digest of them that does not depend on their order."""
    nombres = conexion.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    return {nombre: _contar_una(conexion, nombre) for (nombre,) in nombres}


def _contar_una(conexion: sqlite3.Connection, nombre: str) -> list[Any]:
    cuantas = suma = 0
    for fila in conexion.execute(f"SELECT * FROM {_comilla(nombre)}"):  # noqa: S608  a name that the database gave
        suma += int.from_bytes(hashlib.blake2b(repr(fila).encode(), digest_size=16).digest(), "big")
        cuantas += 1
    return [cuantas, f"{suma % MODULO:032x}"]


class Foto:
    """The database at one moment, whatever is written meanwhile: counted and poured from the same reading."""

    def __init__(self, conexion: sqlite3.Connection, aparte: Path) -> None:
        self._conexion = conexion
        self._aparte = aparte
        self.version = sqlite3.sqlite_version

    def relaciones(self) -> dict[str, list[Any]]:
        return contar(self._conexion)

    def volcar(self) -> Iterator[bytes]:
        with closing(sqlite3.connect(self._aparte)) as copia:
            self._aparte.chmod(0o600)
            self._conexion.backup(copia)
        with self._aparte.open("rb") as archivo:
            while trozo := archivo.read(TROZO):
                yield trozo
        self._aparte.unlink()


class Sqlite:
    nombre = "sqlite"

    def __init__(self, conexion: Any) -> None:
        self._django = conexion
        self.archivo = Path(str(conexion.settings_dict["NAME"]))

    def tamano(self) -> int:
        return self.archivo.stat().st_size if self.archivo.exists() else 0

    @contextmanager
    def foto(self, aparte: Path) -> Iterator[Foto]:
        """Read without stopping who writes (WAL). ``aparte``: a file that is written and taken away meanwhile."""
        with closing(sqlite3.connect(self.archivo, timeout=ESPERA, isolation_level=None)) as conexion:
            conexion.execute("BEGIN")
            conexion.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on, this moment
            yield Foto(conexion, aparte)

    @contextmanager
    def en_otra_parte(self, volcado: Path, carpeta: Path) -> Iterator[tuple[dict[str, Any], dict[str, list[Any]]]]:
        """Restore elsewhere. Give what Django needs to connect to it, and what it holds."""
        archivo = carpeta / "comprobacion.sqlite3"
        shutil.copyfile(volcado, archivo)
        with closing(sqlite3.connect(archivo, isolation_level=None)) as conexion:
            revisar(conexion)
            cuenta = contar(conexion)
        yield {**self._django.settings_dict, "NAME": str(archivo)}, cuenta

    def exigir_que_nadie_escriba(self) -> None:
        """Raise ``en_uso`` while the service of this folder is on, or somebody writes: nothing changes under them."""
        if not self.archivo.exists():
            return
        self._django.close()
        if any(_encendido(turno) for turno in self._turnos()):
            raise _en_uso()
        with closing(sqlite3.connect(self.archivo, timeout=2, isolation_level=None)) as conexion:
            try:
                conexion.execute("BEGIN EXCLUSIVE")
                conexion.execute("ROLLBACK")
            except sqlite3.OperationalError as error:
                raise _en_uso() from error

    @contextmanager
    def sin_nadie(self) -> Iterator[None]:
        """The same, and nobody turns the service on meanwhile: what people sent would be lost under the copy."""
        self.exigir_que_nadie_escriba()
        with ExitStack() as tomados:
            for turno in self._turnos():
                if turno.parent.is_dir():
                    tomados.enter_context(_tomado(turno))
            yield

    def _turnos(self) -> set[Path]:
        return {carpeta.resolve() / TURNO for carpeta in (self.archivo.parent, carpeta_del_servicio())}

    def reponer(self, volcado: Path, despues: list[tuple[str, tuple[Any, ...]]]) -> None:
        """Put a copy in the place of what there is, all at once for whoever has it open. A cut leaves what was."""
        self._django.close()
        with closing(sqlite3.connect(volcado, isolation_level=None)) as copia:
            for sentencia, valores in despues:
                copia.execute(sentencia, valores)
            copia.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.archivo.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.archivo, timeout=ESPERA, isolation_level=None)) as destino:
                destino.execute("PRAGMA synchronous=FULL")
                copia.backup(destino)
                destino.execute("PRAGMA journal_mode=WAL")
        connections["default"].close()


def _en_uso() -> ErrorDeRespaldo:
    return ErrorDeRespaldo("en_uso", _("La base está en uso: apague el servicio (web, trabajos y reloj) y repita."))


@contextmanager
def _tomado(turno: Path) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:
        yield
        return
    with turno.open("a") as papel:
        try:
            fcntl.flock(papel, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise _en_uso() from error
        yield


def revisar(conexion: sqlite3.Connection) -> None:
    """Raise ``danada`` when what SQLite itself looks at is not right."""
    malas = [fila[0] for fila in conexion.execute("PRAGMA integrity_check(3)") if fila[0] != "ok"]
    malas += [str(fila[0]) for fila in conexion.execute("PRAGMA foreign_key_check").fetchmany(3)]
    if malas:
        raise ErrorDeRespaldo("danada", _("La base de la copia está dañada: %(que)s.") % {"que": "; ".join(malas)})


def _encendido(turno: Path) -> bool:
    """Whether somebody holds it. The file of a service that was turned off is held by nobody."""
    try:
        import fcntl
    except ImportError:  # another system, where the turn is not kept this way
        return False
    if not turno.exists():
        return False
    with turno.open("a") as papel:
        try:
            fcntl.flock(papel, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
