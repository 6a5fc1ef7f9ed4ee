"""How texts name what changes its name: «{cem}», «{cem.corto}», «{cem.antes}», «{cem.norma}». No database."""

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


def formas_de(uno: ConNombre) -> dict[str, str]:
    """Return each way of naming it and what it shows."""
    return {
        uno.clave: uno.nombre,
        f"{uno.clave}.corto": uno.corto,
        f"{uno.clave}.antes": uno.antes or uno.nombre,
        f"{uno.clave}.norma": uno.norma,
    }


def cambiar(texto: str, formas: Mapping[str, str]) -> str:
    """Return a text with its names. A mark that nobody knows stays as it is, to be seen and mended."""
    return MARCA.sub(lambda marca: formas.get(marca[1], marca[0]), texto)
