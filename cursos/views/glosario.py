"""The words of the course, with what they mean. The same page for everybody: who writes the lessons too."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from instancias.acceso.guardas import cuenta_requerida

from ..consultas import glosario as servicio

LARGO = 60


@require_http_methods(["GET", "HEAD", "POST"])
@cuenta_requerida
def glosario(request: HttpRequest) -> HttpResponse:
    """Show every term, or those that a word asks for. The word comes by POST: an address would keep it in the phone."""
    pedido = " ".join(request.POST.get("q", "").split())[:LARGO]
    todas = servicio.glosario()
    halladas = servicio.buscar(todas, pedido) if pedido else todas
    contexto = {
        "q": pedido,
        "halladas": len(halladas),
        "letras": servicio.por_letra(halladas),
    }
    return render(request, "kuska/cursos/glosario.html", contexto)
