"""Small helps of the frame."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.cache import cache

from ..menu import EntradaDeMenu, entradas

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any], gancho: str) -> list[EntradaDeMenu]:
    """``{% menu "menu_del_personal" as lineas %}``: the lines that the rooms registered."""
    return entradas(gancho, context["request"])


@register.simple_tag(takes_context=True)
def entra_al_editor(context: dict[str, Any]) -> bool:
    """Whether to show the way to the editor. Kept for a minute: it is a link, the editor asks again by itself."""
    cuenta = context["request"].user
    clave = f"kuska:editor:{cuenta.pk}"
    permitido = cache.get(clave)
    if permitido is None:
        permitido = cuenta.has_perm("wagtailadmin.access_admin")
        cache.set(clave, permitido, 60)
    return permitido
