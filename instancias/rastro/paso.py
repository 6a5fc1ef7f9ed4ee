"""The middleware that writes what a page showed, once it is drawn."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connections, router
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from marco.peticion import pantalla_de

from ..models import LineaDeRastro
from .editor import es_del_editor, mirar_el_editor
from .lineas import escribir, suya_de
from .peticiones import Acto, visto_por

diario = logging.getLogger("kuska.rastro")
SIN_NADA = {403, 404, 405}
UN_MOMENTO = 500  # milliseconds that a page waits for the lock of SQLite before it goes without its line


class DejaRastro:
    """Leave the line of what was shown. A page is given even if it could not be written; a file is not.

    It is written after the page is drawn and outside of any transaction of it: it holds no lock meanwhile.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if es_del_editor(request):
            request.del_editor = True
        respuesta = self.get_response(request)
        if se_mostro(respuesta):
            if hasattr(request, "del_editor"):
                mirar_el_editor(request, respuesta)
            self._dejar(request, respuesta)
        return respuesta

    def _dejar(self, request: HttpRequest, respuesta: HttpResponse) -> None:
        visto = visto_por(request)
        if visto is None:
            return
        quien = _cuenta_de(request)
        propia = suya_de(quien)
        ajenas = [numero for numero in visto.personas if numero != propia]
        if visto.personas and not ajenas and not visto.sin_numero:
            return  # one's own data, seen by oneself
        visto.personas = dict.fromkeys(ajenas)
        if not visto.deja_linea:
            return
        try:
            with sin_esperar():
                escribir(
                    acto=visto.acto,
                    personas=ajenas,
                    cuenta=quien,
                    en=timezone.now(),
                    detalle=visto.detalle,
                    cuantas=len(ajenas) + visto.sin_numero,
                )
        except DatabaseError as error:
            if visto.acto == Acto.SACO:
                respuesta.close()
                raise
            diario.error("sin_linea pantalla=%s causa=%s", pantalla_de(request), type(error).__name__)


def _cuenta_de(request: HttpRequest) -> Any:
    """The account as it was read, not the lazy thing that stands for it."""
    cuenta = request.user
    return getattr(cuenta, "_wrapped", cuenta) if cuenta.is_authenticated else None


def se_mostro(respuesta: HttpResponse) -> bool:
    """Whether the answer is a page or a file: neither a redirect nor a refusal."""
    estado = respuesta.status_code
    return estado < 300 or (400 <= estado < 500 and estado not in SIN_NADA)


@contextmanager
def sin_esperar() -> Iterator[None]:
    """On SQLite, give up soon where another writes: whoever reads does not wait as whoever saves."""
    conexion = connections[router.db_for_write(LineaDeRastro)]
    if conexion.vendor != "sqlite":
        yield
        return
    conexion.ensure_connection()
    cruda = conexion.connection
    antes = cruda.execute("PRAGMA busy_timeout").fetchone()[0]
    cruda.execute(f"PRAGMA busy_timeout = {UN_MOMENTO}")
    try:
        yield
    finally:
        cruda.execute(f"PRAGMA busy_timeout = {int(antes)}")
