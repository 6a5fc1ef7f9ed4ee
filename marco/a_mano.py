"""What the cache keeps and this process holds as it is: making it again of its bytes is most of what reading it takes.

The cache keeps, beside each thing, a word that was made when it was put there. While the word is the same, what this
process holds is that thing; without the word, in whatever way it went, there is nothing. So it is forgotten when
the cache forgets it, by all, and where nothing is kept nothing is held.

What is held is given to everybody in the process: it is never changed.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.cache import cache

from .recientes import Recientes

CABEN = 200  # outlines and evaluations of one process: some tens of kilobytes each

_a_mano = Recientes(lambda: CABEN)


def dado(llave: str) -> Any:
    """Return what is kept under a key, or None."""
    return dados([llave]).get(llave)


def dados(llaves: Iterable[str]) -> dict[str, Any]:
    """Return what there is of several, by key."""
    hallados = {}
    de_la_palabra = {_palabra(llave): llave for llave in llaves}
    for puesta, palabra in cache.get_many(list(de_la_palabra)).items():
        llave = de_la_palabra[puesta]
        suyo = _a_mano.get(llave)
        # The word is read before and written after what it is of: a new one never finds what there was.
        if suyo is None or suyo[0] != palabra:
            suyo = palabra, cache.get(llave)
            _a_mano.poner(llave, suyo)
        if suyo[1] is not None:
            hallados[llave] = suyo[1]
    return hallados


def guardar(valores: Mapping[str, Any], segundos: int) -> None:
    """Keep these for so long, in the cache and here."""
    palabras = {llave: secrets.token_hex(8) for llave in valores}
    cache.set_many(dict(valores), segundos)
    cache.set_many({_palabra(llave): palabra for llave, palabra in palabras.items()}, segundos)
    for llave, valor in valores.items():
        _a_mano.poner(llave, (palabras[llave], valor))


def _palabra(llave: str) -> str:
    return f"{llave}:palabra"
