"""One's own open sessions: closing one, or all but this one, and the key that is asked again in this one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from marco.cabeceras import sin_guardar
from marco.forms import datos_de
from marco.numeros import entero_de
from marco.solo_lectura import sin_guardar_tambien

from ...politica import se_sabe_del_personal
from ..confirmar import escribio_su_clave
from ..forms import ConfirmarClaveForm
from ..guardas import pedir_entrada, siguiente_de
from ..segundo import tiene_factor
from ..services.sesiones import cerrar_sesiones


@require_POST
def cerrar(request: HttpRequest) -> HttpResponse:
    """Close the session that the button names, or the others. Who has none to see gets an absent page."""
    if not request.user.is_authenticated:
        return pedir_entrada(request)
    if not se_sabe_del_personal(request.user):
        raise Http404
    cual = request.POST.get("cual", "")
    numero = entero_de(cual)
    cuantas = 0
    if numero is not None or cual == "otras":
        cuantas = cerrar_sesiones(request.user, esta=request.session.session_key, cual=numero)
    if cuantas:
        dicho = ngettext("Cerramos esa sesión.", "Cerramos %(n)d sesiones.", cuantas) % {"n": cuantas}
        messages.success(request, dicho)
    else:
        messages.info(request, _("Esa sesión ya estaba cerrada."))
    return redirect("kuska_instancias:mi_cuenta")


@sin_guardar_tambien
@sin_guardar
@sensitive_post_parameters("k_clave")
@require_http_methods(["GET", "HEAD", "POST"])
def confirmar_clave(request: HttpRequest) -> HttpResponse:
    """Ask for the key again, and go on to the page that wanted it."""
    if not request.user.is_authenticated:
        return pedir_entrada(request)
    if not se_sabe_del_personal(request.user):
        raise Http404
    siguiente = siguiente_de(request)
    formulario = ConfirmarClaveForm(datos_de(request), con_factor=tiene_factor(request.user))
    if escribio_su_clave(request, formulario):
        return redirect(siguiente or "kuska_instancias:mi_cuenta")
    contexto = {"form": formulario, "accion": request.path, "campos": [("next", siguiente)] if siguiente else []}
    return render(request, "kuska/instancias/confirmar_clave.html", contexto)
