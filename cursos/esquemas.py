"""Drawings that come with a site: light SVG files, made by its team, that a step shows with their text.

Any app gives its own in ``static/esquemas/<clave>.svg``. Each says in itself what it is: ``<title>`` is its short text,
``<desc>`` its long one, ``viewBox`` its size. They are static files, never uploads: an SVG that somebody uploads is
active content and is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from defusedxml import ElementTree
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Esquema:
    """A drawing. ``ancho`` and ``alto`` in pixels of its own grid, ``bytes`` as it is kept."""

    clave: str
    titulo: str
    descripcion: str
    ancho: int
    alto: int
    bytes: int

    @property
    def ruta(self) -> str:
        """Path among the static files."""
        return f"esquemas/{self.clave}.svg"


@cache
def disponibles() -> dict[str, Esquema]:
    """Return the drawings of every installed app, by key. The app that is installed first wins."""
    esquemas: dict[str, Esquema] = {}
    for app in apps.get_app_configs():
        for archivo in sorted((Path(app.path) / "static" / "esquemas").glob("*.svg")):
            esquemas.setdefault(archivo.stem, leer(archivo))
    return dict(sorted(esquemas.items()))


def leer(archivo: Path) -> Esquema:
    """Return the drawing of a file. One without its texts is a mistake of the site, told at once."""
    raiz = ElementTree.parse(archivo).getroot()
    titulo, descripcion = (" ".join((raiz.findtext(f"{SVG}{parte}") or "").split()) for parte in ("title", "desc"))
    caja = (raiz.get("viewBox") or "").split()
    if not titulo or not descripcion or len(caja) != 4:
        raise ImproperlyConfigured(f"Al esquema {archivo.name} le falta <title>, <desc> o viewBox.")
    return Esquema(
        archivo.stem, titulo, descripcion, round(float(caja[2])), round(float(caja[3])), archivo.stat().st_size
    )


def opciones() -> list[tuple[str, str]]:
    """Return the drawings as a list to choose from."""
    return [(esquema.clave, esquema.titulo) for esquema in disponibles().values()]
