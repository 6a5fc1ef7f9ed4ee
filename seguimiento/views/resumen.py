"""The summary of the week: its text to send by hand, and whether one wants it by e-mail."""

from __future__ import annotations

from django.contrib import messages as avisos
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from instancias.acceso.guardas import personal_requerido
from marco.cabeceras import sin_guardar, sin_rastro
from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula

from ..consultas.semana import semana_de
from ..forms import ResumenForm
from ..models import Suscripcion
from ..resumen import mensaje_de
from ..services import suscripcion as actos
from ..tasks import pedir_confirmaciones


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido
def ver(request: HttpRequest) -> HttpResponse:
    ahora = timezone.now()
    suya = Suscripcion.objects.filter(cuenta=request.user).first()
    inicial = suya.correo if suya else getattr(request.user, request.user.get_email_field_name(), "")
    formulario = ResumenForm(request.POST if request.method == "POST" else None, initial={"correo": inicial})
    if formulario.is_valid():
        try:
            with transaction.atomic():
                actos.pedir_resumen(cuenta=request.user, correo=formulario.cleaned_data["correo"], ahora=ahora)
                transaction.on_commit(pedir_confirmaciones)
        except ErrorDeDominio as error:
            formulario.add_error("correo", error.mensaje)
        else:
            return redirect("kuska_seguimiento:resumen")
    semana = semana_de(request.alcance, ahora=ahora)  # type: ignore[attr-defined]
    contexto = {
        "seccion": "panel",
        "form": formulario,
        "suya": suya,
        "mensaje": mensaje_de(semana) if semana else None,
        "con_correo": AjustesDelAula.actuales().correo_activo,
    }
    return render(request, "kuska/seguimiento/resumen.html", contexto)


@require_POST
@personal_requerido
def dejar(request: HttpRequest) -> HttpResponse:
    actos.dejar_resumen(cuenta_id=request.user.pk, por=request.user)
    avisos.success(request, _("Ya no le enviaremos el resumen."))
    return redirect("kuska_seguimiento:resumen")


@sin_guardar
@require_http_methods(["GET", "HEAD", "POST"])
def confirmar(request: HttpRequest, token: str) -> HttpResponse:
    """Opened from the message. A messenger that fetches the address confirms nothing: the button does."""
    problema, hecho = "", False
    try:
        if request.method == "POST":
            actos.confirmar(token=token, ahora=timezone.now())
            hecho = True
        else:
            hecho = actos.leer_confirmacion(token).confirmada_en is not None
    except ErrorDeDominio as error:
        problema = error.mensaje
    contexto = {"problema": problema, "hecho": hecho}
    return _de_un_correo(request, "kuska/seguimiento/resumen_confirmar.html", contexto)


@csrf_exempt
@sin_guardar
@require_http_methods(["GET", "HEAD", "POST"])
def salir(request: HttpRequest, token: str) -> HttpResponse:
    """Without signing in: by the button, or by that of the mail program (RFC 8058), which brings no cookie."""
    problema, hecho = "", False
    try:
        cuenta = actos.cuenta_que_sale(token)
        if request.method == "POST":
            actos.dejar_resumen(cuenta_id=cuenta)
            hecho = True
    except ErrorDeDominio as error:
        problema = error.mensaje
    contexto = {"problema": problema, "hecho": hecho}
    return _de_un_correo(request, "kuska/seguimiento/resumen_salir.html", contexto)


def _de_un_correo(request: HttpRequest, plantilla: str, contexto: dict) -> HttpResponse:
    """The address is a secret of whoever got it; one that is not whole is not a page."""
    return sin_rastro(render(request, plantilla, contexto, status=404 if contexto["problema"] else 200))
