"""Menus that each room fills from below: the frame knows their names, never the rooms.

A room registers a function in its ``wagtail_hooks.py``::

    @hooks.register("menu_del_aula")
    def mis_certificados(request):
        return EntradaDeMenu(clave="certificados", texto=_("Mis certificados"), url=reverse(…), orden=20)

``menu_del_aula`` is the menu of members; ``enlaces_de_ayuda`` are the links of «Ayuda» (a function returns None for who
cannot open its page) and ``ayuda_sobre_los_datos`` its sentences about what a course downloads. ``menu_del_personal``
is the bar of the staff pages, whose functions return None when the account has nothing to do there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail import hooks


@dataclass(frozen=True)
class EntradaDeMenu:
    """One line of a menu."""

    clave: str
    texto: str
    url: str
    orden: int
    detalle: str = ""


def entradas(gancho: str, request: HttpRequest) -> list[EntradaDeMenu]:
    """Return the lines that the rooms registered, in order."""
    lineas = (funcion(request) for funcion in hooks.get_hooks(gancho))
    return sorted((linea for linea in lineas if linea), key=lambda linea: linea.orden)
