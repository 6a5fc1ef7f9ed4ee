"""Names of territories, kept in the cache for a minute: addresses and headings ask for them on every page."""

from __future__ import annotations

from django.core.cache import cache

from instancias.models import Territorio

CLAVE_DE_CACHE = "kuska:lugares"


def nombres() -> dict[str, str]:
    """Return the name of every territory by its code. No statement once the cache is warm."""
    lugares = cache.get(CLAVE_DE_CACHE)
    if lugares is None:
        lugares = dict(Territorio.objects.order_by().values_list("ubigeo", "nombre"))
        cache.set(CLAVE_DE_CACHE, lugares, 60)
    return lugares
