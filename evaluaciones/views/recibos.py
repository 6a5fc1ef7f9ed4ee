"""Public check of a receipt: no sign-in, and it names nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from evaluaciones.consultas.recibos import Veredicto
from evaluaciones.errores import EvaluacionError
from evaluaciones.recibos import LARGO_MAXIMO, normalizar_codigo
from evaluaciones.services.recibos import buscar_recibo
from instancias.acceso.ip import ip_de
from marco.cabeceras import sin_guardar

PLANTILLA = "kuska/evaluaciones/recibo.html"
ESTADOS = {Veredicto.VALIDO: 200, Veredicto.NO_EXISTE: 404}


@sin_guardar
@require_safe
def por_codigo(request: HttpRequest, codigo: str) -> HttpResponse:
    """What a receipt says, by the address that its code makes."""
    return _sin_buscadores(_contestar(request, codigo))


@sin_guardar
@sensitive_post_parameters("recibo")
@require_http_methods(["GET", "HEAD", "POST"])
def a_mano(request: HttpRequest) -> HttpResponse:
    """Ask for a code, or for a whole receipt: what is signed verifies though this site had lost it."""
    if request.method != "POST":
        return _sin_buscadores(render(request, PLANTILLA, {}))
    escrito = request.POST.get("recibo", "")[: LARGO_MAXIMO + 1]
    if codigo := normalizar_codigo(escrito):
        return _sin_buscadores(redirect("kuska_evaluaciones:recibo", codigo))
    return _sin_buscadores(_contestar(request, escrito))


def _sin_buscadores(respuesta: HttpResponse) -> HttpResponse:
    """Its address names nobody, so it may go as the referrer: without one, browsers send no origin with the form."""
    respuesta["X-Robots-Tag"] = "noindex, nofollow"
    return respuesta


def _contestar(request: HttpRequest, escrito: str) -> HttpResponse:
    try:
        hallado = buscar_recibo(escrito=escrito, ip=ip_de(request), ahora=timezone.now())
    except EvaluacionError as error:
        respuesta = render(request, PLANTILLA, {"escrito": escrito, "error": error.mensaje}, status=429)
        respuesta["Retry-After"] = "60"
        return respuesta
    if hallado.veredicto == Veredicto.NO_EXISTE:
        return render(request, PLANTILLA, {"escrito": escrito, "error": hallado.mensaje}, status=404)
    estado = 200 if request.method == "POST" else ESTADOS.get(hallado.veredicto, 409)
    return render(request, PLANTILLA, {"hallado": hallado}, status=estado)
