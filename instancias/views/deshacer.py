"""What a list takes from people, shown before it is done: a list said to be complete, and undoing one whole."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from marco.errores import ErrorDeDominio
from marco.numeros import entero_de

from ..acceso.guardas import personal_requerido
from ..forms_personal import DiaDelAsiento
from ..models import FilaDePadron, ImportacionDePadron
from ..padron.deshacer import consecuencia
from ..padron.deshacer import deshacer as servicio
from ..padron.planes.renglones import es_larga
from ..padron.revision import completas
from ..padron.trabajo.trabajo import pedir_deshacer
from .revision import de_su_ambito, pedir_si_falta

MOSTRADAS = 200


@personal_requerido
@require_http_methods(["GET", "POST"])
def completa(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: who would leave their seat. POST: end those and save the list."""
    importacion = de_su_ambito(request, pk)
    if importacion.vencio(timezone.now()) or importacion.estado != ImportacionDePadron.Estado.POR_REVISAR:
        return redirect("kuska_instancias:padron_revisar", pk=pk)
    datos = request.POST if request.method == "POST" else request.GET
    posibles = {lugar.pk: lugar for lugar, _filas in completas.lugares_de(importacion)}
    lugares = [ubigeo for ubigeo in datos.getlist("lugar") if ubigeo in posibles and request.alcance.cubre(ubigeo)]
    dia, error = _ultimo_dia(datos.get("ultimo_dia", ""))
    if not lugares:
        error = error or str(completas.SIN_LUGAR)
    if not error:
        try:
            if request.method == "POST":
                return _terminar(request, importacion, lugares, dia)
            completas.exigir_sin_dudas(importacion, lugares)
        except ErrorDeDominio as falla:
            error = falla.mensaje
    if error:
        messages.error(request, error)
        return redirect("kuska_instancias:padron_revisar", pk=pk)
    salen = completas.quienes_saldrian(importacion, lugares)
    contexto = {
        "importacion": importacion,
        "lugares": [posibles[ubigeo] for ubigeo in lugares],
        "salen": salen,
        "ultimo_dia": dia,
        "seccion": "personas",
    }
    return render(request, "kuska/instancias/personal/padron_completa.html", contexto)


def _ultimo_dia(texto: str) -> tuple[datetime.date | None, str]:
    try:
        return DiaDelAsiento().clean(texto), ""
    except ValidationError as error:
        return None, " ".join(error.messages)


def _terminar(
    request: HttpRequest, importacion: ImportacionDePadron, lugares: list[str], dia: datetime.date | None
) -> HttpResponse:
    hecho = completas.confirmar_completa(
        importacion_id=importacion.pk,
        lugares=lugares,
        vistas=[uno for sale in request.POST.getlist("sale") if (uno := entero_de(sale)) is not None],
        alcance=request.alcance,
        por=request.user,
        ahora=timezone.now(),
        ultimo_dia=dia,
    )
    messages.success(request, completas.frase(hecho))
    pedir_si_falta(importacion)
    return redirect("kuska_instancias:padron_revisar", pk=importacion.pk)


@personal_requerido
@require_http_methods(["GET", "POST"])
def deshacer(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what would go and what would stay. POST: do it."""
    importacion = de_su_ambito(request, pk)
    if importacion.fase:
        return redirect("kuska_instancias:padron_revisar", pk=pk)
    if not consecuencia.se_puede_deshacer(importacion):
        if request.method == "POST":  # a second click: the first one did it
            return redirect("kuska_instancias:padron_revisar", pk=pk)
        raise Http404
    if request.method == "POST":
        acto = pedir_deshacer if es_larga(importacion, estado=FilaDePadron.Estado.GUARDADA) else servicio.deshacer
        try:
            acto(importacion_id=pk, alcance=request.alcance, por=request.user, ahora=timezone.now())
            pedir_si_falta(importacion)
        except ErrorDeDominio as error:
            messages.error(request, error.mensaje)
        return redirect("kuska_instancias:padron_revisar", pk=pk)
    que = consecuencia.prever(importacion)
    contexto = {"importacion": importacion, "que": que, "mostradas": MOSTRADAS, "seccion": "personas"}
    return render(request, "kuska/instancias/personal/padron_deshacer.html", contexto)
