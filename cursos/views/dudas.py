"""A member's own doubts, with what was answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from instancias.acceso.guardas import integrante_requerido

from ..consultas import dudas as consultas
from ..consultas.inicio import CursoEnInicio
from ..services import dudas


@require_safe
@integrante_requerido
def mis_dudas(request: HttpRequest) -> HttpResponse:
    """What the person asked and what was answered. Seeing it writes nothing: they say that they read it."""
    suyas = consultas.mostrar(consultas.dudas_de(request.persona)[: consultas.CUANTAS])
    contexto = {"dudas": suyas, "hay_nuevas": any(una.nueva for una in suyas)}
    return render(request, "kuska/cursos/mis_dudas.html", contexto)


@require_POST
@integrante_requerido
def leidas(request: HttpRequest) -> HttpResponse:
    dudas.marcar_leidas(persona=request.persona, ahora=timezone.now())
    return redirect("kuska_cursos:mis_dudas")


@require_POST
@integrante_requerido
def retirar(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what nobody answered. Of somebody else, or answered meanwhile, nothing happens and it is told."""
    if dudas.retirar(persona=request.persona, duda_id=pk):
        messages.success(request, _("Quitamos su duda. No queda guardada."))
    else:
        messages.warning(request, _("Esa duda ya no está por responder."))
    return redirect("kuska_cursos:mis_dudas")


def de_sus_dudas(cursos: list[CursoEnInicio]) -> list[dict[str, str]]:
    """Tell on «Inicio» that there is an answer to read. It was asked with the courses: no statement more."""
    if not any(getattr(uno.inscripcion, "hay_respuestas", False) for uno in cursos):
        return []
    return [
        {"texto": _("Respondieron su duda."), "enlace": _("Ver la respuesta"), "url": reverse("kuska_cursos:mis_dudas")}
    ]
