"""Pieces of the frame that are drawn once: a piece sees the values that it is given, and nothing else is in its key.

Two requests that give the same values get the same HTML, whoever asks; what is of one person (a name, a mark, a token)
is never given to a piece. Besides the values, the key carries what a template may read by itself: the language, and
where addresses begin. It is kept with the template that drew it: another text, in development, draws its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.signals import setting_changed
from django.template import Context, Engine
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .recientes import Recientes

CABEN = 400  # pieces of one process: some hundred characters each


_arboles: dict[tuple[str, ...], tuple[Any, bool]] = {}
_dibujadas = Recientes(lambda: CABEN)


def dibujar(
    motor: Engine, plantilla: str, valores: Mapping[str, Any], ademas: Mapping[str, Any] | None = None
) -> SafeString:
    """Return a piece with these values: plain ones, that can be compared. ``ademas`` follows from them."""
    clase = motor.get_template(plantilla)
    # With its type: a text that is safe as it is equals one that has to be escaped.
    vistos = ((nombre, type(valor), valor) for nombre, valor in valores.items())
    clave = (plantilla, get_language(), get_script_prefix(), get_urlconf(), *vistos)
    guardada = _dibujadas.get(clave)
    if guardada is not None and guardada[0] is clase:
        return guardada[1]
    html = clase.render(Context({**valores, **(ademas or {})}))
    _dibujadas.poner(clave, (clase, html))
    return html


def hay_lugar() -> bool:
    """Whether what nobody asked for yet may be drawn."""
    return _dibujadas.holgada()


def suelta(motor: Engine, plantilla: str, valores: Mapping[str, Any]) -> SafeString:
    """Return a piece drawn for this time alone: of what cannot be compared."""
    return motor.get_template(plantilla).render(Context(dict(valores)))


def en_un_arbol(motor: Engine, plantillas: tuple[str, ...]) -> bool:
    """Whether these templates, and the pieces that they name, are all in the same tree: none of them is another one
    that a site put over it. A piece whose name is a value is not known before it is drawn."""
    clase = motor.get_template(plantillas[0])
    guardada = _arboles.get(plantillas)
    if guardada is None or guardada[0] is not clase:
        todas: set[str] = set()
        for una in plantillas:
            _nombradas(motor, una, todas)
        arboles = {motor.get_template(una).origin.name.removesuffix(una) for una in todas}
        _arboles[plantillas] = guardada = (clase, len(arboles) == 1)
    return guardada[1]


def _nombradas(motor: Engine, plantilla: str, vistas: set[str]) -> None:
    """Add the name of a template, of what it extends and of what it includes."""
    if plantilla not in vistas:
        vistas.add(plantilla)
        for nodo in motor.get_template(plantilla).nodelist.get_nodes_by_type((ExtendsNode, IncludeNode)):
            nombre = (nodo.parent_name if isinstance(nodo, ExtendsNode) else nodo.template).var
            if isinstance(nombre, str):
                _nombradas(motor, nombre, vistas)


def olvidar(**_que: Any) -> None:
    """Draw them all again: something that a template reads by itself has changed."""
    _dibujadas.clear()
    _arboles.clear()


setting_changed.connect(olvidar)
