"""The pocket guide: one page, the same for everybody, that a phone may keep. It asks nothing and writes nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from instancias.consultas.telefonos import telefonos
from instancias.models import Territorio

from ..consultas.guia import guia as leer_guia

UN_CUARTO_DE_HORA = 60 * 15


@require_safe
@cache_control(private=True, max_age=UN_CUARTO_DE_HORA)
def guia(request: HttpRequest, provincia: str = "") -> HttpResponse:
    """Say what to do, by what is told and by who hears it. With a province, its telephones.

    No form, no field, nothing of a session: whoever opens it afterwards on the same phone learns nothing of anybody.
    """
    if provincia and not Territorio.objects.filter(pk=provincia, nivel=Territorio.Nivel.PROVINCIA).exists():
        raise Http404
    contexto = {
        "situaciones": leer_guia(),
        "telefonos": telefonos(hoy=timezone.localdate(), provincia=provincia),
    }
    return render(request, "kuska/cursos/guia.html", contexto)
