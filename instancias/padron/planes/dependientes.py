"""Which rows of a list depend on which: those of one document, and those of one kind of seat of a table."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from ..interpretacion.leida import FilaLeida

VUELTAS = 20


class Lugar(NamedTuple):
    """Where a row stands among the others, by what was understood of it."""

    orden: int
    documento: str
    territorio: str
    tipo: str

    @classmethod
    def de(cls, orden: int, leida: FilaLeida) -> Lugar:
        return cls(orden, leida.documento, leida.territorio, leida.tipo)


def alcanzadas(lugares: Collection[Lugar], desde: Iterable[int], *, maximo: int) -> set[int] | None:
    """The rows, by their order, that what changes of some may reach: those tied to them, and so on.

    None when they are more than so many, or so far from each other that looking for them is no gain.
    """
    tocadas = set(desde)
    documentos: set[str] = set()
    asientos: set[tuple[str, str]] = set()
    nuevas = tocadas
    for _vuelta in range(VUELTAS):
        if not nuevas or len(tocadas) > maximo:
            break
        de_ellas = [lugar for lugar in lugares if lugar.orden in nuevas]
        documentos |= {lugar.documento for lugar in de_ellas if lugar.documento}
        asientos |= {(lugar.territorio, lugar.tipo) for lugar in de_ellas if lugar.territorio and lugar.tipo}
        atadas = {
            lugar.orden
            for lugar in lugares
            if lugar.documento in documentos or (lugar.territorio, lugar.tipo) in asientos
        }
        nuevas = atadas - tocadas
        tocadas = tocadas | nuevas
    return None if nuevas or len(tocadas) > maximo else tocadas
