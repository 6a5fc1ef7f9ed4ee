"""Names that change, written once: texts say «{linea}» and people read what it is called today."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

from django.utils.html import escape

from .marcas import cambiar
from .models import NombreInstitucional

T = TypeVar("T")


class Nombres:
    """The names of today for one piece of work: read at the first text that has one, and not again.

    The cache does not hold them. It holds the finished pieces, each under the revision of its course, which a name
    that changes raises. Names kept on their own, in another process or by who read before the change was committed,
    could be older than that revision, and the new piece would say the former name for as long as it lives.
    """

    @cached_property
    def _formas(self) -> dict[str, str]:
        return NombreInstitucional.vigentes()

    def poner(self, texto: str) -> str:
        """Return a plain text with its names."""
        return cambiar(texto, self._formas) if "{" in texto else texto

    def poner_en_html(self, html: str) -> str:
        """Return the HTML of a page with its names, escaped."""
        if "{" not in html:
            return html
        return cambiar(html, {marca: escape(nombre) for marca, nombre in self._formas.items()})

    def poner_en(self, dato: T) -> T:
        """Return the same structure of lists and dictionaries with the names put in each of its texts."""
        if isinstance(dato, str):
            return self.poner(dato)  # type: ignore[return-value]
        if isinstance(dato, dict):
            return {clave: self.poner_en(valor) for clave, valor in dato.items()}  # type: ignore[return-value]
        if isinstance(dato, list | tuple):
            return type(dato)(self.poner_en(uno) for uno in dato)  # type: ignore[return-value]
        return dato
