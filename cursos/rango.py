"""Answer a part of a file: a phone that resumes or skips asks for ranges, and some play nothing without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

RANGO = re.compile(r"^bytes=(\d*)-(\d*)$")
TROZO = 64 * 1024


def responder_archivo(request: HttpRequest, archivo: Any, *, tipo: str, marca: str) -> HttpResponseBase:
    """Return a file or the range asked for. ``marca`` names its content: the same mark is the same bytes."""
    total = archivo.size
    etiqueta = f'"{marca}"'
    if request.headers.get("If-None-Match") == etiqueta:
        return _con_cabeceras(HttpResponse(status=304), etiqueta)
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
