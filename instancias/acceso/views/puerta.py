"""The door: sign in, personal links, printed cards, and the two ways out."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marco.cabeceras import sin_guardar, sin_rastro
from marco.contexto import url_del_personal
from marco.errores import ErrorDeDominio
from marco.forms import datos_de
from marco.salida import cerrar
from marco.solo_lectura import sin_guardar_tambien

from ...contacto import centro_de, centros_con_contacto
from ...models import EnlaceDeAcceso
from ...politica import alcance_de
from ...signals import formulario_apartado
from .. import conocidos, segundo, sesion
from ..autenticacion import persona_de
from ..csrf import csrf_sin_origen
from ..firmas import quien_invita
from ..forms import EnlaceForm, EntrarForm, TarjetaForm
from ..guardas import siguiente_de
from ..ip import ip_de
from ..novedades import novedades_de
from ..services.claves import queda_corta
from ..services.enlaces import (
    EnlaceError,
    anotar_apertura,
    buscar_enlace,
    consumir_enlace,
    contar_lo_que_no_existe,
    dueno_del_usado,
    mirar_enlace,
    token_de_tarjeta,
)
from ..services.entrada import autenticar
from ..services.frenos import DemasiadosIntentos


def _con_letras(siguiente: str) -> bool:
    """Staff come from the admin or the panel: they type a name, not a number."""
    return siguiente.startswith((reverse("wagtailadmin_home"), url_del_personal()))


def _destino(cuenta: Any, siguiente: str = "") -> str:
    if siguiente:
        return siguiente
    if persona_de(cuenta):
        return settings.LOGIN_REDIRECT_URL
    if alcance_de(cuenta, hoy=timezone.localdate()):
        return url_del_personal()
    return reverse("wagtailadmin_home") if cuenta.has_perm("wagtailadmin.access_admin") else "/"


def _antes_de_seguir(
    request: HttpRequest, cuenta: Any, siguiente: str, *, de_paso: bool = False
) -> HttpResponse | None:
    """What this entry still lacks: the second step, a key of one's own, a second step to set.

    ``de_paso``: also what is only offered today, because one just came in.
    """
    if segundo.falta_pasarlo(request, cuenta):
        return _ir_a("segundo_paso", siguiente)
    if sesion.debe_cambiar_la_clave(request, cuenta):
        return _ir_a("cambiar_clave", siguiente)
    if segundo.debe_ponerlo(cuenta) or (de_paso and segundo.se_le_pide(cuenta)):
        return _ir_a("mis_factores", siguiente)
    return None


@sin_guardar
@require_safe
def seguir(request: HttpRequest) -> HttpResponse:
    """On from a step of the entry to the next one, or to where it was going."""
    if not request.user.is_authenticated:
        return redirect("kuska_instancias:entrar")
    siguiente = siguiente_de(request)
    return _antes_de_seguir(request, request.user, siguiente) or redirect(_destino(request.user, siguiente))


def _ir_a(nombre: str, siguiente: str) -> HttpResponse:
    respuesta = redirect(f"kuska_instancias:{nombre}")
    if siguiente:
        respuesta["Location"] += f"?{urlencode({'next': siguiente})}"
    return respuesta


def _abrir_sesion(request: HttpRequest, cuenta: Any, *, compartida: bool, por_enlace: bool = False) -> None:
    ahora = timezone.now()
    persona = persona_de(cuenta)
    centro_id = centro_de(persona=persona, hoy=timezone.localdate(ahora)) if persona else None
    apartado = sesion.abrir(
        request, cuenta=cuenta, compartida=compartida, centro_id=centro_id, ahora=ahora, por_enlace=por_enlace
    )
    if persona and apartado:
        dicho = formulario_apartado.send_robust(type(persona), persona=persona, enviado=apartado, ahora=ahora)
        _contar_lo_apartado(request, [frase for _quien, frase in dicho if isinstance(frase, str) and frase])


def _contar_lo_apartado(request: HttpRequest, guardado: list[str]) -> None:
    """What became of the form that was on its way: nobody should wonder, nor send it twice."""
    for frase in guardado:
        messages.success(request, frase)
    if not guardado:
        # It may have been of whoever had the phone before.
        frase = _("No se guardó lo último que se envió desde este celular. Si era suyo, envíelo otra vez.")
        messages.warning(request, frase)


def _contar_novedades(request: HttpRequest, cuenta: Any, antes: datetime.datetime | None) -> None:
    """What another did to the account since its last entry. Who has the key alone is told nothing."""
    if antes is None or segundo.falta_pasarlo(request, cuenta):
        return
    for una in novedades_de(cuenta, desde=antes):
        messages.warning(request, f"{una.frase} {una.si_no}")


def _recordar_el_equipo(request: HttpRequest, respuesta: HttpResponse, cuenta: Any, *, compartido: bool) -> Any:
    """A machine of one's own gets its own brake. One that others use is nobody's."""
    if not compartido:
        conocidos.recordar(request, respuesta, cuenta.pk)
    return respuesta


@sin_guardar_tambien
@csrf_sin_origen
@sin_guardar
@sensitive_post_parameters("clave")
@require_http_methods(["GET", "HEAD", "POST"])
def entrar(request: HttpRequest) -> HttpResponse:
    """The door. From a used link, whose it was is known here and nowhere on the page: only the key is asked for."""
    siguiente = siguiente_de(request)
    de_enlace = request.POST.get("enlace", "")
    dueno = dueno_del_usado(buscar_enlace(token=de_enlace)) if de_enlace else None
    if request.method != "POST" and request.user.is_authenticated:
        if primero := _antes_de_seguir(request, request.user, siguiente):
            return primero
        persona = persona_de(request.user)
        return render(
            request,
            "kuska/instancias/ya_entro.html",
            {
                "nombre": persona.nombre_discreto if persona else request.user.get_short_name() or request.user,
                "continuar": _destino(request.user, siguiente),
            },
        )
    al_trabajo = _con_letras(siguiente)
    letras = "letras" in request.GET or "letras" in request.POST or al_trabajo
    formulario = EntrarForm(datos_de(request), letras=letras, se_sabe_quien=bool(dueno))
    if formulario.is_valid():
        datos = formulario.cleaned_data
        try:
            cuenta = autenticar(
                identificador=dueno.documento if dueno else datos["identificador"],
                clave=datos["clave"],
                ip=ip_de(request),
                equipo=conocidos.equipo_de(request),
                ahora=timezone.now(),
            )
        except ErrorDeDominio as error:
            formulario.add_error(None, error.mensaje)
        else:
            antes = persona_de(cuenta).ultimo_ingreso_en if persona_de(cuenta) else cuenta.last_login
            _abrir_sesion(request, cuenta, compartida=datos["compartido"])
            _contar_novedades(request, cuenta, antes)
            if queda_corta(clave=datos["clave"], cuenta=cuenta):
                request.session[sesion.CLAVE_CORTA] = True
            respuesta = _antes_de_seguir(request, cuenta, siguiente, de_paso=True)
            respuesta = respuesta or redirect(_destino(cuenta, siguiente))
            # With the key alone nobody entered yet: their machine is known once they pass the second step.
            compartido = datos["compartido"] or segundo.falta_pasarlo(request, cuenta)
            return _recordar_el_equipo(request, respuesta, cuenta, compartido=compartido)
    contexto = {"form": formulario, "siguiente": siguiente, "letras": letras}
    contexto["motivo"] = "" if formulario.is_bound else _motivo(request, al_trabajo)
    if dueno:
        contexto |= {"dueno": dueno, "token": de_enlace}
    return render(request, "kuska/instancias/entrar.html", contexto)


def _motivo(request: HttpRequest, al_trabajo: bool) -> str:
    """Why the door is asked for, and what became of what was being sent."""
    por_que = {"terminada": _("Pasó mucho tiempo y cerramos su sesión."), "cerrada": _("Su sesión se cerró.")}
    dicho = por_que.get(request.GET.get("sesion", ""), "")
    if request.GET.get("enviado") == "no":
        frase = _("No se guardó lo último que envió. Entre y envíelo otra vez.")
    elif dicho and al_trabajo:
        frase = _("Lo que no envió no se guardó.")
    elif dicho == por_que["cerrada"] and sesion.APARTADO not in request.session:
        frase = _("Entre otra vez para seguir.")  # after a copy was put back, what is kept is that of the copy
    else:
        frase = _("Sus respuestas están guardadas.") if dicho else ""
    return " ".join(filter(None, (dicho, frase)))


@csrf_sin_origen
@sin_guardar
@require_http_methods(["GET", "HEAD", "POST"])
def enlace(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks who it is and uses nothing up, however many times it is fetched; only the button does.

    A link that opens nothing is no dead end: whoever is in goes on, and anybody else is offered the door.
    """
    ahora = timezone.now()
    registro = buscar_enlace(token=token)
    invita = quien_invita(registro) if registro else ""
    formulario = EnlaceForm(datos_de(request))
    try:
        if request.method == "POST" and formulario.is_valid():
            cuenta = consumir_enlace(token=token, ahora=ahora)
            compartido = formulario.cleaned_data["compartido"]
            _abrir_sesion(request, cuenta, compartida=compartido, por_enlace=True)
            respuesta = sin_rastro(redirect("kuska_instancias:crear_clave"))
            return _recordar_el_equipo(request, respuesta, cuenta, compartido=compartido)
        persona = mirar_enlace(token=token, ahora=ahora)
    except EnlaceError as error:
        return _no_abre(request, registro, token, error)
    contexto = {"nombre": persona.nombre_discreto, "invita": invita, "form": formulario, "token": token}
    return sin_rastro(render(request, "kuska/instancias/enlace.html", contexto))


