"""Words that anybody who knows the site tries first: its places, its offices and its own name (ASVS 5.0, 6.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from marco.models import AjustesDelAula
from marco.textos import sin_tildes

from ..contacto import centros
from ..models import Territorio

DE_UNA_PALABRA = 4  # letters: a shorter one is part of many
LO_QUE_QUEDA = 6  # signs that nobody gets from a map


def es_de_este_sitio(clave: str) -> bool:
    """Whether a key is names of this site and little more: the capital and a year, two districts joined.

    One statement, and none for a key of numbers.
    """
    plana = _plana(clave)
    if len(re.sub(r"\d", "", plana)) < DE_UNA_PALABRA:
        return False
    resto = plana
    for palabra in sorted(set(_palabras()), key=lambda una: (-len(una), una)):
        resto = resto.replace(palabra, " ")
    return resto != plana and len(resto.replace(" ", "")) < LO_QUE_QUEDA


def _palabras() -> Iterator[str]:
    """Each name, and each word of it, as they are written together."""
    ajustes = AjustesDelAula.actuales()
    nombres = {ajustes.nombre_del_espacio, ajustes.programa, *(centro.nombre for centro in centros().values())}
    for de_uno in Territorio.objects.values_list("nombre", "nombre_alterno", "capital"):
        nombres.update(de_uno)
    for nombre in nombres:
        for palabra in (nombre, *re.split(r"\W+", nombre)):
            if len(plana := _plana(palabra)) >= DE_UNA_PALABRA:
                yield plana


def _plana(texto: str) -> str:
    return re.sub(r"[\W_]", "", sin_tildes(texto).casefold())
