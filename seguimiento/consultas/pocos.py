"""What leaves the screen of staff, on paper or by message, says no count of so few people that it points at somebody.

Of people who finished, and of the seats that they complete. That a seat has somebody is public, and always told.
"""

from __future__ import annotations

from collections.abc import Sequence

MINIMO_DEL_GRUPO = 5


def se_dice(terminaron: int, total: int) -> bool:
    """Whether a paper says as a number how many finished: neither they nor the others are so few as to be known."""
    faltan = total - terminaron
    return terminaron >= MINIMO_DEL_GRUPO and (not faltan or faltan >= MINIMO_DEL_GRUPO)


def cuales_se_dicen(cuantas: Sequence[tuple[int, int]], *, con_total: bool) -> list[bool]:
    """Of which rows it is told how many finished, and of how many people: as the paper of each says it.

    Where the total is printed, what is silent must not be told by taking the others from it: while all that is silent
    could not be told as one row, the next smallest is silent too.
    """
    dichas = [se_dice(*una) for una in cuantas]
    terminaron, integrantes = (
        sum(una[lado] for una, dicha in zip(cuantas, dichas, strict=True) if not dicha) for lado in (0, 1)
    )
    for n in sorted((n for n, dicha in enumerate(dichas) if dicha), key=lambda n: (cuantas[n][1], n)):
        if not con_total or not integrantes or se_dice(terminaron, integrantes):
            break
        dichas[n] = False
        terminaron, integrantes = terminaron + cuantas[n][0], integrantes + cuantas[n][1]
    return dichas
