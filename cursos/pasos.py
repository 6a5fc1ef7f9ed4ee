"""Which steps of a lesson a person has seen, by what each step is: when they are inserted or moved, nobody goes back.

A step is known by the identifier of its block. ``Avance.vistos`` holds those that were seen; a row from before they
were kept has none, and counts the first ``paso`` of the lesson. Numbers, from 1, are for addresses and for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Avance, Unidad

AVISO = "aviso"  # identifier of the step that warns of a hard subject
SEPARADOR = "\n"


def ids_de_pagina(pasos: Iterable[Any], *, con_aviso: bool) -> list[str]:
    """Return the identifiers of the blocks of a lesson, in order."""
    ids = [str(bloque.get("id") or n) for n, bloque in enumerate(pasos, 1)]
    return [AVISO, *ids] if con_aviso else ids


def ids_de(unidad: Unidad) -> tuple[str, ...]:
    """Return the steps of a unit, in order. What has no steps of its own is one."""
    return tuple(unidad.ids_de_pasos) or tuple(str(n) for n in range(1, max(unidad.pasos, 1) + 1))


def juntar(ids: Iterable[str]) -> str:
    """Write them as they are kept: each between two marks, so that one can be asked for by itself."""
    ids = tuple(ids)
    return f"{SEPARADOR}{SEPARADOR.join(ids)}{SEPARADOR}" if ids else ""


def vistos_en(avance: Avance | None, ids: Sequence[str]) -> tuple[str, ...]:
    """Return the steps that a person has seen, those that are no longer there too."""
    if avance is None:
        return ()
    return tuple(uno for uno in avance.vistos.split(SEPARADOR) if uno) or tuple(ids[: avance.paso])


def sin_ver(avance: Avance | None, ids: Sequence[str]) -> list[int]:
    """Return the numbers of the steps not seen yet, in order. Of a finished lesson, those that came afterwards."""
    vistos = set(vistos_en(avance, ids))
    return [n for n, uno in enumerate(ids, 1) if uno not in vistos]


def por_ver(avance: Avance | None, ids: Sequence[str]) -> int:
    """Return the number of the first step not seen; the last one when none is left."""
    return next(iter(sin_ver(avance, ids)), len(ids))
