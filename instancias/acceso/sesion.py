"""Opening and closing sessions: a new key at sign-in, 60 days on one's own phone, 20 minutes on a shared one.

Whoever works here signs in every day: eight hours from the sign-in, and half an hour without use.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone

from marco.salida import ABIERTA, acompanar

from ..models import Fusion, Persona, SesionAbierta
from ..models.fusion import PLAZO
from ..politica import se_sabe_del_personal
from .autenticacion import clave_inicial_de, persona_de
from .equipos import reconocer

COMPARTIDA = "k_compartida"
CENTRO = "k_centro"
POR_ENLACE = "k_por_enlace"
APARTADO = "k_apartado"
PERSONA = "k_persona"
ANTES = "k_antes"  # numbers of the registers that became this one: what a phone keeps may be under their marks
LARGO_DE_LO_APARTADO = 8_000  # letters: twenty questions are about two thousand
MINUTOS_APARTADO = 30
DURACION_COMPARTIDA = datetime.timedelta(minutes=20)
RENOVAR_CADA = datetime.timedelta(minutes=5)

ENTRO, USO, EQUIPO, APUNTADA = "k_entro", "k_uso", "k_equipo", "k_apuntada"
DERECHOS = "k_derechos"
JORNADA = datetime.timedelta(hours=8)
SIN_USO = datetime.timedelta(minutes=30)
ANOTAR_CADA = datetime.timedelta(minutes=1)
CLAVE_CORTA = "k_clave_corta"
# Before what reaches many people, the key was typed this long ago at most. A sitting of twenty links fits.
CLAVE_EN = "k_clave_en"
CLAVE_RECIENTE = datetime.timedelta(minutes=30)
# All that is open to whoever has to choose a key first.
PARA_CAMBIAR = {
    *(f"kuska_instancias:{una}" for una in ("entrar", "seguir", "cambiar_clave", "crear_clave", "cerrar_sesion")),
    "kuska_instancias:cambiar_de_persona",
    "kuska_marco:salir_rapido",
}
# What the editor of Wagtail asks by itself while its tab is open: nobody is using it.
DE_FONDO = {"wagtailadmin_editing_sessions:ping", "wagtailadmin_editing_sessions:release"}


def abrir(
    request: HttpRequest,
    *,
    cuenta: Any,
    compartida: bool,
    centro_id: int | None,
    ahora: datetime.datetime,
    por_enlace: bool = False,
) -> str:
    """Sign in with a new session key. Whatever another person left in this session is gone.

    Returns the form that was set aside at the door, if there is one, for its owner to keep or nobody.
    """
    apartado = request.session.get(APARTADO, "")
    request.session.flush()
    login(request, cuenta, backend="instancias.acceso.autenticacion.CuentasDelAula")
    request.session[ABIERTA] = True
    if centro_id:
        request.session[CENTRO] = centro_id
    if por_enlace:
        request.session[POR_ENLACE] = True
    if persona := persona_de(cuenta):
        _anotar_de_quien(request, persona)
    if compartida:
        request.session[COMPARTIDA] = ahora.timestamp()
        request.session.set_expiry(int(DURACION_COMPARTIDA.total_seconds()))
    return apartado


def _anotar_de_quien(request: HttpRequest, persona: Persona) -> None:
    """Note whose this session is, and the registers that are hidden behind that one: those of a chain all name it."""
    request.session[PERSONA] = persona.pk
    request.session[ANTES] = list(Persona.objects.filter(absorbida_por=persona.pk).values_list("pk", flat=True))


def registros_de_antes(request: HttpRequest, persona: Persona) -> list[int]:
    """Return the registers that are this person's and can be no other's any more. One statement, if there was one.

    Until a fusion can no longer be undone, what was done under the register that it hid is nobody else's; behind it,
    that of those that were hidden by then. An account may pass to another register with its session open: it is noted.
    So it is once, of a session that was opened by an edition that did not note whose it was.
    """
    anotada = request.session.get(PERSONA)
    if anotada != persona.pk and (anotada or ABIERTA in request.session):
        _anotar_de_quien(request, persona)
    if not (suyas := request.session.get(ANTES)):
        return []
    vigentes = Fusion.objects.filter(absorbida__in=suyas, deshecha_en=None, hecha_en__lte=timezone.now() - PLAZO)
    firmes = dict(vigentes.values_list("absorbida", "queda"))
    return [numero for numero in suyas if _llega(numero, persona.pk, firmes)]


def _llega(numero: int, a: int, firmes: dict[int, int]) -> bool:
    """Whether a register is that one's through fusions that are all for good."""
    for _paso in range(len(firmes)):
        if numero not in firmes:
            return False
        numero = firmes[numero]
        if numero == a:
            return True
    return False


