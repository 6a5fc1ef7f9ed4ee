"""The outline of a course as it is drawn: each module once for all who stand in it the same way, and not once a person.

Who has not begun a module, and who has finished it, see the same as everybody else there; so do most of those who are
in the middle. What tells two drawings apart is in the key: the revision of the course, the state of each row, how it
folds, the language, and the templates that draw it. Without a cache it is drawn each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from django.core.cache import cache
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ..models import Unidad
from .recorrido import ModuloDeCurso
from .temario import UN_DIA, clave_de_cache

PLANTILLA = "kuska/cursos/modulo.html"
SUS_PARTES = (PLANTILLA, "kuska/cursos/filas.html", "kuska/componentes/estado_de_unidad.html")


def dibujar(curso: Unidad, modulos: Sequence[ModuloDeCurso]) -> list[SafeString]:
    """Return the HTML of each module. No statement, and one question to the cache."""
    llaves = [_llave(curso, uno) for uno in modulos]
    listos = cache.get_many(llaves)
    nuevos = {
        llave: render_to_string(PLANTILLA, {"modulo": uno, "numero": curso.numero})
        for llave, uno in zip(llaves, modulos, strict=True)
        if llave not in listos
    }
    if nuevos:
        cache.set_many({llave: str(html) for llave, html in nuevos.items()}, UN_DIA)
    return [mark_safe(nuevos.get(llave) or listos[llave]) for llave in llaves]  # noqa: S308 (drawn here)


def _llave(curso: Unidad, modulo: ModuloDeCurso) -> str:
    plantillas = tuple(sorted({una.plantilla for una in (*modulo.filas, *modulo.rutas, *modulo.otras)}))
    huella = repr((modulo.huella, get_language(), marca(SUS_PARTES + plantillas)))
    return clave_de_cache(f"modulo:{blake2b(huella.encode(), digest_size=16).hexdigest()}", curso)


@lru_cache(maxsize=64)
def marca(nombres: tuple[str, ...]) -> str:
    """Know the templates by what they say: another release, or another site, draws its own."""
    textos = (getattr(get_template(nombre), "template", None) for nombre in nombres)
    return blake2b("".join(str(getattr(uno, "source", "")) for uno in textos).encode(), digest_size=8).hexdigest()
