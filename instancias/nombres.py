"""Names that change, written once: texts say «{cem}» and people read what it is called today."""

from __future__ import annotations

from typing import TypeVar

from django.utils.html import escape

from .marcas import cambiar
from .models import NombreInstitucional

T = TypeVar("T")


def poner(texto: str) -> str:
    """Return a plain text with its names."""
    return cambiar(texto, NombreInstitucional.vigentes()) if "{" in texto else texto


def poner_en_html(html: str) -> str:
    """Return the HTML of a page with its names, escaped."""
    if "{" not in html:
        return html
    return cambiar(html, {marca: escape(nombre) for marca, nombre in NombreInstitucional.vigentes().items()})


def poner_en(dato: T) -> T:
    """Return the same structure of lists and dictionaries with the names put in each of its texts."""
    if isinstance(dato, str):
        return poner(dato)  # type: ignore[return-value]
    if isinstance(dato, dict):
        return {clave: poner_en(valor) for clave, valor in dato.items()}  # type: ignore[return-value]
    if isinstance(dato, list | tuple):
        return type(dato)(poner_en(uno) for uno in dato)  # type: ignore[return-value]
    return dato
