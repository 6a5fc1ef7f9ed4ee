"""Answer a part of a file: a phone that resumes or skips asks for ranges, and some play nothing without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from marco.contrato import valor

RANGO = re.compile(r"^bytes=(\d*)-(\d*)$")
TROZO = 64 * 1024


def responder_archivo(request: HttpRequest, archivo: Any, *, tipo: str, marca: str) -> HttpResponseBase:
    """Return a file or the range asked for. ``marca`` names its content: the same mark is the same bytes."""
    total = archivo.size
    etiqueta = f'"{marca}"'
    if request.headers.get("If-None-Match") == etiqueta:
        return _con_cabeceras(HttpResponse(status=304), etiqueta)
    if ruta := _de_puertas_adentro(archivo):
        return _con_cabeceras(_que_lo_da_el_servidor(ruta, tipo), etiqueta)
    pedido = _leer(request.headers.get("Range", ""), total)
    if pedido is None or request.headers.get("If-Range", etiqueta) != etiqueta:
        respuesta = FileResponse(archivo.open("rb"), content_type=tipo)
        respuesta["Content-Length"] = str(total)
        return _con_cabeceras(respuesta, etiqueta)
    desde, hasta = pedido
    if desde > hasta:
        respuesta = HttpResponse(status=416)
        respuesta["Content-Range"] = f"bytes */{total}"
        return respuesta
    parte = StreamingHttpResponse(_trozos(archivo, desde, hasta), status=206, content_type=tipo)
    parte["Content-Range"] = f"bytes {desde}-{hasta}/{total}"
    parte["Content-Length"] = str(hasta - desde + 1)
    return _con_cabeceras(parte, etiqueta)


def _de_puertas_adentro(archivo: Any) -> str:
    """The address with which the server in front gives this file, once it was decided who gets it; else, empty.

    Only of a file of this machine, inside ``MEDIA_ROOT``: of any other, its bytes go through here.
    """
    prefijo = valor("KUSKA_X_ACCEL")
    if not prefijo:
        return ""
    try:
        ruta = Path(archivo.storage.path(archivo.name)).relative_to(settings.MEDIA_ROOT)
    except (NotImplementedError, ValueError):
        return ""
    return f"{prefijo.rstrip('/')}/{quote(ruta.as_posix())}"


def _que_lo_da_el_servidor(ruta: str, tipo: str) -> HttpResponse:
    """An answer without bytes: nginx reads the heading, gives the file or its range, and tells nobody the address."""
    respuesta = HttpResponse(content_type=tipo)
    respuesta["X-Accel-Redirect"] = ruta
    return respuesta


def _leer(cabecera: str, total: int) -> tuple[int, int] | None:
    """Return the first and last byte of one range; a range that cannot be served comes back crossed."""
    encontrado = RANGO.match(cabecera)
    if not encontrado or encontrado.groups() == ("", ""):
        return None
    desde, hasta = encontrado.groups()
    if not desde:
        cuantos = int(hasta)
        return (max(total - cuantos, 0), total - 1) if cuantos else (1, 0)
    inicio = int(desde)
    return (inicio, min(int(hasta), total - 1) if hasta else total - 1) if inicio < total else (1, 0)


def _trozos(archivo: Any, desde: int, hasta: int) -> Iterator[bytes]:
    with archivo.open("rb") as abierto:
        abierto.seek(desde)
        falta = hasta - desde + 1
        while falta > 0 and (trozo := abierto.read(min(TROZO, falta))):
            falta -= len(trozo)
            yield trozo


def _con_cabeceras(respuesta: Any, etiqueta: str) -> Any:
    respuesta["Accept-Ranges"] = "bytes"
    respuesta["ETag"] = etiqueta
    # One person's browser keeps it; nothing in between does. It is inert whatever it holds.
    respuesta["Cache-Control"] = "private, max-age=604800"
    respuesta["Content-Security-Policy"] = "default-src 'none'"
    respuesta["X-Content-Type-Options"] = "nosniff"
    respuesta["Content-Encoding"] = "identity"
    return respuesta
