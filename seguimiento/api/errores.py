"""What is answered when something is wrong: a stable code, and a sentence that says what to do."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from marco.errores import ErrorDeDominio

from ..services.dias import SeCuentaAparte
from ..services.lectores import segundos_para_seguir

ESTADOS = {"no_sirve": 401, "revocada": 401, "vencida": 401, "sin_clave": 401, "sin_alcance": 403, "espere": 429}
ESTADOS |= {"se_cuenta": 202, "no_se_cuenta": 503}
MAXIMO = 500  # rows of a page


class PedidoInvalido(ErrorDeDominio):
    """Something of the address cannot be answered. Codes: ``al``, ``edicion``, ``despues``, ``limite``, ``ubigeo``."""


def contestar_errores(api: NinjaAPI) -> None:
    def responder(request: HttpRequest, codigo: str, mensaje: str, estado: int) -> HttpResponse:
        respuesta = api.create_response(request, {"codigo": codigo, "mensaje": mensaje}, status=estado)
        respuesta["Cache-Control"] = "no-store"
        if estado == 401:
            respuesta["WWW-Authenticate"] = "Bearer"
        if estado == 429:
            respuesta["Retry-After"] = str(segundos_para_seguir(timezone.now()))
        return respuesta

    @api.exception_handler(SeCuentaAparte)
    def se_cuenta(request: HttpRequest, error: SeCuentaAparte) -> HttpResponse:
        respuesta = de_dominio(request, error)
        respuesta["Retry-After"] = str(error.segundos)
        return respuesta

    @api.exception_handler(ErrorDeDominio)
    def de_dominio(request: HttpRequest, error: ErrorDeDominio) -> HttpResponse:
        return responder(request, error.codigo, error.mensaje, ESTADOS.get(error.codigo, 422))

    @api.exception_handler(AuthenticationError)
    def sin_clave(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        frase = _("Falta la clave de lectura. Envíela así: «Authorization: Bearer kuska_…».")
        return responder(request, "sin_clave", frase, 401)

    @api.exception_handler(Http404)
    def no_existe(request: HttpRequest, error: Http404) -> HttpResponse:
        return responder(request, "no_existe", _("No existe o no está en el territorio de su clave."), 404)

    @api.exception_handler(ValidationError)
    def ilegible(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return responder(request, *_lo_que_se_leyo(error.errors), 422)


def _lo_que_se_leyo(errores: list[dict[str, Any]]) -> tuple[str, str]:
    """The first field that could not be read: its name is the code."""
    campo = str(errores[0]["loc"][-1]) if errores else ""
    if campo == "limite":
        return campo, _("«limite» es un número entero de 1 a %(n)d. Corríjalo y pida otra vez.") % {"n": MAXIMO}
    return campo, _("No se pudo leer «%(campo)s». Corríjalo y pida otra vez.") % {"campo": campo}
