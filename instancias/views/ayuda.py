"""Pages that help: menu, questions, careful browsing, and the neutral page of the way out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail import hooks

from marco.menu import entradas
from marco.textos import en_orden

from ..acceso.autenticacion import persona_de
from ..acceso.guardas import antes_de_revisar, integrante_requerido
from ..acceso.sesion import CENTRO
from ..contacto import centros, centros_de


@require_safe
@integrante_requerido
@antes_de_revisar
def menu(request: HttpRequest) -> HttpResponse:
    return render(request, "kuska/instancias/menu.html", {"entradas": entradas("menu_del_aula", request)})


@require_safe
def ayuda(request: HttpRequest) -> HttpResponse:
    """Open to all. A member sees the offices of their seats; a visitor, every office."""
    request.persona = persona_de(request.user)
    todos = centros()
    suyas = _suyas(request) if request.persona else []
    propias = [todos[pk] for pk in suyas if pk in todos]
    contexto = {
        "oficinas": propias or sorted(todos.values(), key=lambda centro: en_orden(centro.nombre)),
        "propio": next(iter(propias), None),
        "tema": request.GET.get("tema"),
        "enlaces": entradas("enlaces_de_ayuda", request),
        "sobre_los_datos": [frase for dice in hooks.get_hooks("ayuda_sobre_los_datos") if (frase := dice(request))],
    }
    return render(request, "kuska/instancias/ayuda.html", contexto)


def _suyas(request: HttpRequest) -> list[int]:
    """The office that the other pages offer, and those of the other tables where this person sits."""
    de_la_sesion = request.session.get(CENTRO)
    de_hoy = centros_de(persona=request.persona, hoy=timezone.localdate())  # type: ignore[attr-defined]
    return list(dict.fromkeys([*([de_la_sesion] if de_la_sesion else []), *de_hoy]))


@require_safe
def navegar_con_cuidado(request: HttpRequest) -> HttpResponse:
    request.persona = persona_de(request.user)
    return render(request, "kuska/instancias/navegar_con_cuidado.html")
