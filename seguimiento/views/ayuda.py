"""The page of help of the panel: what each figure counts, in the same words everywhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from instancias.acceso.guardas import personal_requerido

from ..consultas import como_se_cuenta


@require_safe
@personal_requerido
def ver_como_se_cuenta(request: HttpRequest) -> HttpResponse:
    grupos = [
        (_("Asientos"), como_se_cuenta.ASIENTOS),
        (_("Personas"), como_se_cuenta.PERSONAS),
        (_("Lo que se anotó después"), como_se_cuenta.DESPUES),
        (_("Lo que dijeron y lo que aprendieron"), como_se_cuenta.RESULTADOS),
        (_("Salud del curso"), como_se_cuenta.SALUD),
        (_("Lo que cada persona declaró"), como_se_cuenta.DECLARADO),
        (_("Lo que se sabe solo de hoy"), como_se_cuenta.SOLO_DE_HOY),
    ]
    return render(request, "kuska/seguimiento/como_se_cuenta.html", {"seccion": "panel", "grupos": grupos})
