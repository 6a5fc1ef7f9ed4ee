"""Pages that help: menu, questions, careful browsing, and the neutral page of the way out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..autenticacion import persona_de
from ..contacto import centros
from ..menu import entradas
from ..sesion import CENTRO
from ..vistas import antes_de_revisar, integrante_requerido


@require_safe
@integrante_requerido
@antes_de_revisar
def menu(request: HttpRequest) -> HttpResponse:
    return render(request, "instancias/menu.html", {"entradas": entradas("menu_del_aula", request)})


@require_safe
def ayuda(request: HttpRequest) -> HttpResponse:
    """Open to all. A member sees their own office; a visitor, every office."""
    request.persona = persona_de(request.user)
    todos = centros()
    propio = todos.get(request.session.get(CENTRO)) if request.persona else None
    oficinas = [propio] if propio else sorted(todos.values(), key=lambda centro: centro.nombre)
    contexto = {
        "oficinas": oficinas,
        "propio": propio,
        "tema": request.GET.get("tema"),
        "enlaces": entradas("enlaces_de_ayuda", request),
    }
    return render(request, "instancias/ayuda.html", contexto)


@require_safe
def navegar_con_cuidado(request: HttpRequest) -> HttpResponse:
    request.persona = persona_de(request.user)
    return render(request, "instancias/navegar_con_cuidado.html")


@require_safe
def tiempo(request: HttpRequest) -> HttpResponse:
    """A neutral page of our own, for when there is no signal or no other page was set."""
    return render(request, "instancias/tiempo.html")
