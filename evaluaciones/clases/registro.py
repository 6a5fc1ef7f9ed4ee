"""Kinds of question. Each registers itself; nothing outside the folder of a kind names it.

The folders beside this file are found by themselves. A host adds its own in the ``ready()`` of its app::

    clases.registrar(PreguntaNumerica())
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from .base import ClaseDePregunta
from .desconocida import Desconocida

_clases: dict[str, ClaseDePregunta[Any]] = {}


def registrar(clase: ClaseDePregunta[Any]) -> None:
    """Add a kind. Registering the same class again changes nothing; another one with its key is a mistake."""
    previa = _clases.get(clase.clave)
    if previa is not None and type(previa) is not type(clase):
        raise ImproperlyConfigured(f"Dos clases de pregunta se llaman «{clase.clave}».")
    _clases[clase.clave] = clase


def olvidar(clave: str) -> None:
    """Take a kind out, as when its app is no longer installed."""
    _clases.pop(clave, None)


def clase_de(clave: str) -> ClaseDePregunta[Any]:
    """Return a kind by its key. One that is not registered any more still shows what was kept of it."""
    return _clases.get(clave) or Desconocida(clave)


def clases() -> list[ClaseDePregunta[Any]]:
    return sorted(_clases.values(), key=lambda clase: (clase.orden, clase.clave))


def opciones() -> list[tuple[str, str | Promise]]:
    """Return the kinds that a trainer chooses from."""
    return [(clase.clave, clase.nombre) for clase in clases()]


def descubrir() -> None:
    """Import the folders beside this file, so that each kind registers itself."""
    paquete = __name__.rpartition(".")[0]
    for modulo in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if modulo.ispkg:
            importlib.import_module(f"{paquete}.{modulo.name}")
