"""Somebody else may be holding the phone: what shows outside the page must not say what it is about."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

# Roots, without accents. «mujer» is not a subject by itself, but with the rest it tells enough on a lock screen.
PALABRAS = (
    "violen",
    "maltrat",
    "agres",
    "victim",
    "abus",
    "feminic",
    "denunci",
    "golpe",
    "sexual",
    "acoso",
    "mujer",
    "30364",
    "warmi",
    "aurora",
)


def palabras_en(texto: str) -> list[str]:
    """Return the roots that a text shows, whatever its accents and capitals."""
    plano = unicodedata.normalize("NFKD", unescape(texto)).encode("ascii", "ignore").decode().lower()
    return [palabra for palabra in PALABRAS if palabra in plano]


def visible_por_fuera(html: str) -> dict[str, str]:
    """What a page shows in tabs, history, previews and files it offers: title, og: tags, description, links."""
    partes = {"title": " ".join(re.findall(r"<title>(.*?)</title>", html, re.DOTALL))}
    for nombre, contenido in re.findall(r'<meta\s+(?:name|property)="([^"]+)"\s+content="([^"]*)"', html):
        if nombre.startswith(("og:", "twitter:")) or nombre in {"description", "application-name", "author"}:
            partes[nombre] = contenido
    enlaces = re.findall(r'\s(?:href|action|src)="([^"]*)"', html)
    partes["direcciones"] = " ".join(enlace for enlace in enlaces if enlace.startswith("/"))
    partes["archivos"] = " ".join(re.findall(r'\sdownload="([^"]*)"', html))
    return partes


def faltas(html: str) -> list[str]:
    """Return «where: word» for each word that should not be seen from outside."""
    return [f"{donde}: {palabra}" for donde, texto in visible_por_fuera(html).items() for palabra in palabras_en(texto)]
