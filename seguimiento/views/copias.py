"""The copies of the installation, for whoever administers it. They are made and put back on the server, not here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from instancias.acceso.guardas import administracion_requerida

from ..consultas import copias


@administracion_requerida
@require_safe
def ver(request: HttpRequest) -> HttpResponse:
    ahora = timezone.now()
    contexto = {
        "seccion": "copias",
        "estado": copias.estado(ahora=ahora),
        "entre_noches": copias.entre_noches(ahora=ahora),
        "filas": copias.ultimas(),
    }
    return render(request, "kuska/seguimiento/copias.html", contexto)
