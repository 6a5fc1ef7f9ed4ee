"""What the panel keeps, each thing under one key with the number of the changes that it was made with.

The number goes inside and not in the key: what is made again takes the place of the one before, so that a cache that
throws nothing away by itself holds each thing once and not once for each change.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache as una_vez
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.core.cache import cache

from marco.programa import version_del_programa


def leer(numeros: Mapping[str, str], *, ahora: datetime.datetime) -> dict[str, Any]:
    """Of these keys, each with the number of now: what is kept with that number and has not expired (``vence``)."""
    guardadas = cache.get_many(numeros)
    del_numero = {llave: que for llave, (numero, que) in guardadas.items() if numero == numeros[llave]}
    return {llave: que for llave, que in del_numero.items() if not hasattr(que, "vence") or ahora < que.vence}


def guardar(cosas: Mapping[str, Any], numeros: Mapping[str, str], dura: int) -> None:
    """Keep each thing with its number."""
    if cosas:
        cache.set_many({llave: (numeros[llave], que) for llave, que in cosas.items()}, dura)


@una_vez
def codigo_de_las_cuentas() -> str:
    """Know the code that counts by what it says: another edition of the program keeps, and reads, its own."""
    textos = sorted(Path(__file__).parent.glob("*.py"))
    return blake2b(
        b"".join([version_del_programa().encode(), *(uno.read_bytes() for uno in textos)]), digest_size=8
    ).hexdigest()
