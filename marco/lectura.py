"""A page that only reads is read again, once, when the connection with the database broke under it.

A database that starts again closes what was open. Whoever reads does not see it: nothing was sent, and asking twice
is the same as once. What was being written is never done again by itself: it is told, with a 503.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.db import connections
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)
PRONTO = 2.0  # seconds: one that failed later waited already as long as a person does


class LeeOtraVez:
    """Goes first of all: everything of the first reading is left behind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        desde = time.monotonic()
        respuesta = self.get_response(request)
        perdida = request.method in {"GET", "HEAD"} and getattr(request, "se_perdio_la_conexion", False)
        if not perdida or time.monotonic() - desde > PRONTO:
            return respuesta
        for conexion in connections.all(initialized_only=True):
            if not conexion.in_atomic_block:
                conexion.close_if_unusable_or_obsolete()
        otra = type(request)(request.environ)  # type: ignore[attr-defined]
        otra.referencia = request.referencia  # type: ignore[attr-defined]
        logger.info("connection lost, page read again")
        respuesta.close()
        return self.get_response(otra)
