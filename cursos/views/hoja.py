"""The sheet of a module, made to be printed or kept as a file by the browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from instancias.acceso.guardas import integrante_requerido

from ..consultas.hoja import hoja_de
from .comunes import acceder, con_acceso


@require_safe
@integrante_requerido
@con_acceso
def hoja(request: HttpRequest, curso: int, unidad: int) -> HttpResponse:
    """Show the sheet of the module that holds a unit: any unit of it leads to the same sheet."""
    acceso = acceder(request, curso, unidad)
    contexto = {"numero": curso, "curso": acceso.unidad.curso.titulo, "hoja": hoja_de(unidad=acceso.unidad)}
    return render(request, "kuska/cursos/hoja.html", contexto)
