"""A report that was asked for, ready to be read: its columns, how many rows, the rows from any one to any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .columnas import Columna

Fila = list[Any]  # a cell a column: text, number, day, moment, yes or no, or nothing


@dataclass
class Resultado:
    """``leer`` gives the rows between two numbers; screen and files ask the same one. ``nombrar``, whom they name."""

    columnas: list[Columna]
    total: int
    leer: Callable[[int, int], Iterator[Fila]]
    notas: list[str] = field(default_factory=list)
    nombrar: Callable[[int, int], Iterable[int]] = lambda _desde, _hasta: ()

    def de_quienes(self, desde: int = 0, hasta: int | None = None) -> list[int]:
        """The number of each person of some rows, for the trail: see decision 32."""
        return list(self.nombrar(desde, self.total if hasta is None else min(hasta, self.total)))

    def filas(self, desde: int = 0, hasta: int | None = None) -> Iterator[Fila]:
        return self.leer(desde, self.total if hasta is None else min(hasta, self.total))

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, rango: slice) -> list[Fila]:
        """A page of it."""
        return list(self.filas(rango.start or 0, rango.stop))


def de_lista(columnas: list[Columna], filas: list[Fila], notas: list[str]) -> Resultado:
    """A report of few rows, already counted."""
    return Resultado(columnas, len(filas), lambda desde, hasta: iter(filas[desde:hasta]), notas)
