"""Small helps of the frame."""

from __future__ import annotations

from typing import Any

from django import template

from ..menu import EntradaDeMenu, entradas

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any], gancho: str) -> list[EntradaDeMenu]:
    """``{% menu "menu_del_personal" as lineas %}``: the lines that the rooms registered."""
    return entradas(gancho, context["request"])
