"""The way out, that asks nothing and leads to a neutral page; and what the phone keeps for when there is no signal."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from . import sin_senal as celular
from .bloqueos import MAXIMO_DE_BYTES, TIPOS_DE_INFORME, anotar_bloqueos, leer_bloqueos
from .cabeceras import sin_guardar, sin_rastro
from .models import AjustesDelAula
from .numeros import entero_de
from .salida import cerrar
from .solo_lectura import sin_guardar_tambien

UN_DIA = 60 * 60 * 24
UN_MES = 60 * 60 * 24 * 30


@sin_guardar_tambien
@csrf_exempt
@sin_guardar
@require_POST
def salir_rapido(request: HttpRequest) -> HttpResponse:
    """End one's own session and leave for a neutral page. It asks nothing.

    No token: saved pages carry old ones, and all this can do is close the session of whoever sends it. The answer is
    a page that moves on by itself, because a redirect of a form to another site is refused by ``form-action``.
    """
    cerrar(request)
    destino = AjustesDelAula.actuales().pagina_de_salida or reverse("kuska_marco:tiempo")
    respuesta = render(request, "kuska/marco/salida.html", {"destino": destino})
    respuesta["Refresh"] = f"0; url={destino}"
    return sin_rastro(respuesta)


@csrf_exempt
@sin_guardar
@require_POST
def bloqueos(request: HttpRequest) -> HttpResponse:
    """Where browsers say what the policy of contents refused. It asks nobody who they are, and always thanks."""
    cabe = entero_de(request.headers.get("Content-Length", ""), hasta=MAXIMO_DE_BYTES) is not None
    if cabe and request.content_type in TIPOS_DE_INFORME:
        leidos = leer_bloqueos(request.body, anfitrion=request.get_host())
        anotar_bloqueos(leidos, hoy=timezone.localdate())
    return HttpResponse(status=204)


@require_safe
@cache_control(public=True, max_age=UN_DIA)
def manifiesto(_request: HttpRequest) -> HttpResponse:
    """What a phone asks in order to put the space on its screen.

    The name is the same in every site: what somebody wrote as the name of theirs may say what it is about.
    """
    iconos = (
        ("icono-192", "192x192", "any"),
        ("icono-512", "512x512", "any"),
        ("icono-lleno-512", "512x512", "maskable"),
    )
    datos = {
        "id": "/",
        "name": gettext("Aula"),
        "short_name": gettext("Aula"),
        "lang": get_language(),
        "start_url": resolve_url(settings.LOGIN_REDIRECT_URL),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f4fa",
        "theme_color": "#5b2a86",
        "icons": [
            {"src": static(f"kuska/img/{nombre}.png"), "sizes": lado, "type": "image/png", "purpose": para}
            for nombre, lado, para in iconos
        ],
    }
    return HttpResponse(json.dumps(datos, ensure_ascii=False), content_type="application/manifest+json")


@require_safe
@cache_control(private=True, max_age=UN_MES)
def tiempo(request: HttpRequest) -> HttpResponse:
    """A neutral page of our own, for when there is no signal or no other page was set.

    The phone keeps it: whoever left without signal finds it again when the browser was closed meanwhile.
    """
    return render(request, "kuska/marco/tiempo.html")


@require_safe
@cache_control(no_cache=True)
def trabajador(request: HttpRequest) -> HttpResponse:
    """The service worker, from the root, so that it stands before every page. Browsers compare it byte by byte."""
    return HttpResponse(celular.trabajador(), content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(no_cache=True)
def sin_senal(request: HttpRequest) -> HttpResponse:
    """What the phone shows in place of a page that it does not keep. The same for everybody."""
    return render(request, "kuska/marco/sin_senal.html")
