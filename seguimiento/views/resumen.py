"""The summary of the week: its text to send by hand, and whether one wants it by e-mail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as avisos
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from instancias.acceso.guardas import personal_requerido
from instancias.models import Trabajo
from instancias.tasks import pedir_trabajo
from marco.cabeceras import sin_guardar, sin_rastro
from marco.errores import ErrorDeDominio
from marco.models import AjustesDelAula
from marco.solo_lectura import por_que

from ..consultas.a_medias import ListaAMedias
from ..consultas.ambito import Ambito
from ..consultas.contadores import caben
from ..consultas.dias import leer_semana, trabajo_de_la_semana
from ..consultas.semana import ambito_de_la_semana, contar_la_semana, hay_semana
from ..forms import ResumenForm
from ..models import Suscripcion
from ..resumen import mensaje_de
from ..services import suscripcion as actos
from ..services.semanas import pedir_semana
from ..tasks import pedir_confirmaciones


@require_http_methods(["GET", "HEAD", "POST"])
@personal_requerido
def ver(request: HttpRequest) -> HttpResponse:
    ahora = timezone.now()
    suya = Suscripcion.objects.filter(cuenta=request.user).first()
    inicial = suya.correo if suya else getattr(request.user, request.user.get_email_field_name(), "")
    ambito = ambito_de_la_semana(request.alcance, ahora=ahora)  # type: ignore[attr-defined]
    if "contar" in request.POST:
        return _contar_otra_vez(request, ambito)
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
    contexto = {
        "seccion": "panel",
        "form": formulario,
        "suya": suya,
        **_la_semana(request, ambito),
        "con_correo": AjustesDelAula.actuales().correo_activo,
    }
    return render(request, "kuska/seguimiento/resumen.html", contexto)


def _la_semana(request: HttpRequest, ambito: Ambito) -> dict[str, Any]:
    """Its text; of many people, what was counted apart, or how that is. Without it, why not."""
    if not hay_semana(ambito):
        return {"problema": _("Todavía no termina la primera semana de la capacitación en su zona.")}
    if caben(ambito):
        try:
            return {"mensaje": mensaje_de(contar_la_semana(ambito))}
        except ListaAMedias as error:
            return {"problema": error.mensaje}
    trabajo = trabajo_de_la_semana(ambito, request.user, ahora=ambito.ahora)
    if trabajo is None and not por_que():
        try:
            trabajo = _pedir(request, ambito)
        except ErrorDeDominio as error:
            return {"problema": error.mensaje}
    if trabajo is not None and trabajo.estado == Trabajo.Estado.LISTO:
        return {"mensaje": mensaje_de(leer_semana(trabajo)), "contado_en": trabajo.listo_en}
    return {"aparte": True, "trabajo": trabajo, "es_suyo": trabajo is not None and trabajo.cuenta_id == request.user.pk}


def _pedir(request: HttpRequest, ambito: Ambito) -> Trabajo:
    trabajo = pedir_semana(ambito=ambito, por=request.user)
    pedir_trabajo(trabajo.pk)
    trabajo.refresh_from_db()  # where there is no worker it is done already
    return trabajo


def _contar_otra_vez(request: HttpRequest, ambito: Ambito) -> HttpResponse:
    try:
        if hay_semana(ambito) and not caben(ambito):
            _pedir(request, ambito)
    except ErrorDeDominio as error:
        avisos.error(request, error.mensaje)
    return redirect("kuska_seguimiento:resumen")


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
