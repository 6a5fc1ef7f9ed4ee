"""Whole numbers: those that come in an address, a form or a file, and how long ones are told."""

from __future__ import annotations

from django.utils.formats import number_format

MAYOR = 2**31 - 1  # what every whole column of both databases takes
CIFRAS = 10  # of the largest; many more would not even be read


def entero_de(texto: str, *, hasta: int = MAYOR) -> int | None:
    """Return the number that plain digits say, from 0 to ``hasta``, or None: nothing else is a number here.

    «²» and «٣» are digits for Python, and a thousand nines are a number: neither reaches the database.
    """
    if not (texto.isascii() and texto.isdecimal() and len(texto) <= CIFRAS):
        return None
    numero = int(texto)
    return numero if numero <= hasta else None


def con_miles(n: int) -> str:
    """As people read it: «20 000»."""
    return number_format(n, force_grouping=True)
