"""Reading a screen of the editor as a person does, to find what is not in Spanish."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

INGLES = re.compile(
    r"\b(the|and|your|you|this|these|pages?|add|edit|save|publish|unpublish|delete|search|more|with|are|has|been|of|for"
    r"|view|draft|live|settings|select|choose|toggle|show|close|by|last|first|wagtail|items?|sort|actions?|upload"
    r"|comments?|history|status|locked|copy|move|image|title)\b",
    re.IGNORECASE,
)
QUE_SE_LEE = ("title", "aria-label", "placeholder", "alt", "data-w-tooltip-content-value", "data-clicked-text")


class Lectura(HTMLParser):
    """The words of a page: what is shown, what is said aloud, and the menu that a script draws."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.palabras: list[str] = []
        self.mudo = ""
        self.menu = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        datos = dict(attrs)
        if tag in {"script", "style"}:
            self.mudo = datos.get("id") or tag
        self.palabras += [datos[nombre] or "" for nombre in QUE_SE_LEE if datos.get(nombre)]

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self.mudo = ""

    def handle_data(self, data: str) -> None:
        if self.mudo == "wagtail-sidebar-props":
            self.menu += data
        elif not self.mudo:
            self.palabras.append(data)

    @property
    def entradas_del_menu(self) -> list[str]:
        return _etiquetas(json.loads(self.menu or "{}"))

    @property
    def texto(self) -> str:
        return " ".join([*self.palabras, *self.entradas_del_menu])


def leer(respuesta: Any) -> Lectura:
    """Read an answer; a chooser sends its page inside JSON."""
    cuerpo = respuesta.content.decode()
    return Lectura(cuerpo if respuesta.headers["Content-Type"].startswith("text/html") else json.loads(cuerpo)["html"])


def en_ingles(texto: str) -> Iterator[str]:
    """Yield each English word with what is around it."""
    for una in INGLES.finditer(texto):
        yield " ".join(texto[max(una.start() - 40, 0) : una.end() + 40].split())


def _etiquetas(nodo: Any) -> list[str]:
    if isinstance(nodo, dict):
        propias = [nodo["label"]] if isinstance(nodo.get("label"), str) else []
        return propias + [una for valor in nodo.values() for una in _etiquetas(valor)]
    if isinstance(nodo, list):
        return [una for valor in nodo for una in _etiquetas(valor)]
    return []
