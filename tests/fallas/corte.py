"""The power goes: what was written and not yet on the disk may be there, or not, or by halves. SQLite.

A process that answers is watched from outside (strace): each write, each time it waited for the disk, and each answer
that it said was saved, in order. At a moment chosen at random the files are made again as a disk could have them:
what was waited for, and of the rest, since then, any part in sectors of 512 bytes. A file that was made is there once
its folder was waited for.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

STRACE = shutil.which("strace")
LLAMADAS = "write,pwrite64,fsync,fdatasync,ftruncate,openat,unlink"
SECTOR = 512
# 123 pwrite64(5</tmp/base-wal>, "…", 4096, 32) = 4096, with every text in «\\x00»
LINEA = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+= (-?\d+)")
TEXTO = r"((?:\\x[0-9a-f]{2})*)"
DE_UN_ARCHIVO = re.compile(rf"^\d+<{TEXTO}>(?:, (.*))?$")
UN_NOMBRE = re.compile(rf'"{TEXTO}"')
UNOS_DATOS = re.compile(rf'^"{TEXTO}", \d+(?:, (\d+))?$')


@dataclass(frozen=True)
class Hecho:
    """``que``: escribe, espera, corta, nace, muere, or confirma (``datos``: which)."""

    que: str
    archivo: str = ""
    datos: bytes = b""
    lugar: int = 0


def leer(traza: Path, carpeta: Path, confirmado: str) -> Iterator[Hecho]:
    """What the process did to the files of a folder, and what it wrote in ``confirmado``, in order."""
    for linea in traza.read_text("ascii").splitlines():
        if (casa := LINEA.match(linea)) is None or int(casa[3]) < 0:
            continue
        llamada, argumentos = casa[1], casa[2]
        if llamada in {"openat", "unlink"}:
            hecho = _de_un_nombre(llamada, argumentos)
        else:
            hecho = _de_un_archivo(llamada, argumentos, int(casa[3]), confirmado)
        if hecho is not None and (hecho.que == "confirma" or hecho.archivo.startswith(str(carpeta))):
            yield hecho


def _texto(escrito: str) -> bytes:
    return bytes.fromhex(escrito.replace("\\x", ""))


def _de_un_nombre(llamada: str, argumentos: str) -> Hecho | None:
    if llamada == "openat" and "O_CREAT" not in argumentos:
        return None
    nombre = UN_NOMBRE.search(argumentos)
    assert nombre is not None, argumentos
    return Hecho("nace" if llamada == "openat" else "muere", _texto(nombre[1]).decode())


def _de_un_archivo(llamada: str, argumentos: str, cuanto: int, confirmado: str) -> Hecho | None:
    casa = DE_UN_ARCHIVO.match(argumentos)
    assert casa is not None, argumentos[:200]
    archivo, resto = _texto(casa[1]).decode(), casa[2]
    if llamada in {"fsync", "fdatasync"}:
        return Hecho("espera", archivo)
    if llamada == "ftruncate":
        return Hecho("corta", archivo, lugar=int(resto))
    if (datos := UNOS_DATOS.match(resto)) is None:
        return None
    dichos = _texto(datos[1])[:cuanto]
    if archivo == confirmado:
        return Hecho("confirma", datos=dichos)
    return Hecho("escribe", archivo, dichos, int(datos[2])) if llamada == "pwrite64" else None


@dataclass
class Disco:
    """What is on the disk for sure, and what was told to it since."""

    seguro: dict[str, bytearray]
    por_llegar: dict[str, list[Hecho]] = field(default_factory=dict)
    nacidos: set[str] = field(default_factory=set)  # their folder was not waited for
    confirmado: list[bytes] = field(default_factory=list)

    def pasar(self, hecho: Hecho, carpeta: Path) -> None:
        if hecho.que == "confirma":
            self.confirmado.append(hecho.datos)
        elif hecho.que == "nace":
            if hecho.archivo not in self.seguro:
                self.seguro[hecho.archivo] = bytearray()
                self.nacidos.add(hecho.archivo)
        elif hecho.que == "muere":
            self.seguro.pop(hecho.archivo, None)
        elif hecho.que == "espera" and hecho.archivo == str(carpeta):
            self.nacidos.clear()
        elif hecho.que == "espera":
            for uno in self.por_llegar.pop(hecho.archivo, []):
                _poner(self.seguro.setdefault(hecho.archivo, bytearray()), uno)
        else:
            self.por_llegar.setdefault(hecho.archivo, []).append(hecho)

    def tras_el_corte(self, azar: random.Random) -> dict[str, bytes]:
        """The files as they may be when the machine is turned on."""
        quedan = {}
        for archivo, datos in self.seguro.items():
            if archivo.endswith("-shm") or (archivo in self.nacidos and azar.random() < 0.5):
                continue
            hay = bytearray(datos)
            for uno in self.por_llegar.get(archivo, []):
                for parte in _en_sectores(uno) if azar.random() < 0.7 else []:
                    if azar.random() < 0.7:
                        _poner(hay, parte)
            quedan[archivo] = bytes(hay)
        return quedan


def _en_sectores(hecho: Hecho) -> list[Hecho]:
    if hecho.que != "escribe":
        return [hecho]
    return [
        Hecho("escribe", hecho.archivo, hecho.datos[desde : desde + SECTOR], hecho.lugar + desde)
        for desde in range(0, len(hecho.datos), SECTOR)
    ]


def _poner(hay: bytearray, hecho: Hecho) -> None:
    if hecho.que == "corta":
        del hay[hecho.lugar :]
        hay.extend(bytes(max(hecho.lugar - len(hay), 0)))
        return
    hay.extend(bytes(max(hecho.lugar - len(hay), 0)))
    hay[hecho.lugar : hecho.lugar + len(hecho.datos)] = hecho.datos


def vigilar(pid: int, traza: Path) -> subprocess.Popen[bytes]:
    """Watch a process that waits to be told to begin. Returns once it is watched."""
    orden = [str(STRACE), "-f", "-y", "-xx", "-s", "70000", "-e", f"trace={LLAMADAS}", "-o", str(traza), "-p", str(pid)]
    uno = subprocess.Popen(orden, stderr=subprocess.PIPE)
    assert uno.stderr is not None
    dicho = uno.stderr.readline()
    if b"attached" not in dicho:
        uno.communicate()
        raise PermissionError(dicho.decode(errors="replace"))
    return uno
