"""One's own second steps: an application, a machine, a printed sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marco.cabeceras import sin_guardar
from marco.errores import ErrorDeDominio
from marco.forms import datos_de
from marco.models import AjustesDelAula
from marco.numeros import entero_de

from ...politica import se_sabe_del_personal
from .. import codigos, credenciales, pasar, segundo, sobres
from ..confirmar import al_enviar, clave_reciente
from ..envios import qr_de
from ..forms import PonerAplicacionForm, PonerEquipoForm
from ..guardas import Vista, pedir_entrada, siguiente_de
from ..services import factores
from ..services.sesiones import cerrar_sesiones

SECRETO = "k_por_poner"
ALTA = "k_alta"


def del_personal(vista: Vista) -> Callable[..., HttpResponse]:
    """Only for whoever works here; for a member there is no such page."""

    @wraps(vista)
    def envoltura(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return pedir_entrada(request)
        if not se_sabe_del_personal(request.user):
            raise Http404
        return vista(request, *args, **kwargs)

    return sin_guardar(envoltura)


@del_personal
@require_safe
def mis_factores(request: HttpRequest) -> HttpResponse:
    """What there is, and what can be set. Whoever comes from the door goes on from here, if it may wait."""
    ajustes = AjustesDelAula.actuales()
    contexto = {
        "factores": list(factores.factores_de(request.user)),
        "quedan": factores.codigos_que_quedan(request.user),
        "siguiente": siguiente_de(request),
        "se_le_pide": segundo.se_le_pide(request.user),
        "obligado": segundo.debe_ponerlo(request.user),
        "desde": ajustes.segundo_factor_desde,
        "clases": factores.clases_de(request.user),
    }
    return render(request, "kuska/instancias/factores.html", contexto)


@del_personal
@sensitive_variables("secreto")
@sensitive_post_parameters("codigo")
@require_http_methods(["GET", "HEAD", "POST"])
@clave_reciente
def poner_aplicacion(request: HttpRequest) -> HttpResponse:
    """Show the QR and ask for a code of it. The secret waits in the session, closed, until a code shows it was read."""
    secreto = _secreto_por_poner(request)
    formulario = PonerAplicacionForm(datos_de(request) if "codigo" in request.POST else None)
    if formulario.is_valid():
        try:
            factores.poner_aplicacion(
                cuenta=request.user, secreto=secreto, codigo=formulario.cleaned_data["codigo"], ahora=timezone.now()
            )
        except ErrorDeDominio as error:
            formulario.add_error("codigo", error.mensaje)
        else:
            del request.session[SECRETO]
            return _puesto(request, _("Listo: su aplicación ya da los códigos para entrar."))
    quien = request.user.get_full_name() or request.user.get_username()
    direccion = codigos.direccion_para_la_aplicacion(
        secreto, quien=quien, donde=AjustesDelAula.actuales().nombre_del_espacio
    )
    en_grupos = " ".join(secreto[i : i + 4] for i in range(0, len(secreto), 4))
    contexto = {
        "form": formulario,
        "qr": qr_de(direccion),
        "secreto": en_grupos,
        "direccion": direccion,
        "siguiente": siguiente_de(request),
    }
    return render(request, "kuska/instancias/poner_aplicacion.html", contexto)


@del_personal
@sensitive_post_parameters("k_firma")
@require_http_methods(["GET", "HEAD", "POST"])
@clave_reciente
def poner_equipo(request: HttpRequest) -> HttpResponse:
    """Register the machine that is at hand. Its page needs script, and says so."""
    formulario = PonerEquipoForm(datos_de(request) if "nombre" in request.POST else None)
    if formulario.is_valid():
        try:
            factores.poner_equipo(
                cuenta=request.user,
                nombre=formulario.cleaned_data["nombre"],
                sitio=pasar.sitio_de(request),
                estado=request.session.pop(ALTA, None),
                respuesta=formulario.cleaned_data["k_firma"],
                ahora=timezone.now(),
            )
        except ErrorDeDominio as error:
            formulario.add_error("nombre", error.mensaje)
        else:
            return _puesto(request, _("Listo: puede entrar con este equipo."))
    contexto = {"form": formulario, "siguiente": siguiente_de(request)}
    return render(request, "kuska/instancias/poner_equipo.html", contexto)


@del_personal
@require_POST
def reto_de_alta(request: HttpRequest) -> HttpResponse:
    """What the browser asks a new machine."""
    quien = request.user.get_full_name() or request.user.get_username()
    opciones, estado = credenciales.pedir_alta(
        pasar.sitio_de(request),
        cuenta_id=request.user.pk,
        nombre=quien,
        guardadas=factores.guardadas_de(request.user),
    )
    request.session[ALTA] = estado
    return JsonResponse(opciones)


@del_personal
@require_http_methods(["GET", "HEAD", "POST"])
@al_enviar
def hacer_hoja(request: HttpRequest) -> HttpResponse:
    """The button makes the sheet and shows it, this once."""
    if request.method != "POST":
        contexto = {"quedan": factores.codigos_que_quedan(request.user), "siguiente": siguiente_de(request)}
        return render(request, "kuska/instancias/hacer_hoja.html", contexto)
    hechos = factores.hacer_hoja(cuenta=request.user, ahora=timezone.now())
    _asentar(request)
    contexto = {"codigos": [codigos.legible(uno) for uno in hechos], "siguiente": siguiente_de(request)}
    return render(request, "kuska/instancias/hoja_de_codigos.html", contexto)


@del_personal
@require_POST
@clave_reciente
def quitar(request: HttpRequest) -> HttpResponse:
    """Take one of one's own away. The last one too: where the site asks for one, another is set before going on."""
    numero = entero_de(request.POST.get("cual", ""))
    if numero is not None and factores.quitar_propio(cuenta=request.user, factor_id=numero, ahora=timezone.now()):
        request.user.con_factor = bool(factores.clases_de(request.user))
        _asentar(request)
        messages.success(request, _("Se quitó. Cerramos las otras sesiones abiertas."))
    else:
        messages.info(request, _("Eso ya no estaba."))
    return redirect("kuska_instancias:mis_factores")


def _secreto_por_poner(request: HttpRequest) -> str:
    guardado = sobres.abrir(request.session.get(SECRETO, "")) if SECRETO in request.session else None
    if guardado is None:
        guardado = codigos.nuevo_secreto()
        request.session[SECRETO] = sobres.cerrar(guardado)
    return guardado


def _asentar(request: HttpRequest) -> None:
    """What opens the account changed: this session has another number, and the others are closed."""
    segundo.dar_por_pasado(request, request.user, ahora=timezone.now())
    cerrar_sesiones(request.user, esta=request.session.session_key)


def _puesto(request: HttpRequest, dicho: str) -> HttpResponse:
    _asentar(request)
    messages.success(request, dicho)
    respuesta = redirect("kuska_instancias:mis_factores")
    if siguiente := siguiente_de(request):
        respuesta["Location"] += f"?{urlencode({'next': siguiente})}"
    return respuesta
