"""What an answer says to browsers, proxies and search engines."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.cache import cache_control

sin_guardar = cache_control(private=True, no_store=True)


def sin_rastro(respuesta: HttpResponse) -> HttpResponse:
    """The address is a secret: it goes to no other site and to no search engine."""
    respuesta["Referrer-Policy"] = "no-referrer"
    respuesta["X-Robots-Tag"] = "noindex, nofollow"
    return respuesta
