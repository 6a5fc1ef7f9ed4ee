"""The request that is being answered, for whoever is far from its page, and the reference that it has in the log.

The reference comes from the proxy only when the site says that it has one (``KUSKA_PROXIES``): what a visitor writes in
a heading never reaches a log.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from .contrato import valor

CABECERA = "X-Request-ID"
COMO_SE_ESCRIBE = re.compile(r"[A-Za-z0-9._-]{8,32}")
LETRAS = 16

_en_curso: ContextVar[HttpRequest | None] = ContextVar("kuska_peticion", default=None)


def peticion() -> HttpRequest | None:
    """The request that this thread answers; none in a task or a command."""
    return _en_curso.get()


def nueva_referencia() -> str:
    return secrets.token_hex(LETRAS // 2)


def referencia_de(request: HttpRequest | None) -> str:
    """What names this request in the log, on a page that fails and in the trail."""
    if request is None:
        return ""
    if not hasattr(request, "referencia"):
        request.referencia = _del_proxy(request) or nueva_referencia()
    escrita: str = request.referencia
    return escrita


def pantalla_de(request: HttpRequest | None) -> str:
    """The name of its route, that says nothing of anybody; empty before it is known."""
    hallada = getattr(request, "resolver_match", None)
    return hallada.view_name if hallada else ""


def _del_proxy(request: HttpRequest) -> str:
    escrita = request.headers.get(CABECERA, "") if valor("KUSKA_PROXIES") else ""
    return escrita if COMO_SE_ESCRIBE.fullmatch(escrita) else ""


class ConReferencia:
    """Name each request, and let whoever writes a log line or a line of the trail find it. Goes first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        referencia = referencia_de(request)
        turno = _en_curso.set(request)
        try:
            respuesta = self.get_response(request)
        finally:
            _en_curso.reset(turno)
        respuesta[CABECERA] = referencia
        return respuesta
