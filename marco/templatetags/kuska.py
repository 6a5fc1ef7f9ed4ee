"""Small helps of the frame."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.cache import cache

from ..dibujadas import dibujar
from ..direcciones import ruta_de
from ..menu import EntradaDeMenu, entradas
from ..models.ajustes import LineaDeAyuda, lineas_de_fabrica
from ..oficina import NombreConArticulo, oficina_de_fabrica
from ..prosa import limpiar
from ..salida import Galletas, galletas

register = template.Library()
register.filter("texto_limpio", limpiar)


@register.simple_tag
def ir_a(enlace: str, *de: object) -> str:
    """``{% ir_a "ayuda" as url %}``: where a link of the frame leads, as the room that has the page says."""
    return ruta_de(enlace, *de)


@register.simple_tag(takes_context=True)
def una_vez(context: Any, plantilla: str, **valores: Any) -> str:
    """``{% una_vez "kuska/componentes/pie.html" plegado="1" %}``: a piece that is drawn once for these values.

    Like ``include`` with ``only``. A value is plain (a text, a number, something that does not change) and is never of
    one person.
    """
    return dibujar(context.template.engine, plantilla, valores)


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


@register.simple_tag
def galletas_de_salida() -> Galletas:
    """Names of the cookies that «Salir rápido» writes on the phone."""
    return galletas()


@register.simple_tag
def la_oficina(aula: Any) -> NombreConArticulo:
    """The office that accompanies, with its article; also on a page that could not read its settings."""
    return getattr(aula, "la_oficina", None) or NombreConArticulo(oficina_de_fabrica())


@register.simple_tag
def lineas_de_ayuda(aula: Any) -> tuple[LineaDeAyuda, ...]:
    """The help lines of the footer. A page that could not read its settings shows those that the room ships."""
    return tuple(getattr(aula, "lineas", None) or lineas_de_fabrica())
