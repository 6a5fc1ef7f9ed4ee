"""The second step at the door: asked after the key, before anything else."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from marco.cabeceras import sin_guardar
from marco.forms import datos_de
from marco.solo_lectura import sin_guardar_tambien

from ... import rastro
from .. import conocidos, credenciales, pasar, segundo, sesion
from ..forms import SegundoPasoForm
from ..guardas import pedir_entrada, siguiente_de
from ..services.factores import clases_de, codigos_que_quedan, guardadas_de

POCOS = 5


@sin_guardar_tambien
@sin_guardar
@sensitive_post_parameters("k_codigo", "k_firma")
@require_http_methods(["GET", "HEAD", "POST"])
def pasar_el_segundo(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or for the machine. Who passed it, or has none to pass, goes on."""
    if not request.user.is_authenticated:
        return pedir_entrada(request)
    siguiente = siguiente_de(request)
    if not segundo.falta_pasarlo(request, request.user):
        return redirect(_a_la_puerta(siguiente))
    formulario = SegundoPasoForm(datos_de(request))
    if formulario.is_valid() and pasar.paso_el_segundo(request, formulario):
        segundo.dar_por_pasado(request, request.user, ahora=timezone.now())
        rastro.anotar_de_cuenta(accion="instancias.pasar_factor", cuenta=request.user)
        _avisar_de_la_hoja(request)
        respuesta = redirect(_a_la_puerta(siguiente))
        if sesion.COMPARTIDA not in request.session:
            conocidos.recordar(request, respuesta, request.user.pk)
        return respuesta
    contexto = {"form": formulario, "siguiente": siguiente, "clases": clases_de(request.user)}
    return render(request, "kuska/instancias/segundo_paso.html", contexto)


@sin_guardar_tambien
@sin_guardar
@require_POST
def reto_de_equipo(request: HttpRequest) -> HttpResponse:
    """What the browser asks a machine to sign, at the door and where the key is asked again."""
    if not request.user.is_authenticated:
        return JsonResponse({"codigo": "sesion_terminada"}, status=401)
    guardadas = guardadas_de(request.user)
    if not guardadas:
        return JsonResponse({"codigo": "sin_equipo"}, status=404)
    opciones, estado = credenciales.pedir_firma(pasar.sitio_de(request), guardadas)
    request.session[pasar.RETO] = estado
    return JsonResponse(opciones)


def _a_la_puerta(siguiente: str) -> str:
    """The door knows where each one goes, and what else they have to do first."""
    seguir = reverse("kuska_instancias:seguir")
    return f"{seguir}?{urlencode({'next': siguiente})}" if siguiente else seguir


def _avisar_de_la_hoja(request: HttpRequest) -> None:
    quedan = codigos_que_quedan(request.user)
    if quedan is not None and quedan <= POCOS:
        dicho = ngettext(
            "En su hoja impresa queda %(n)d código. Haga otra en «Mi cuenta».",
            "En su hoja impresa quedan %(n)d códigos. Haga otra en «Mi cuenta».",
            quedan,
        )
        messages.warning(request, dicho % {"n": quedan})