def _no_abre(request: HttpRequest, registro: EnlaceDeAcceso | None, token: str, error: ErrorDeDominio) -> HttpResponse:
    estado = 410
    if registro is None:
        try:
            contar_lo_que_no_existe(ip=ip_de(request), ahora=timezone.now())
        except DemasiadosIntentos as freno:
            error, estado = freno, 429
    elif (registro.persona.absorbida_por or registro.persona) == persona_de(request.user):
        return sin_rastro(redirect(_destino(request.user)))
    invita = quien_invita(registro) if registro else ""
    contexto = {"mensaje": error.mensaje, "invita": invita, "oficinas": centros_con_contacto()}
    if dueno := dueno_del_usado(registro):
        contexto |= {"dueno": dueno, "token": token, "form": EntrarForm(se_sabe_quien=True)}
    return sin_rastro(render(request, "kuska/instancias/enlace_no_sirve.html", contexto, status=estado))


@csrf_sin_origen
@require_POST
def enlace_abierto(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a link says that it is being looked at. By whoever made it, or any account at work, it is no news."""
    if not request.user.is_authenticated or persona_de(request.user):
        anotar_apertura(token=token, ahora=timezone.now())
    return sin_rastro(HttpResponse(status=204))


@sin_guardar
@require_http_methods(["GET", "HEAD", "POST"])
def sin_clave(request: HttpRequest) -> HttpResponse:
    """«No tengo mi clave»: the card typed by hand, or a person to write to."""
    formulario = TarjetaForm(datos_de(request))
    if formulario.is_valid():
        try:
            token = token_de_tarjeta(
                documento=formulario.cleaned_data["documento"],
                codigo=formulario.cleaned_data["codigo"],
                ip=ip_de(request),
                ahora=timezone.now(),
            )
        except ErrorDeDominio as error:
            formulario.add_error(None, error.mensaje)
        else:
            return redirect("kuska_instancias:enlace", token=token)
    return render(request, "kuska/instancias/sin_clave.html", {"form": formulario})


@sin_guardar
@require_safe
def no_soy_yo(request: HttpRequest) -> HttpResponse:
    return sin_rastro(render(request, "kuska/instancias/no_soy_yo.html"))


@sin_guardar_tambien
@sin_guardar
@require_POST
def cerrar_sesion(request: HttpRequest) -> HttpResponse:
    """«Salir», the calm way: back to the first page."""
    cerrar(request)
    return redirect(settings.LOGOUT_REDIRECT_URL or "/")


@sin_guardar_tambien
@sin_guardar
@require_POST
def cambiar_de_persona(request: HttpRequest) -> HttpResponse:
    """One phone, several members: end this session and show the door."""
    cerrar(request)
    return redirect("kuska_instancias:entrar")
