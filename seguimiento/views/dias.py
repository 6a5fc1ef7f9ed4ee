"""A day of many people: who opens it is told at once that it is being counted, and sees it when it is."""

from __future__ import annotations

from django.contrib import messages as avisos
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from instancias.acceso.guardas import personal_requerido
from instancias.models import Trabajo
from instancias.services import trabajos
from instancias.tasks import pedir_trabajo
from marco.errores import ErrorDeDominio
from marco.solo_lectura import por_que

from ..consultas import contadores, lugares
from ..consultas.ambito import Ambito
from ..consultas.contadores import FaltaContar
from ..consultas.dias import cuantas_provincias, trabajo_del_dia
from ..services.dias import pedir_dia
from .comun import ambito_de, base, consulta_de, nombre_del_ambito

PANEL = "kuska_seguimiento:panel"


def esperar_el_dia(request: HttpRequest, ambito: Ambito, falta: FaltaContar, codigos: list[str]) -> HttpResponse:
    """How far it is. Whoever comes first asks for it; what somebody stopped waits until it is asked for again."""
    trabajo, problema = trabajo_del_dia(ambito, request.user, ahora=ambito.ahora), ""
    if (trabajo is None or trabajo.estado == Trabajo.Estado.LISTO) and not por_que():
        try:
            trabajo = _pedir(request, ambito, falta)
        except ErrorDeDominio as error:
            problema = error.mensaje
    nombres = lugares.nombres()
    contexto = {
        **base(request, ambito, con_despues=False),
        "titulo": _("Avance de %(lugar)s") % {"lugar": nombre_del_ambito(ambito)},
        "trabajo": trabajo,
        "es_suyo": trabajo is not None and trabajo.cuenta_id == request.user.pk,
        "sin_nadie": trabajo is not None and trabajo.sin_nadie(ambito.ahora),
        "problema": problema,
        "falta": falta,
        "progreso": cuantas_provincias(falta.contadas, falta.provincias),
        "consulta_del_dia": request.GET.urlencode(),
        "lugares": [
            (f"{reverse(PANEL)}?{consulta_de(ambito, territorio=uno)}", nombres.get(uno, uno)) for uno in codigos
        ],
    }
    return render(request, "kuska/seguimiento/dia_por_contar.html", contexto)


def _pedir(request: HttpRequest, ambito: Ambito, falta: FaltaContar) -> Trabajo:
    trabajo = pedir_dia(ambito=ambito, provincias=falta.provincias, por=request.user)
    pedir_trabajo(trabajo.pk)
    return trabajo


@require_POST
@personal_requerido
def contar(request: HttpRequest) -> HttpResponse:
    """Go on with what stopped, or with what nobody came for: there, a part of it is done here."""
    ambito = ambito_de(request)
    destino = redirect(f"{reverse(PANEL)}?{request.GET.urlencode()}")
    try:
        contadores.sumar(ambito)
    except FaltaContar as falta:
        trabajo = trabajo_del_dia(ambito, request.user, ahora=ambito.ahora)
        if trabajo is not None and trabajo.sin_nadie(timezone.now()):
            trabajos.hacer(trabajo_id=trabajo.pk, en_la_pagina=True)
        elif trabajo is None or not trabajo.en_curso:
            try:
                _pedir(request, ambito, falta)
            except ErrorDeDominio as error:
                avisos.error(request, error.mensaje)
    return destino
