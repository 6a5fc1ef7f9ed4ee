"""Long work, for whoever asked for it: how far it is, stop it, go on with it, and what came of it while it lasts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages as avisos
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import rastro
from ..acceso.confirmar import clave_reciente
from ..acceso.guardas import personal_requerido
from ..consultas.trabajos import trabajo_de, trabajos_de
from ..models import Trabajo
from ..services import trabajos
from ..tasks import pedir_trabajo
from ..trabajos import clase_de

TRABAJO = "kuska_instancias:trabajo"


def empezar(trabajo: Trabajo) -> HttpResponse:
    """Ask for it to be done, and lead to where it is followed."""
    pedir_trabajo(trabajo.pk)
    return redirect(TRABAJO, clave=trabajo.clave)


def _trabajo_o_404(request: HttpRequest, clave: UUID) -> Trabajo:
    trabajo = trabajo_de(request.user, request.alcance, clave, ahora=timezone.now())
    if trabajo is None:
        raise Http404
    return trabajo


@require_safe
@personal_requerido
def lista(request: HttpRequest) -> HttpResponse:
    contexto = {"seccion": "informes", "trabajos": trabajos_de(request.user, request.alcance, ahora=timezone.now())}
    return render(request, "kuska/instancias/personal/trabajos.html", contexto)


@require_safe
@personal_requerido
def ver(request: HttpRequest, clave: UUID) -> HttpResponse:
    """How far it is; once it is done, what came of it."""
    trabajo = _trabajo_o_404(request, clave)
    clase = clase_de(trabajo)
    sin_archivo = bool(trabajo.ruta) and not trabajos.almacen().exists(trabajo.ruta)
    no_esta = sin_archivo or trabajo.estado in (Trabajo.Estado.FALLIDO, Trabajo.Estado.DETENIDO)
    contexto: dict[str, Any] = {
        "seccion": "informes",
        "trabajo": trabajo,
        "clase": clase,
        "progreso": clase.progreso(trabajo),
        "desenlace": None if trabajo.en_curso else clase.desenlace(trabajo),
        "sin_nadie": trabajo.sin_nadie(timezone.now()),
        "sin_archivo": sin_archivo,
        "otra_vez": clase.donde_se_pide(trabajo) if no_esta else "",
    }
    return render(request, "kuska/instancias/personal/trabajo.html", contexto)


@require_POST
@personal_requerido
def detener(request: HttpRequest, clave: UUID) -> HttpResponse:
    if trabajos.detener(trabajo=_trabajo_o_404(request, clave)):
        avisos.success(request, _("Se detuvo."))
    return redirect(TRABAJO, clave=clave)


@require_POST
@personal_requerido
def seguir(request: HttpRequest, clave: UUID) -> HttpResponse:
    """Where nobody takes what is in the queue, do here what is not very long; else ask again."""
    trabajo = _trabajo_o_404(request, clave)
    if trabajo.sin_nadie(timezone.now()):
        if trabajo.total <= clase_de(trabajo).en_la_pagina:
            trabajos.hacer(trabajo_id=trabajo.pk, en_la_pagina=True)
        else:
            pedir_trabajo(trabajo.pk)
    return redirect(TRABAJO, clave=clave)


@require_safe
@personal_requerido
@clave_reciente
def descargar(request: HttpRequest, clave: UUID) -> HttpResponseBase:
    """The file, from the private storage."""
    trabajo = _trabajo_o_404(request, clave)
    if trabajo.estado != Trabajo.Estado.LISTO or not trabajo.ruta or not trabajos.almacen().exists(trabajo.ruta):
        raise Http404
    clase = clase_de(trabajo)
    rastro.se_saco(request, trabajo.de_quienes, detalle=clase.detalle)
    abierto = trabajos.almacen().open(trabajo.ruta)
    respuesta = FileResponse(abierto, as_attachment=True, filename=trabajo.nombre, content_type=clase.tipo)
    respuesta["Cache-Control"] = "no-store"
    return respuesta
