"""Kinds of unit. Each is one folder and registers itself; course, panel, files and papers ask here and name no kind.

The app that brings one registers it in its ``ready()``::

    from cursos import clases

    clases.registrar(TallerComoUnidad())
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

from marco import preparadas

from .base import ClaseDeUnidad, Gasto, en_lista
from .perdida import ClasePerdida

if TYPE_CHECKING:
    from ..consultas.temario import FilaDeTemario
    from ..models import Unidad

__all__ = [
    "ClaseDeUnidad",
    "Gasto",
    "clase_de",
    "clase_de_pagina",
    "clases",
    "con_nota",
    "cuenta_en_palabras",
    "en_lista",
    "esta_registrada",
    "nombrar",
    "olvidar",
    "que_dependen",
    "que_se_esperan",
    "que_se_releen",
    "registrar",
]

_clases: dict[str, ClaseDeUnidad] = {}
_PERDIDA = ClasePerdida()


def registrar(clase: ClaseDeUnidad) -> None:
    """Add a kind. Registering the same class again changes nothing; another one with its key is a mistake."""
    previa = _clases.get(clase.clase)
    if previa is not None and type(previa) is not type(clase):
        raise ImproperlyConfigured(f"Dos clases de unidad se llaman «{clase.clase}».")
    _clases[clase.clase] = clase
    preparadas.olvidar_todas()


def olvidar(clave: str) -> None:
    """Take a kind away, as when its app is no longer installed. Units of it stay, with their last title."""
    _clases.pop(clave, None)
    preparadas.olvidar_todas()


def clase_de(clave: str) -> ClaseDeUnidad:
    """Return a kind by its key. For one that is not registered, a kind that opens nothing and breaks nothing."""
    return _clases.get(clave, _PERDIDA)


def esta_registrada(clave: str) -> bool:
    return clave in _clases


def clases() -> Iterator[ClaseDeUnidad]:
    return iter(tuple(_clases.values()))


def clase_de_pagina(pagina: Any) -> ClaseDeUnidad | None:
    """Return the kind that a page belongs to, or None when it is not a unit."""
    return next((clase for clase in clases() if isinstance(pagina, clase.modelo())), None)


def que_dependen(paginas: Collection[int]) -> list[Unidad]:
    """Return the units of any kind that cannot be done without these pages, and are not theirs."""
    return [unidad for clase in clases() for unidad in clase.que_dependen(paginas)]


# --- For statements: the keys of the kinds that have something in common ----------------------------------------------


def con_nota() -> list[str]:
    """Keys of the exams."""
    return [clase.clase for clase in clases() if clase.con_nota]


def que_se_esperan() -> list[str]:
    """Keys of what a final waits for."""
    return [clase.clase for clase in clases() if clase.la_esperan]


def que_se_releen() -> list[str]:
    """Keys of what may be read again, once it is done."""
    return [clase.clase for clase in clases() if clase.se_relee]


# --- In words ---------------------------------------------------------------------------------------------------------


def cuenta_en_palabras(claves: Iterable[str], cuantas: int) -> str:
    """«lección», «lecciones», «lecciones y evaluaciones»: what is counted together, each kind once.

    What a course is made of goes first; the rest, as they come.
    """
    suyas = sorted((clase_de(clave) for clave in dict.fromkeys(claves)), key=lambda clase: clase.dice_su_clase)
    if not suyas or _PERDIDA in suyas:
        return _PERDIDA.sustantivo(cuantas)
    return suyas[0].sustantivo(cuantas) if len(suyas) == 1 else en_lista(str(clase.plural) for clase in suyas)


def nombrar(filas: Collection[FilaDeTemario]) -> str:
    """«la lección 2», «las lecciones 2 y 3», «la lección 2 y «Taller»»: rows of any kind, each kind in its words."""
    de_cada_clase: dict[str, list[FilaDeTemario]] = {}
    for fila in filas:
        de_cada_clase.setdefault(fila.clase, []).append(fila)
    return en_lista(clase_de(clave).nombrar(suyas) for clave, suyas in de_cada_clase.items())
