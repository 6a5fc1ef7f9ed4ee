"""The network address of a visitor, believing only the proxies the site declares."""

from __future__ import annotations

import ipaddress
import re

from django.http import HttpRequest

from marco.contrato import valor

CON_PUERTO = re.compile(r"\[(?P<seis>[^\]]+)\](:\d+)?|(?P<cuatro>[\d.]+):\d+")


def ip_de(request: HttpRequest) -> str:
    """Return the address that spoke to our outermost proxy; KUSKA_PROXIES says how many there are (none: 0).

    Anything further left in X-Forwarded-For was written by the visitor, so it is not read; and what is no address was
    written by no proxy.
    """
    proxies = valor("KUSKA_PROXIES")
    saltos = [salto.strip() for salto in request.headers.get("X-Forwarded-For", "").split(",") if salto.strip()]
    dicha = _leer(saltos[-proxies]) if proxies > 0 and len(saltos) >= proxies else ""
    return dicha or request.META.get("REMOTE_ADDR", "")


def _leer(salto: str) -> str:
    """Some proxies write the port too."""
    con_puerto = CON_PUERTO.fullmatch(salto)
    escrita = (con_puerto["seis"] or con_puerto["cuatro"]) if con_puerto else salto
    try:
        return str(ipaddress.ip_address(escrita))
    except ValueError:
        return ""
