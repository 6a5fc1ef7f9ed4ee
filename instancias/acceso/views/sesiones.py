"""One's own open sessions: closing one, or all but this one. They are listed in «Mi cuenta»."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ...politica import se_sabe_del_personal
from ..guardas import pedir_entrada
from ..services.sesiones import cerrar_sesiones


@require_POST
def cerrar(request: HttpRequest) -> HttpResponse:
    """Close the session that the button names, or the others. Who has none to see gets an absent page."""
    if not request.user.is_authenticated:
        return pedir_entrada(request)
    if not se_sabe_del_personal(request.user):
        raise Http404
    cual = request.POST.get("cual", "")
    numero = int(cual) if cual.isascii() and cual.isdigit() and len(cual) < 18 else None
    cuantas = 0
    if numero is not None or cual == "otras":
        cuantas = cerrar_sesiones(request.user, esta=request.session.session_key, cual=numero)
    if cuantas:
        dicho = ngettext("Cerramos esa sesión.", "Cerramos %(n)d sesiones.", cuantas) % {"n": cuantas}
        messages.success(request, dicho)
    else:
        messages.info(request, _("Esa sesión ya estaba cerrada."))
    return redirect("kuska_instancias:mi_cuenta")
