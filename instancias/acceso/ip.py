"""The network address of a visitor, believing only the proxies the site declares."""

from __future__ import annotations

from django.http import HttpRequest

from marco.contrato import valor


def ip_de(request: HttpRequest) -> str:
    """Return the address that spoke to our outermost proxy; KUSKA_PROXIES says how many there are (none: 0).

    Anything further left in X-Forwarded-For was written by the visitor, so it is not read.
    """
    proxies = valor("KUSKA_PROXIES")
    saltos = [salto.strip() for salto in request.headers.get("X-Forwarded-For", "").split(",") if salto.strip()]
    if proxies and len(saltos) >= proxies:
        return saltos[-proxies]
    return request.META.get("REMOTE_ADDR", "")
