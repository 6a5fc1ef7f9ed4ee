"""Public check: no sign-in, the least data, the same answer for a wrong code and an unknown one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from certificados import services
from certificados.consultas.verificacion import buscar
from certificados.consultas.vuelta import puede_no_constar
from certificados.errores import Motivo
from certificados.forms import VerificarForm
from instancias.acceso.ip import ip_de
from marco.errores import ErrorDeDominio
from marco.respaldo.vuelta import ultima_vuelta


def _sin_rastro(respuesta: HttpResponse) -> HttpResponse:
    respuesta["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    respuesta["Cache-Control"] = "no-store, private"
    return respuesta


@require_safe
def por_codigo(request: HttpRequest, codigo: str) -> HttpResponse:
    documento, vuelta = buscar(codigo=codigo)
    espere, estado = "", 200
    if documento is None:
        espere, estado = _contar(ip_de(request))
    contexto = {"documento": documento, "espere": espere, "no_consta": puede_no_constar(vuelta)}
    respuesta = render(request, "kuska/certificados/verificacion.html", contexto, status=estado)
    if espere:
        respuesta["Retry-After"] = "60"
    # The address is the secret of the paper: links away from here must not carry it.
    respuesta["Referrer-Policy"] = "no-referrer"
    return _sin_rastro(respuesta)


def _contar(ip: str) -> tuple[str, int]:
    """What is said of an address of no paper, and with which status."""
    try:
        services.contar_lo_que_no_existe(ip=ip, ahora=timezone.now())
    except ErrorDeDominio as error:
        return error.mensaje, 429
    return "", 404


@sensitive_post_parameters("documento", "codigo")
@require_http_methods(["GET", "HEAD", "POST"])
def a_mano(request: HttpRequest) -> HttpResponse:
    formulario, no_consta = VerificarForm(request.POST if request.method == "POST" else None), ""
    if formulario.is_valid():
        try:
            directa = services.encontrar_a_mano(
                codigo=formulario.cleaned_data["codigo"],
                numero_de_documento=formulario.cleaned_data["documento"],
                ip=ip_de(request),
                ahora=timezone.now(),
            )
        except ErrorDeDominio as error:
            formulario.add_error(None, error.mensaje)
            if error.codigo == Motivo.NO_COINCIDE:
                no_consta = puede_no_constar(ultima_vuelta())
        else:
            return _sin_rastro(redirect("kuska_certificados:verificar", codigo=directa))
    return _sin_rastro(
        render(request, "kuska/certificados/verificar.html", {"form": formulario, "no_consta": no_consta})
    )
