"""Formatted text, reduced to what the editor offers. What is kept is not believed: it may come from any door."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe

ETIQUETAS = {
    *("p", "br", "hr", "b", "strong", "i", "em", "u", "s", "del", "sup", "sub", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "a", "h2", "h3", "h4", "h5", "h6", "img"),
    *("table", "thead", "tbody", "tr", "th", "td", "caption"),
}
ATRIBUTOS = {
    "a": {"href", "title", "lang"},
    "img": {"src", "alt", "width", "height", "loading"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "*": {"id", "lang"},
}
ESQUEMAS = {"http", "https", "mailto", "tel"}


def limpiar(html: str) -> SafeString:
    """Drop scripts, styles, events and addresses that run; words stay."""
    limpio = nh3.clean(html, tags=ETIQUETAS, attributes=ATRIBUTOS, url_schemes=ESQUEMAS, link_rel=None)
    return mark_safe(limpio)  # noqa: S308 - just cleaned
