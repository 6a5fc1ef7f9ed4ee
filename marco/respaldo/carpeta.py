"""The folder of the copies: how they are called, which ones are there, and one turn at a time to write in it."""

from __future__ import annotations

import datetime
import fcntl
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from marco.contrato import valor
from marco.del_sistema import del_sistema

from .errores import ErrorDeRespaldo

NOMBRE = re.compile(r"aula-(\d{8}-\d{6})(-[a-z-]+)?\.respaldo")
MEDIDA = "%Y%m%d-%H%M%S"
PARCIAL = ".parcial-"
UN_DIA = 24 * 3600
SEGUIDA = "seguida"  # of a copy that is made between two nights


@dataclass(frozen=True)
class EnLaCarpeta:
    archivo: Path
    en: datetime.datetime

    @property
    def nombre(self) -> str:
        return self.archivo.name

    @property
    def es_seguida(self) -> bool:
        return self.archivo.stem.endswith(f"-{SEGUIDA}")


def carpeta() -> Path:
    """Where copies are kept. Raises ``sin_carpeta`` when nobody said."""
    donde = valor("KUSKA_RESPALDOS")
    if not donde:
        raise ErrorDeRespaldo("sin_carpeta", _("Falta decir dónde van las copias: póngalo en KUSKA_RESPALDOS."))
    return Path(donde)


def preparar() -> Path:
    donde = carpeta()
    try:
        donde.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        frase = _("No se puede escribir en la carpeta de las copias (%(donde)s): %(error)s.")
        raise ErrorDeRespaldo("sin_carpeta", frase % {"donde": donde, "error": del_sistema(error.errno)}) from error
    return donde


def nombre_de(en: datetime.datetime, motivo: str = "") -> str:
    return f"aula-{en.astimezone(datetime.UTC).strftime(MEDIDA)}{f'-{motivo}' if motivo else ''}.respaldo"


def momento_de(nombre: str) -> datetime.datetime | None:
    """When a copy was made, by its name; None for what is not called as one."""
    casa = NOMBRE.fullmatch(nombre)
    return datetime.datetime.strptime(casa[1], MEDIDA).replace(tzinfo=datetime.UTC) if casa else None


def copias(donde: Path | None = None) -> list[EnLaCarpeta]:
    """The copies of the folder, the last one at the end. What was left half-way has another name."""
    halladas = []
    for archivo in (donde or carpeta()).glob("aula-*.respaldo"):
        if en := momento_de(archivo.name):
            halladas.append(EnLaCarpeta(archivo, timezone.localtime(en)))
    return sorted(halladas, key=lambda una: (una.en, una.nombre))


def enteras(donde: Path | None = None) -> list[EnLaCarpeta]:
    """Those that rest on no other one."""
    return [una for una in copias(donde) if not una.es_seguida]


def seguidas(donde: Path | None = None) -> list[EnLaCarpeta]:
    """Those that were made between nights."""
    return [una for una in copias(donde) if una.es_seguida]


def buscar(cual: str) -> Path:
    """A copy by its path, by its name, or the last one. Raises ``no_esta``."""
    if cual in ("", "ultima", "última"):
        todas = copias()
        if not todas:
            raise ErrorDeRespaldo("no_esta", _("No hay copias en %(donde)s.") % {"donde": carpeta()})
        return todas[-1].archivo
    for archivo in (Path(cual), Path(valor("KUSKA_RESPALDOS") or "") / cual):
        if archivo.is_file():
            return archivo
    raise ErrorDeRespaldo("no_esta", _("No encuentro la copia «%(cual)s».") % {"cual": cual})


@contextmanager
def leyendo(archivo: Path) -> Iterator[IO[bytes]]:
    """The file, to be read. One that was brought here by another account of the machine is told as what it is."""
    try:
        papel = archivo.open("rb")
    except PermissionError as error:
        frase = _("La cuenta del aula no puede leer %(cual)s y no se tocó nada. Désela: sudo chown kuska %(cual)s")
        raise ErrorDeRespaldo("no_se_lee", frase % {"cual": archivo}) from error
    with papel:
        yield papel


@contextmanager
def turno(donde: Path) -> Iterator[None]:
    """One copy at a time in a folder. Raises ``ocupada``. The system takes the turn back from who dies."""
    with (donde / ".turno").open("w") as archivo:
        try:
            fcntl.flock(archivo, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ErrorDeRespaldo(
                "ocupada", _("Otra copia se está haciendo ahora mismo: espere a que termine.")
            ) from error
        _limpiar(donde)
        yield


def _limpiar(donde: Path) -> None:
    """Take away what a copy that died left half-way: whoever has the turn is alone."""
    for sobra in donde.glob(f"{PARCIAL}*"):
        with suppress(OSError):
            if sobra.is_dir():
                if time.time() - sobra.stat().st_mtime > UN_DIA:
                    shutil.rmtree(sobra, ignore_errors=True)
            else:
                sobra.unlink()


def exigir_espacio(donde: Path, bytes_: int) -> None:
    libre = shutil.disk_usage(donde).free
    if libre < bytes_:
        frase = _("No hay espacio para la copia en %(donde)s: hacen falta %(falta)d MB y quedan %(libre)d.")
        datos = {"donde": donde, "falta": bytes_ // 1_000_000 + 1, "libre": libre // 1_000_000}
        raise ErrorDeRespaldo("sin_espacio", frase % datos)
