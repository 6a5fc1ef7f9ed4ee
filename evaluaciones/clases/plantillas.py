"""The templates of a kind, in its own folder. A host overrides one by name."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.template import TemplateDoesNotExist, engines
from django.template.loader import get_template

from .base import ClaseDePregunta


def plantilla_de(clase: ClaseDePregunta[Any], nombre: str) -> Any:
    """Return a template of a kind: «kuska/evaluaciones/clases/<kind>/<name>.html» of a host, or the one in its folder.

    None when the kind has none, and there is nothing to show.
    """
    suya: Any = type(clase)
    return _plantilla(suya, clase.clave, nombre)


@lru_cache(maxsize=256)
def _plantilla(clase: Any, clave: str, nombre: str) -> Any:
    try:
        return get_template(f"kuska/evaluaciones/clases/{clave}/{nombre}.html")
    except TemplateDoesNotExist:
        pass
    for carpeta in clase.carpetas():
        ruta = carpeta / f"{nombre}.html"
        if ruta.exists():
            return engines["django"].from_string(ruta.read_text(encoding="utf-8"))
    return None
