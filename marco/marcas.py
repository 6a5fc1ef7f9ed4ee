"""How texts name what changes its name: «{linea}», «{linea.corto}», «{linea.antes}», «{linea.norma}». No database.

What can be called has a number too: «{linea.numero}».
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

MARCA = re.compile(r"\{([a-z]+(?:\.[a-z]+)?)\}")


class ConNombre(Protocol):
    """A row of the settings or a line of a file."""

    clave: str
    nombre: str
    corto: str
    antes: str
    norma: str
    numero: str


def formas_de(uno: ConNombre) -> dict[str, str]:
    """Return each way of naming it and what it shows."""
    return {
        uno.clave: uno.nombre,
        f"{uno.clave}.corto": uno.corto,
        f"{uno.clave}.antes": uno.antes or uno.nombre,
        f"{uno.clave}.norma": uno.norma,
        f"{uno.clave}.numero": uno.numero,
    }


def cambiar(texto: str, formas: Mapping[str, str]) -> str:
    """Return a text with its names. A mark that nobody knows stays as it is, to be seen and mended."""
    return MARCA.sub(lambda marca: formas.get(marca[1], marca[0]), texto)
