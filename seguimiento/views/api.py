"""The door of the API: what it is made of is loaded when somebody asks it, not with the pages of everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def recurso(nombre: str) -> Callable[[HttpRequest], HttpResponse]:
    """The view of a resource, by its name. It reads no cookie: no form of another site can use it."""

    @csrf_exempt
    def vista(request: HttpRequest) -> HttpResponse:
        respuesta: HttpResponse = _vistas()[nombre](request)
        return respuesta

    return vista


@cache
def _api() -> Any:
    return import_module("seguimiento.api").api


@cache
def _vistas() -> dict[str, Callable[[HttpRequest], HttpResponse]]:
    return {patron.name: patron.callback for patron in _api().urls[0] if patron.name}


@require_safe
def descripcion(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document. It tells nothing of anybody: no key is asked for."""
    respuesta = JsonResponse(documento(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    respuesta["Cache-Control"] = "public, max-age=3600"
    return respuesta


def documento() -> dict[str, Any]:
    raiz = reverse("kuska_seguimiento:api_descripcion").removesuffix("openapi.json")
    esquema: dict[str, Any] = _api().get_openapi_schema(path_prefix=raiz)
    return esquema
