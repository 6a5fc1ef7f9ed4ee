"""The work on a long list, told to whoever waits for it: stop it, go on with it. Its page is that of the review."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marco.errores import ErrorDeDominio

from ..acceso.guardas import personal_requerido
from ..models import ImportacionDePadron
from ..padron.trabajo import trabajo
from ..tasks import pedir_lista
from .revision import de_su_ambito

DESHECHA = ImportacionDePadron.Estado.DESHECHA


@personal_requerido
@require_POST
def detener(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop after the lot under way."""
    importacion = de_su_ambito(request, pk)
    fase = importacion.fase
    try:
        parada = trabajo.detener(importacion_id=pk, alcance=request.alcance, ahora=timezone.now())
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    else:
        if fase == ImportacionDePadron.Fase.GUARDAR:
            messages.warning(request, _("Se detuvo. Lo que ya se guardó queda guardado; el resto espera aquí."))
        elif fase == ImportacionDePadron.Fase.DESHACER and not parada.fase and parada.estado != DESHECHA:
            messages.success(request, _("No se deshizo nada: la lista sigue guardada."))
    return redirect("kuska_instancias:padron_revisar", pk=pk)


@personal_requerido
@require_POST
def seguir(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with what was stopped; and if nobody does the work, do a part of it in this very request."""
    importacion = de_su_ambito(request, pk)
    try:
        if importacion.detenida:
            trabajo.seguir(importacion_id=pk, alcance=request.alcance, por=request.user, ahora=timezone.now())
            pedir_lista(pk)
        elif trabajo.sin_nadie(importacion, timezone.now()):
            trabajo.avanzar(importacion_id=pk, segundos=trabajo.SEGUNDOS_EN_LA_PAGINA)
    except ErrorDeDominio as error:
        messages.error(request, error.mensaje)
    return redirect("kuska_instancias:padron_revisar", pk=pk)
