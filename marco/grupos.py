"""What may be said of how many: no group of fewer than five, alone, by its sums or by difference (decision 27).

Only numbers enter and leave: the same rule serves a report, the results of a survey and a public page. What is counted
here is a **trait** (sex, what somebody answered); how many people there are is not one, and whoever asks tells it.
Who did not say is not a trait either: it is counted apart and never hides anything.

A count that is not told is None. Zero is as silent as one to four: «nobody» is an answer too. One word stands for all
that is not told, because a cell that says why it is silent says how many it holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

MINIMO = 5  # of fewer people, a count points at somebody

Contado = int | None


def en_palabras(valor: Contado) -> int | str:
    """Return the count as a cell says it, on screen and in every file."""
    return _("menos de %(n)d (o reservado)") % {"n": MINIMO} if valor is None else valor


def callar(cuentas: Sequence[int]) -> list[Contado]:
    """Return a breakdown whose total is known, without what may not be told.

    Each group of fewer than five is silent, and then the smallest others, until those that are silent add up to five or
    more: taking what is told from the total gives the sum of several, never one, and never fewer than five people.
    Equal counts keep silent together: whoever knows the rule could change the silent ones round, and be told the same.
    """
    if not any(cuentas):
        return list(cuentas)  # of nobody, the total already says it
    calladas: list[int] = []
    for cuenta in sorted(set(cuentas)):
        if cuenta >= MINIMO and (not calladas or _bastan(calladas)):
            break
        calladas += [cuenta] * cuentas.count(cuenta)
    return [None if cuenta in calladas else cuenta for cuenta in cuentas]


def callar_filas(filas: Sequence[Sequence[int]]) -> tuple[list[list[Contado]], list[Contado]]:
    """Return a breakdown of two entries without what may not be told, and its totals by column.

    A row is told whole or not at all. What can be known of those that are silent is their sum, column by column, and
    each of those sums is of five people or more; if some total is not, no row is told.

    What a filter leaves out is one more row: who knows the whole cannot know the rest by taking away what passed.
    """
    totales = [sum(columna) for columna in zip(*filas, strict=True)]
    dichos = callar(totales)
    con_gente = [i for i, fila in enumerate(filas) if any(fila)]
    if len(con_gente) == 1:
        return [dichos if any(fila) else list(fila) for fila in filas], dichos  # the row is the total
    if None in dichos:
        callados = set(con_gente)
    else:
        callados = {i for i in con_gente if min(filas[i]) < MINIMO}
        for i in sorted(set(con_gente) - callados, key=lambda i: (sum(filas[i]), i)):
            if not callados or min(_suma(filas, callados)) >= MINIMO:
                break
            callados.add(i)
    return [[None] * len(fila) if i in callados else list(fila) for i, fila in enumerate(filas)], dichos


def se_puede_actualizar(
    antes: Sequence[int], ahora: Sequence[int], *, dichas: tuple[Sequence[Contado], Sequence[Contado]] | None = None
) -> bool:
    """Whether what is told of a day may be followed by what is told of another one.

    Both are seen by the same eyes: whatever they tell has to change by nothing, or by five people or more. Until then,
    what was told before stays, with its day. ``dichas``: what is told of the two days, where it is not what ``callar``
    says of these counts because some of them were not there.
    """
    de_antes, de_ahora = dichas or (callar(antes), callar(ahora))
    dichas = [i for i in range(len(antes)) if None not in (de_antes[i], de_ahora[i])]
    cambios = [ahora[i] - antes[i] for i in dichas]
    for una, otra in ((de_antes, de_ahora), (de_ahora, de_antes)):
        cambios += [ahora[i] - antes[i] for i in range(len(antes)) if una[i] is None and otra[i] is not None]
    cambios.append(sum(ahora) - sum(antes) - sum(cambios))
    return all(cambio == 0 or abs(cambio) >= MINIMO for cambio in cambios)


def _bastan(calladas: Sequence[int]) -> bool:
    """Whether the sum of what is silent gives nothing away: five or more, and not that each is just under five."""
    return sum(calladas) >= MINIMO and set(calladas) != {MINIMO - 1}


def _suma(filas: Sequence[Sequence[int]], cuales: set[int]) -> list[int]:
    return [sum(columna) for columna in zip(*(filas[i] for i in cuales), strict=True)]
