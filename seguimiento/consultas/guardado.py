"""What the panel keeps, each thing under one key with the number of the changes that it was made with.

The number goes inside and not in the key: what is made again takes the place of the one before, so that a cache that
throws nothing away by itself holds each thing once and not once for each change.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache as una_vez
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.core.cache import cache

from marco.programa import version_del_programa


@dataclass(frozen=True)
class DeAntes:
    """A thing that is kept, with the number that it was made with and the last of the changes that were seen then."""

    numero: str
    que: Any
    ultimo: int = 0

    def es_de_ahora(self, numero: str, ahora: datetime.datetime) -> bool:
        """Whether nothing changed since, and it has not expired (``vence``)."""
        return self.numero == numero and (not hasattr(self.que, "vence") or ahora < self.que.vence)


def de_antes(llaves: Iterable[str]) -> dict[str, DeAntes]:
    """What is kept under these keys, whatever its number."""
    return {llave: DeAntes(*una) for llave, una in cache.get_many(llaves).items()}


def leer(numeros: Mapping[str, str], *, ahora: datetime.datetime) -> dict[str, Any]:
    """Of these keys, each with the number of now: what is kept with that number and has not expired (``vence``)."""
    guardadas = de_antes(numeros).items()
    return {llave: una.que for llave, una in guardadas if una.es_de_ahora(numeros[llave], ahora)}


def guardar(
    cosas: Mapping[str, Any], numeros: Mapping[str, str], dura: int, *, ultimos: Mapping[str, int] | None = None
) -> None:
    """Keep each thing with its number; and with its last change, where it matters which ones came after it."""
    ultimos = ultimos or {}
    if cosas:
        cache.set_many({llave: (numeros[llave], que, ultimos.get(llave, 0)) for llave, que in cosas.items()}, dura)


@una_vez
def codigo_de_las_cuentas() -> str:
    """Know the code that counts by what it says: another edition of the program keeps, and reads, its own."""
    textos = sorted(Path(__file__).parent.glob("*.py"))
    return blake2b(
        b"".join([version_del_programa().encode(), *(uno.read_bytes() for uno in textos)]), digest_size=8
    ).hexdigest()
