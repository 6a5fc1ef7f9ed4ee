"""What no page can keep or compare: the character NUL, that PostgreSQL refuses, half of a character, too long a text.

They are refused at the door, whatever the method and wherever they come: the address, a field, a file's name, a
cookie, JSON, or JSON inside a field (that of the editor's texts).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from .fallas import contestar, textos_de_ilegible, textos_de_muy_largo


class SoloLoQueSeGuarda:
    """Answer 400, or 413 to what is too long, with a page that says so. Goes after what only adds headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            ilegible = any(map(no_se_guarda, _textos_de(request)))
        except RequestDataTooBig:
            titulo, mensaje = textos_de_muy_largo()
            return contestar(request, estado=413, codigo="muy_largo", titulo=titulo, mensaje=mensaje)
        if ilegible:
            titulo, mensaje = textos_de_ilegible()
            return contestar(request, estado=400, codigo="ilegible", titulo=titulo, mensaje=mensaje)
        return self.get_response(request)


def no_se_guarda(texto: str) -> bool:
    """Whether a text, or a text inside the JSON that it is, has NUL or half a character."""
    if "\0" in texto or not _es_entero(texto):
        return True
    if "\\u" not in texto or texto.lstrip()[:1] not in {"{", "[", '"'}:
        return False
    try:
        return any("\0" in uno or not _es_entero(uno) for uno in _textos_dentro(json.loads(texto)))
    except (ValueError, RecursionError):
        return False


def _es_entero(texto: str) -> bool:
    if texto.isascii():
        return True
    try:
        texto.encode()
    except UnicodeEncodeError:
        return False
    return True


def _textos_de(request: HttpRequest) -> Iterable[str]:
    yield request.path_info
    for clave, valor in request.COOKIES.items():
        yield from (clave, valor)
    yield from _de_un_formulario(request.GET)
    if request.method in {"GET", "HEAD", "OPTIONS", "TRACE"}:
        return
    if request.content_type == "application/json" or request.content_type.endswith("+json"):
        yield request.body.decode("utf-8", errors="replace")
        return
    yield from _de_un_formulario(request.POST)
    for campo, archivos in request.FILES.lists():
        yield campo
        yield from (archivo.name or "" for archivo in archivos)


def _de_un_formulario(datos: Any) -> Iterable[str]:
    for campo, valores in datos.lists():
        yield campo
        yield from valores


def _textos_dentro(valor: Any) -> Iterable[str]:
    if isinstance(valor, str):
        yield valor
    elif isinstance(valor, dict):
        for clave, dentro in valor.items():
            yield clave
            yield from _textos_dentro(dentro)
    elif isinstance(valor, list):
        for dentro in valor:
            yield from _textos_dentro(dentro)
