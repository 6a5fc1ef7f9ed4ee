"""Public check: no sign-in, the least data, the same answer for a wrong code and an unknown one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from certificados import services
from certificados.consultas.verificacion import verificar
from certificados.forms import VerificarForm
from instancias.acceso.ip import ip_de
from marco.errores import ErrorDeDominio


def _sin_rastro(respuesta: HttpResponse) -> HttpResponse:
    respuesta["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    respuesta["Cache-Control"] = "no-store, private"
    return respuesta


@require_safe
def por_codigo(request: HttpRequest, codigo: str) -> HttpResponse:
    documento = verificar(codigo=codigo)
    respuesta = render(
        request,
        "kuska/certificados/verificacion.html",
        {"documento": documento},
        status=200 if documento else 404,
    )
    # The address is the secret of the paper: links away from here must not carry it.
    respuesta["Referrer-Policy"] = "no-referrer"
    return _sin_rastro(respuesta)


@sensitive_post_parameters("documento", "codigo")
@require_http_methods(["GET", "HEAD", "POST"])
def a_mano(request: HttpRequest) -> HttpResponse:
    formulario = VerificarForm(request.POST if request.method == "POST" else None)
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
        else:
            return _sin_rastro(redirect("kuska_certificados:verificar", codigo=directa))
    return _sin_rastro(render(request, "kuska/certificados/verificar.html", {"form": formulario}))
