"""The key, asked again before what reaches many people: a computer left open is not enough.

Once it is typed, nobody is asked for a while (``sesion.CLAVE_RECIENTE``). What a form had sent goes on with the key:
the page that asks carries it, so nothing is lost and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from marco.errores import ErrorDeDominio

from .. import rastro
from . import sesion
from .forms import ConfirmarClaveForm
from .ip import ip_de
from .pasar import paso_el_segundo
from .segundo import tiene_factor
from .services.claves import comprobar_clave

CAMPO = "k_clave"
DEL_FACTOR = ("k_codigo", "k_firma")
Vista = Callable[..., Any]


def clave_reciente(vista: Vista | None = None, *, sale_a: Sequence[str] = ()) -> Any:
    """Ask for the key before a view, if it was typed long ago. Goes below the guard that says who may.

    ``sale_a``: other sites where the answer to the form may lead.
    """

    def decorar(vista: Vista) -> Vista:
        @wraps(vista)
        def envoltura(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            return pedir_clave(request, sale_a=sale_a) or vista(request, *args, **kwargs)

        return envoltura

    return decorar(vista) if vista else decorar


def al_enviar(vista: Vista) -> Vista:
    """The same, only when the form is sent: its page may be looked at."""
    con_clave = clave_reciente(vista)

    @wraps(vista)
    def envoltura(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return (con_clave if request.method == "POST" else vista)(request, *args, **kwargs)

    return envoltura


def pedir_clave(request: HttpRequest, *, sale_a: Sequence[str] = ()) -> HttpResponse | None:
    """Return the page that asks for the key, or None when the act may go on."""
    if sesion.clave_es_reciente(request, ahora=timezone.now()):
        return None
    if request.method != "POST":
        destino = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('kuska_instancias:confirmar_clave')}?{destino}")
    formulario = ConfirmarClaveForm(
        request.POST if CAMPO in request.POST else None, con_factor=tiene_factor(request.user)
    )
    if escribio_su_clave(request, formulario):
        return None
    campos = [
        (nombre, valor)
        for nombre, valores in request.POST.lists()
        for valor in valores
        if nombre not in {CAMPO, *DEL_FACTOR, "csrfmiddlewaretoken"}
    ]
    contexto = {"form": formulario, "campos": campos, "accion": request.get_full_path()}
    respuesta = render(request, "kuska/instancias/confirmar_clave.html", contexto)
    respuesta["Cache-Control"] = "no-store, private"
    if sale_a:
        respuesta._csp_update = {"form-action": tuple(sale_a)}  # type: ignore[attr-defined]
    return respuesta


def escribio_su_clave(request: HttpRequest, formulario: ConfirmarClaveForm) -> bool:
    """Whether the form brings the key, and the second step where there is one; it is noted in the session.

    Otherwise the form says what was wrong.
    """
    if not formulario.is_valid():
        return False
    ahora = timezone.now()
    try:
        comprobar_clave(cuenta=request.user, clave=formulario.cleaned_data[CAMPO], ip=ip_de(request), ahora=ahora)
    except ErrorDeDominio as error:
        formulario.add_error(CAMPO, error.mensaje)
        return False
    if "k_codigo" in formulario.fields and not paso_el_segundo(request, formulario):
        return False
    request.session[sesion.CLAVE_EN] = ahora.timestamp()
    rastro.anotar_de_cuenta(accion="instancias.confirmar_clave", cuenta=request.user)
    return True
