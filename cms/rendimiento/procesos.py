"""What the system says of the processes of a service: how long they worked, and the memory that only they have."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
EN_UN_SEGUNDO = 1_000_000_000


def descendientes(pid: int) -> list[int]:
    """A process and all that it made."""
    hijos: dict[int, list[int]] = {}
    for carpeta in PROC.glob("[0-9]*"):
        with suppress(OSError, ValueError):
            padre = int((carpeta / "stat").read_text().rpartition(")")[2].split()[1])
            hijos.setdefault(padre, []).append(int(carpeta.name))
    todos, mirar = [pid], [pid]
    while mirar:
        suyos = hijos.get(mirar.pop(), [])
        todos += suyos
        mirar += suyos
    return todos


def segundos_de(pids: Iterable[int]) -> float:
    """Processor time of these processes, of all their threads."""
    return sum(map(_segundos, pids))


def _segundos(pid: int) -> float:
    """By nanoseconds where the system keeps them; else by hundredths of a second."""
    hilos = list((PROC / str(pid) / "task").glob("*"))
    with suppress(OSError, ValueError):
        return sum(int((hilo / "schedstat").read_text().split()[0]) for hilo in hilos) / EN_UN_SEGUNDO
    with suppress(OSError, ValueError, IndexError):
        partes = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        return (int(partes[11]) + int(partes[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def megas_propios(pid: int) -> float:
    """Memory that nobody else has (USS)."""
    with suppress(OSError):
        lineas = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
        return sum(int(linea.split()[1]) for linea in lineas if linea.startswith("Private_")) / 1024
    return 0.0
