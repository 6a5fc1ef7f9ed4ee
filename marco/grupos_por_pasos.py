"""The same rule for people who go step by step: some begin, of those some finish, of those some are certified.

Each step is part of the one before, so what is told of two of them tells of those in between as well. A trait is told
at a step only if the people between it and its neighbours are five or more in each answer, or nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from .grupos import MINIMO, Contado, callar_filas

Pasos = Sequence[Sequence[int]]  # by step, by answer: each step within the one before
Dichos = list[list[Contado]]


def callar_pasos(filas: Sequence[Pasos], orden: Sequence[int]) -> tuple[list[Dichos], Dichos]:
    """Return what may be told of each row and of the total, by step and answer.

    ``orden``: which steps matter more; each one is told if those before it in that order, already told, allow it.
    Everybody is in one row only. A row is told whole or not at all, as in ``callar_filas``.
    """
    totales = sumar(filas)
    dichos: list[int] = []
    for paso in orden:
        if _se_dicen(totales, sorted([*dichos, paso])):
            dichos = sorted([*dichos, paso])
    tramos = [_tramos([fila[paso] for paso in dichos]) for fila in filas]
    distintos = [i for i, tramo in enumerate(_tramos([totales[paso] for paso in dichos])) if any(tramo)]
    planas = [[cuenta for i in distintos for cuenta in fila[i]] for fila in tramos]
    visibles = callar_filas(planas)[0] if distintos else [[None]] * len(filas)
    de_las_filas = [
        _solo(fila, dichos if None not in dicha else []) for fila, dicha in zip(filas, visibles, strict=True)
    ]
    return de_las_filas, _solo(totales, dichos)


def se_pueden_actualizar(antes: Sequence[Pasos], ahora: Sequence[Pasos], orden: Sequence[int]) -> bool:
    """Whether what is told of one day may be followed by what is told of another: see ``se_puede_actualizar``.

    The rows are the same, in the same order. Whatever one of the two days tells, alone or by taking one step from
    another, has to change by nothing or by five people or more.
    """
    (de_antes, total_de_antes), (de_ahora, total_de_ahora) = callar_pasos(antes, orden), callar_pasos(ahora, orden)
    parejas = [(sumar(antes), sumar(ahora), total_de_antes, total_de_ahora)]
    parejas += list(zip(antes, ahora, de_antes, de_ahora, strict=True))
    for crudo, nuevo, dicho, dicho_ahora in parejas:
        pasos = [i for i in range(len(crudo)) if None not in dicho[i] or None not in dicho_ahora[i]]
        cambios = [[b - a for a, b in zip(crudo[i], nuevo[i], strict=True)] for i in pasos]
        cambios += [[b - a for a, b in zip(una, otra, strict=True)] for una, otra in combinations(cambios, 2)]
        if any(0 < abs(cambio) < MINIMO for fila in cambios for cambio in fila):
            return False
    return True


def sumar(filas: Sequence[Pasos]) -> list[list[int]]:
    """The total of some rows, by step and answer."""
    return [[sum(cuentas) for cuentas in zip(*paso, strict=True)] for paso in zip(*filas, strict=True)]


def _se_dicen(totales: Pasos, pasos: Sequence[int]) -> bool:
    tramos = _tramos([totales[paso] for paso in pasos])
    return min(tramos[-1]) >= MINIMO and all(not any(tramo) or min(tramo) >= MINIMO for tramo in tramos)


def _tramos(pasos: Pasos) -> list[list[int]]:
    """The people who are in each step and not in the next one."""
    entre = [[a - b for a, b in zip(uno, otro, strict=True)] for uno, otro in pairwise(pasos)]
    return [*entre, list(pasos[-1])] if pasos else []


def _solo(fila: Pasos, pasos: Sequence[int]) -> Dichos:
    return [list(paso) if i in pasos else [None] * len(paso) for i, paso in enumerate(fila)]