def apartar(request: HttpRequest) -> bool:
    """Keep for a while what a form without script carried when its session had ended, and say whether it fitted."""
    datos = request.POST.copy()
    datos.pop("csrfmiddlewaretoken", None)
    cuerpo = datos.urlencode()
    cabe = len(cuerpo) <= LARGO_DE_LO_APARTADO
    if cabe:
        request.session[APARTADO] = cuerpo
        request.session.set_expiry(MINUTOS_APARTADO * 60)
    return cabe


def renovar_si_es_compartida(request: HttpRequest, *, ahora: datetime.datetime) -> None:
    """Twenty minutes count from the last page, written at most every five so that reading costs nothing."""
    marca = request.session.get(COMPARTIDA)
    if marca is not None and ahora.timestamp() - marca > RENOVAR_CADA.total_seconds():
        request.session[COMPARTIDA] = ahora.timestamp()


def estampar(request: HttpRequest, *, cuenta: Any, ahora: datetime.datetime) -> None:
    """Write in a session when it was opened, by whichever door. That of staff has its last hour written too."""
    request.session[ENTRO] = ahora.timestamp()
    request.session.pop(USO, None)
    request.session[EQUIPO] = reconocer(request.headers.get("User-Agent", ""))
    if se_sabe_del_personal(cuenta):
        request.session.set_expiry(ahora + JORNADA)
        request.session[DERECHOS] = _derechos(cuenta)
        apuntar(request, cuenta)


def apuntar(request: HttpRequest, cuenta: Any) -> None:
    """Note whose this session is. Its key changes when the person changes theirs: then it is noted again."""
    llave = request.session.session_key
    if llave and len(llave) <= 40 and request.session.get(APUNTADA) != llave:
        SesionAbierta.objects.update_or_create(llave=llave, defaults={"cuenta_id": cuenta.pk})
        request.session[APUNTADA] = llave


def sigue_la_jornada(request: HttpRequest, cuenta: Any) -> bool:
    """Whether the session may go on: for members always. It costs no statement, and one write a minute at most.

    An account that got its role with a session open obeys from then on; a session without hour is of before.
    """
    if not se_sabe_del_personal(cuenta):
        return True
    ahora = timezone.now()
    if not en_hora(request.session, ahora=ahora):
        request.por_tiempo = True  # type: ignore[attr-defined]
        return False
    if request.session.get(DERECHOS) != _derechos(cuenta):
        # What it may do changed while it was open: the number that was known before is good for nothing.
        request.session[DERECHOS] = _derechos(cuenta)
        request.session.cycle_key()
        apuntar(request, cuenta)
    quieta = ahora.timestamp() - request.session.get(USO, request.session[ENTRO])
    if quieta >= ANOTAR_CADA.total_seconds() and not _de_fondo(request):
        request.session[USO] = ahora.timestamp()
        apuntar(request, cuenta)
    return True


def en_hora(datos: Any, *, ahora: datetime.datetime) -> bool:
    """Whether what a session says of its hours lets somebody who works here go on."""
    entro = datos.get(ENTRO)
    if entro is None or ahora.timestamp() - entro >= JORNADA.total_seconds():
        return False
    return ahora.timestamp() - datos.get(USO, entro) < SIN_USO.total_seconds()


def clave_es_reciente(request: HttpRequest, *, ahora: datetime.datetime) -> bool:
    """Whether whoever is in front typed the key a while ago, at the door or when it was asked again."""
    escrita = max(request.session.get(ENTRO, 0), request.session.get(CLAVE_EN, 0))
    return ahora.timestamp() - escrita < CLAVE_RECIENTE.total_seconds()


def debe_cambiar_la_clave(request: HttpRequest, cuenta: Any) -> bool:
    """Whether the key is one that somebody else set, or is too short for what this account may do today."""
    return clave_inicial_de(cuenta) is not None or CLAVE_CORTA in request.session


def espera_su_clave(request: HttpRequest, cuenta: Any) -> bool:
    """Whether this page is closed until the key is changed: all are, but those that change it. No statement."""
    return debe_cambiar_la_clave(request, cuenta) and vista_de(request) not in PARA_CAMBIAR


def _derechos(cuenta: Any) -> str:
    return f"{bool(getattr(cuenta, 'is_superuser', False)):d}{bool(getattr(cuenta, 'is_staff', False)):d}"


def _de_fondo(request: HttpRequest) -> bool:
    return vista_de(request) in DE_FONDO


def vista_de(request: HttpRequest) -> str:
    """The name of what is asked for; empty, when it leads nowhere."""
    try:
        return (request.resolver_match or resolve(request.path_info)).view_name
    except Resolver404:  # the page of an address that leads nowhere asks who is there too
        return ""


class CookieDeSesionCompartida:
    """On a shared phone the cookie also ends with the browser; on any, its readable companion lives as long.

    Goes above Django's SessionMiddleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        # A cookie is only set when the session changed, so it is already loaded: no statement here.
        if cookie is None:
            return response
        if cookie.value and COMPARTIDA in request.session:
            cookie["max-age"] = ""
            cookie["expires"] = ""
        if not cookie.value or ABIERTA in request.session:
            acompanar(response)
        return response
