"""Who changed since an instancia was counted: from the last changes that the database keeps, with whose they were.

Nobody is left out: where the changes since then are not all there, or one of them is of nobody alone, it is not known.
"""

from __future__ import annotations

from collections.abc import Iterator


def desde_la_marca(recientes: str, marca: str) -> frozenset[int] | None:
    """As SQLite keeps them: of each change, the mark of before and whose it was, the last one first.

    Marks are numbers by chance that never come again (``models.disparadores``), so all that come before this one came
    after it. What follows the last space was cut.
    """
    personas = set()
    for antes, quien in _pares(recientes.rpartition(" ")[0]):
        personas.add(int(quien))
        if antes == marca:
            return frozenset(personas)
    return None


def despues_de(recientes: str, ultimo: int, *, cuantos: int) -> frozenset[int] | None:
    """As PostgreSQL does: the number of each row and whose it is, the last ones first. ``cuantos`` came since then.

    Rows are added up by a task and then gone, and are not seen in the order of their numbers. None that is later than
    the last one that was seen had been counted: if there are as many as were counted since, they are those.
    """
    nuevas = [quien for numero, quien in _pares(recientes) if int(numero) > ultimo]
    if len(nuevas) != cuantos or not all(nuevas):
        return None
    return frozenset(map(int, nuevas))


def ultimo(recientes: str) -> int:
    """The number of the last row that is seen."""
    return max((int(numero) for numero, _quien in _pares(recientes) if numero), default=0)


def _pares(recientes: str) -> Iterator[tuple[str, str]]:
    for uno in recientes.split():
        numero, _dos_puntos, quien = uno.partition(":")
        yield numero, quien
