"""The door: sign in, personal links, printed cards, and the two ways out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import sesion
from ..autenticacion import persona_de
from ..contacto import centro_de, centros_con_contacto
from ..contexto import url_del_personal
from ..csrf import csrf_sin_origen
from ..direccion import direccion_de
from ..errores import ErrorDeDominio
from ..forms import EnlaceForm, EntrarForm, TarjetaForm, datos_de
from ..models import AjustesDelAula
from ..politica import alcance_de
from ..services.enlaces import EnlaceError, consumir_enlace, mirar_enlace, token_de_tarjeta
from ..services.entrada import anotar_salida, autenticar
from ..signals import formulario_apartado

sin_guardar = cache_control(private=True, no_store=True)


def _con_letras(siguiente: str) -> bool:
    """Staff come from the admin or the panel: they type a name, not a number."""
    return siguiente.startswith(("/admin", url_del_personal()))


def _siguiente(request: HttpRequest) -> str:
    """Return the page asked for before the door, only if it is of this site."""
    pedida = request.POST.get("next") or request.GET.get("next") or ""
    segura = url_has_allowed_host_and_scheme(pedida, {request.get_host()}, require_https=request.is_secure())
    return pedida if segura and pedida.startswith("/") else ""


def _destino(cuenta: Any, siguiente: str = "") -> str:
    if siguiente:
        return siguiente
    if persona_de(cuenta):
        return settings.LOGIN_REDIRECT_URL
    if alcance_de(cuenta, hoy=timezone.localdate()):
        return url_del_personal()
    return reverse("wagtailadmin_home") if cuenta.has_perm("wagtailadmin.access_admin") else "/"


def _abrir_sesion(request: HttpRequest, cuenta: Any, *, compartida: bool, por_enlace: bool = False) -> None:
    ahora = timezone.now()
    persona = persona_de(cuenta)
    centro_id = centro_de(persona=persona, hoy=timezone.localdate(ahora)) if persona else None
    apartado = sesion.abrir(
        request, cuenta=cuenta, compartida=compartida, centro_id=centro_id, ahora=ahora, por_enlace=por_enlace
    )
    if persona and apartado:
        formulario_apartado.send_robust(type(persona), persona=persona, enviado=apartado, ahora=ahora)


@sin_guardar
@sensitive_post_parameters("clave")
@require_http_methods(["GET", "HEAD", "POST"])
def entrar(request: HttpRequest) -> HttpResponse:
    siguiente = _siguiente(request)
    if request.method != "POST" and request.user.is_authenticated:
        persona = persona_de(request.user)
        return render(
            request,
            "instancias/ya_entro.html",
            {
                "nombre": persona.nombre_discreto if persona else request.user.get_short_name() or request.user,
                "continuar": _destino(request.user),
            },
        )
    letras = "letras" in request.GET or "letras" in request.POST or _con_letras(siguiente)
    formulario = EntrarForm(datos_de(request), letras=letras)
    if formulario.is_valid():
        datos = formulario.cleaned_data
        try:
            cuenta = autenticar(
                identificador=datos["identificador"],
                clave=datos["clave"],
                direccion=direccion_de(request),
                ahora=timezone.now(),
            )
        except ErrorDeDominio as error:
            formulario.add_error(None, error.mensaje)
        else:
            _abrir_sesion(request, cuenta, compartida=datos["compartido"])
            return redirect(_destino(cuenta, siguiente))
    terminada = request.GET.get("sesion") == "terminada" and not formulario.is_bound
    contexto = {"form": formulario, "siguiente": siguiente, "letras": letras, "sesion_terminada": terminada}
    return render(request, "instancias/entrar.html", contexto)


def _sin_rastro(respuesta: HttpResponse) -> HttpResponse:
    """The address is a secret: it goes to no other site and to no search engine."""
    respuesta["Referrer-Policy"] = "no-referrer"
    respuesta["X-Robots-Tag"] = "noindex, nofollow"
    return respuesta


@csrf_sin_origen
@sin_guardar
@require_http_methods(["GET", "HEAD", "POST"])
def enlace(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks who it is and uses nothing up, however many times it is fetched; only the button does."""
    ahora = timezone.now()
    formulario = EnlaceForm(datos_de(request))
    try:
        if request.method == "POST" and formulario.is_valid():
            cuenta = consumir_enlace(token=token, ahora=ahora)
            _abrir_sesion(request, cuenta, compartida=formulario.cleaned_data["compartido"], por_enlace=True)
            return _sin_rastro(redirect("instancias:crear_clave"))
        persona = mirar_enlace(token=token, ahora=ahora)
    except EnlaceError as error:
        contexto = {"mensaje": error.mensaje, "oficinas": centros_con_contacto()}
        return _sin_rastro(render(request, "instancias/enlace_no_sirve.html", contexto, status=410))
    contexto = {"nombre": persona.nombre_discreto, "form": formulario}
    return _sin_rastro(render(request, "instancias/enlace.html", contexto))


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
                direccion=direccion_de(request),
                ahora=timezone.now(),
            )
        except ErrorDeDominio as error:
            formulario.add_error(None, error.mensaje)
        else:
            return redirect("instancias:enlace", token=token)
    return render(request, "instancias/sin_clave.html", {"form": formulario})


@sin_guardar
@require_safe
def no_soy_yo(request: HttpRequest) -> HttpResponse:
    return _sin_rastro(render(request, "instancias/no_soy_yo.html"))


def _cerrar(request: HttpRequest) -> None:
    if request.user.is_authenticated:
        anotar_salida(cuenta=request.user)
    logout(request)


@csrf_exempt
@sin_guardar
@require_POST
def salir_rapido(request: HttpRequest) -> HttpResponse:
    """End one's own session and leave for a neutral page. It asks nothing.

    No token: saved pages carry old ones, and all this can do is close the session of whoever sends it. The answer is
    a page that moves on by itself, because a redirect of a form to another site is refused by ``form-action``.
    """
    _cerrar(request)
    destino = AjustesDelAula.actuales().pagina_de_salida or reverse("instancias:tiempo")
    respuesta = render(request, "instancias/salida.html", {"destino": destino})
    respuesta["Refresh"] = f"0; url={destino}"
    return _sin_rastro(respuesta)


@sin_guardar
@require_POST
def cerrar_sesion(request: HttpRequest) -> HttpResponse:
    """«Salir», the calm way: back to the first page."""
    _cerrar(request)
    return redirect(settings.LOGOUT_REDIRECT_URL or "/")


@sin_guardar
@require_POST
def cambiar_de_persona(request: HttpRequest) -> HttpResponse:
    """One phone, several members: end this session and show the door."""
    _cerrar(request)
    return redirect("instancias:entrar")
