"""Names of territories, kept in the cache for a minute: addresses and headings ask for them on every page."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.cache import cache
from django.utils.translation import gettext as _

from instancias.models import Territorio

CLAVE_DE_CACHE = "kuska:lugares"
DEPARTAMENTO, PROVINCIA = 2, 4  # letters of their codes


def nombres() -> dict[str, str]:
    """Return the name of every territory by its code. No statement once the cache is warm."""
    lugares = cache.get(CLAVE_DE_CACHE)
    if lugares is None:
        lugares = dict(Territorio.objects.order_by().values_list("ubigeo", "nombre"))
        cache.set(CLAVE_DE_CACHE, lugares, 60)
    return lugares


def en_palabras(prefijos: Sequence[str]) -> str:
    """Return some places in a few words: their names, or how many districts of which province."""
    provincias = {prefijo[:4] for prefijo in prefijos}
    if len(prefijos) > 2 and len(provincias) == 1:
        provincia = provincias.pop()
        frase = _("%(n)d distritos de %(provincia)s")
        return frase % {"n": len(prefijos), "provincia": nombres().get(provincia, provincia)}
    return enumerar(prefijos)


def enumerar(prefijos: Sequence[str]) -> str:
    """Return their names, one after another."""
    todos = nombres()
    return ", ".join(todos.get(prefijo, prefijo) for prefijo in prefijos)


def dentro_de(prefijos: Sequence[str], largo: int) -> list[str]:
    """Return the codes of this length in some territories, in order. A province is there with any of its districts."""
    de_algunos = set(prefijos)
    codigos = {
        ubigeo[:largo]
        for ubigeo in nombres()
        if len(ubigeo) >= max(largo, 4) and not de_algunos.isdisjoint((ubigeo[:2], ubigeo[:4], ubigeo))
    }
    return sorted(codigos)


def ordenanza_de(norma: str) -> str:
    """The document that created a table; in words, where nobody wrote it down."""
    return norma or _("Sin registrar")
