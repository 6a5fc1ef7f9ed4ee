"""Leaving for good, also without signal: what the phone wrote down ends the session on its next request.

The session cookie is out of reach of any script, and a request sent while leaving may be lost. Two small cookies that a
script can reach make up for it. ``k_salida`` is a mark: whoever brings it wants to be out. ``k_abierta`` lives as long
as the session cookie does: a session that was opened with it and comes without it was ended on the phone. Either is
enough, because some browsers forget after some days what a script wrote.

Both say nothing and give nothing: all they can do is end the session of the browser that carries them. They are sent
whenever the session cookie is (``Lax``): a link from another application would otherwise bring the session without the
mark.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.cookie import SimpleCookie
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from .sesiones import preguntando_por, vencio
from .signals import va_a_salir

ABIERTA = "k_abierta"
DE_ESTE_SITIO = "__Host-"
TERMINADA, CERRADA = "sesion=terminada", "sesion=cerrada"
# Asked of each session when somebody wants to know whose it is: whether it may go on. Rooms add theirs when they start.
LIMITES: set[Callable[[HttpRequest, Any], bool]] = set()
# Asked as well: whether something has to be done first, so that for this page whoever asks is nobody yet.
ESPERAS: set[Callable[[HttpRequest, Any], bool]] = set()


class Galletas(NamedTuple):
    """Names of the two cookies. Where the session is of this host alone, so are they."""

    salida: str
    abierta: str


def galletas() -> Galletas:
    prefijo = DE_ESTE_SITIO if settings.SESSION_COOKIE_NAME.startswith(DE_ESTE_SITIO) else ""
    return Galletas(f"{prefijo}k_salida", f"{prefijo}{ABIERTA}")


def cerrar(request: HttpRequest) -> None:
    """End the session of a request, with its trace; whoever sent it goes on as a visitor."""
    if request.user.is_authenticated:
        va_a_salir.send(sender=type(request.user), cuenta=request.user)
    logout(request)
    request._cached_user = request.user  # type: ignore[attr-defined]
    request.salio = True  # type: ignore[attr-defined]


def acompanar(response: HttpResponse) -> None:
    """Give the readable cookie the life of the session cookie of this answer."""
    sesion = response.cookies[settings.SESSION_COOKIE_NAME]
    nombre = galletas().abierta
    if not sesion.value:
        response.delete_cookie(nombre, samesite="Lax")
        return
    copia = SimpleCookie()
    copia[nombre] = "1"
    for atributo in ("max-age", "expires", "path", "domain", "secure", "samesite"):
        copia[nombre][atributo] = sesion[atributo]
    response.cookies.update(copia)


class SalidaPendiente:
    """Sign out whoever left on the phone. Goes right below Django's AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        marcada = bool(request.COOKIES.get(galletas().salida))
        if marcada:
            cerrar(request)
        else:
            # Asked only when a page asks who this is: the others pay no statement.
            request.user = SimpleLazyObject(lambda: _quien_sigue(request))
        response = self.get_response(request)
        if marcada:
            response.delete_cookie(galletas().salida, samesite="Lax")
            return response
        return _con_su_motivo(request, response)


def _quien_sigue(request: HttpRequest) -> Any:
    with preguntando_por(request.session):
        usuario = get_user(request)
    if not usuario.is_authenticated:
        return usuario
    if ABIERTA in request.session and not request.COOKIES.get(galletas().abierta):
        request.user = usuario
        cerrar(request)
        return request.user
    if all(sigue(request, usuario) for sigue in LIMITES):
        if not any(espera(request, usuario) for espera in ESPERAS):
            return usuario
        request.en_espera = True  # type: ignore[attr-defined]
        return AnonymousUser()
    request.user = usuario
    logout(request)
    request._cached_user = request.user  # type: ignore[attr-defined]
    return request.user


def termino(request: HttpRequest) -> bool:
    """Whether the request brought a session that is over, without its person having left. No statement."""
    sigue = getattr(request, "salio", False) or getattr(request, "en_espera", False)
    return settings.SESSION_COOKIE_NAME in request.COOKIES and not sigue


def motivo_de(request: HttpRequest) -> str:
    """What the address of the door says of a session that is over: that its time passed, where that is known.

    Its row is there until it is swept, or whoever ended it said so (``por_tiempo``). One that is not there was closed:
    from another machine, by a key that changed, or with all the others when a copy was put back.
    """
    por_tiempo = getattr(request, "por_tiempo", False) or vencio(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
    return TERMINADA if por_tiempo else CERRADA


def _con_su_motivo(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell why the door is asked for, whichever view asks: those of Django and Wagtail do not know our sentence."""
    if response.status_code not in {302, 403}:  # most of them: no heading of theirs is read
        return response
    a_la_puerta = response.status_code == 302 and _lleva_a_la_puerta(response)
    de_guion = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    if not (a_la_puerta or (de_guion and response.status_code == 403)):
        return response
    en_espera = getattr(request, "en_espera", False)
    if not (en_espera or termino(request)) or request.user.is_authenticated:
        return response
    if de_guion or "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"codigo": "sesion_terminada"}, status=401)
    if not en_espera and not any(dicho in response["Location"] for dicho in (TERMINADA, CERRADA)):
        response["Location"] += ("&" if "?" in response["Location"] else "?") + motivo_de(request)
    return response


def _lleva_a_la_puerta(response: HttpResponse) -> bool:
    puerta = str(settings.LOGIN_URL)
    return response.get("Location", "").partition("?")[0] == (puerta if "/" in puerta else reverse(puerta))
