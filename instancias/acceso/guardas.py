"""Decorators of every view that needs to know who asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from marco.contexto import url_del_personal
from marco.models import AjustesDelAula
from marco.salida import motivo_de, termino
from marco.sin_senal import marcar, marcas_de

from ..models import Persona
from ..politica import alcance_de
from . import sesion
from .autenticacion import persona_de

Vista = Callable[..., HttpResponse]
SIN_GUARDAR = "enviado=no"


def integrante_requerido(vista: Vista) -> Vista:
    """Let members in, with ``request.persona``. First their key and their data, then the rest.

    A signed-in account that is nobody's person gets the answer of an absent page.
    """

    @wraps(vista)
    def envoltura(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        persona = persona_de(request.user)
        if persona is None:
            if request.user.is_authenticated:
                raise Http404
            guarda = request.method == "POST" and getattr(vista, "guarda_lo_enviado", False)
            return pedir_entrada(request, aparte=guarda and sesion.apartar(request))
        request.persona = persona
        marcas = marcas_de(persona.pk)
        prestado = sesion.COMPARTIDA in request.session
        de_antes = [marca for otra in sesion.registros_de_antes(request, persona) for marca in marcas_de(otra)]
        request.celular = {"marcas": " ".join([*marcas, *de_antes]), "guarda": not prestado}
        if not getattr(vista, "antes_de_revisar", False):
            if not request.user.has_usable_password():
                return redirect("kuska_instancias:crear_clave")
            if persona.datos_revisados_en is None or _hay_otro_aviso(request, persona):
                return redirect("kuska_instancias:mis_datos")
        sesion.renovar_si_es_compartida(request, ahora=timezone.now())
        respuesta = vista(request, *args, **kwargs)
        return marcar(respuesta, marca=marcas[0], queda=not prestado and getattr(vista, "se_queda", False))

    return envoltura


def _hay_otro_aviso(request: HttpRequest, persona: Persona) -> bool:
    """Whether the notice about data changed since this person answered it. What a form sends is never put off by it."""
    if request.method not in {"GET", "HEAD"} or not persona.aviso_visto:
        return False
    return persona.aviso_visto != AjustesDelAula.actuales().clave_del_aviso


def guarda_lo_enviado(vista: Vista) -> Vista:
    """Mark a view whose form is set aside when its session ended, until the person is back. Goes innermost."""
    vista.guarda_lo_enviado = True
    return vista


def cuenta_requerida(vista: Vista) -> Vista:
    """Let in whoever has an account: members as ``integrante_requerido`` does, and those who work here as they are."""
    de_integrante = integrante_requerido(vista)

    @wraps(vista)
    def envoltura(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and persona_de(request.user) is None:
            return vista(request, *args, **kwargs)
        return de_integrante(request, *args, **kwargs)

    return envoltura


def antes_de_revisar(vista: Vista) -> Vista:
    """Mark a view that a member may open before creating a key or confirming their data. Goes innermost."""
    vista.antes_de_revisar = True
    return vista


def personal_requerido(vista: Vista | None = None, *, gestiona: bool = False) -> Any:
    """Let staff in, with ``request.alcance``; ``gestiona=True`` asks for the right to change things.

    Without scope the page does not exist. Scope is read on each request, so losing it takes effect at once.
    """

    def decorar(vista: Vista) -> Vista:
        @wraps(vista)
        def envoltura(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return pedir_entrada(request)
            ahora = timezone.now()
            alcance = alcance_de(request.user, hoy=timezone.localdate(ahora))
            if not alcance or (gestiona and not alcance.puede_gestionar):
                raise Http404
            request.alcance = alcance
            sesion.renovar_si_es_compartida(request, ahora=ahora)
            return vista(request, *args, **kwargs)

        return envoltura

    return decorar(vista) if vista else decorar


def siguiente_de(request: HttpRequest) -> str:
    """Return the page asked for before the door, only if it is of this site."""
    pedida = request.POST.get("next") or request.GET.get("next") or ""
    segura = url_has_allowed_host_and_scheme(pedida, {request.get_host()}, require_https=request.is_secure())
    return pedida if segura and pedida.startswith("/") else ""


def del_panel(destino: str) -> str:
    """Return an address to go back to, only if it is one of the staff pages of this site."""
    base = url_del_personal().rstrip("/")
    propio = url_has_allowed_host_and_scheme(destino, allowed_hosts=None)
    return destino if propio and (destino == base or destino.startswith((f"{base}/", f"{base}?"))) else ""


def administracion_requerida(vista: Vista) -> Vista:
    """Let in whoever administers the site, with ``request.alcance``; for any other account the page does not exist.

    Whoever has not signed in is sent to the door: sessions end, and to administer begins often from a kept address.
    """

    @wraps(vista)
    def envoltura(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return pedir_entrada(request)
        if not getattr(request.user, "is_superuser", False):
            raise Http404
        if not hasattr(request, "alcance"):  # the sections of the panel are drawn with it
            request.alcance = alcance_de(request.user, hoy=timezone.localdate())
        return vista(request, *args, **kwargs)

    return envoltura


def pedir_entrada(request: HttpRequest, *, aparte: bool = False) -> HttpResponse:
    """Send to the door and back; a script gets a plain 401 so that it can keep what it was sending.

    The door says that what a form carried was lost, unless it was set aside (``aparte``).
    """
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"codigo": "sesion_terminada"}, status=401)
    volver_a = request.get_full_path()
    if request.method not in {"GET", "HEAD"}:
        volver_a = _pagina_anterior(request)
    puerta = redirect_to_login(volver_a, settings.LOGIN_URL)
    if request.method not in {"GET", "HEAD"} and not aparte:
        puerta["Location"] += f"&{SIN_GUARDAR}"
    # The answer takes the cookie away: it is said in the address. Of a session that somebody ended, nothing is said.
    if termino(request):
        puerta["Location"] += f"&{motivo_de(request)}"
    return puerta


def _pagina_anterior(request: HttpRequest) -> str:
    """Return the page that held the form, if it is ours; an act is never repeated by a redirect."""
    anterior = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(anterior, {request.get_host()}, require_https=request.is_secure()):
        return urlsplit(anterior).path
    return settings.LOGIN_REDIRECT_URL
