"""The certificate of a table, in one button."""

from __future__ import annotations

from django.contrib import messages as avisos
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from instancias.acceso.guardas import personal_requerido
from marco.errores import ErrorDeDominio

from ..services.instancias import certificar_instancia
from .comun import ambito_de, consulta_de, en_el_lugar, exigir_en_alcance


@require_POST
@personal_requerido(gestiona=True)
def certificar(request: HttpRequest, ubigeo: str) -> HttpResponse:
    """Certify the table as it is today; where it did not reach the bar, the page of the district says what it lacks."""
    exigir_en_alcance(request.alcance, ubigeo)
    ambito = en_el_lugar(ambito_de(request), ubigeo)
    try:
        documento, nuevo = certificar_instancia(ambito=ambito, por=request.user)
    except ErrorDeDominio as error:
        avisos.error(request, error.mensaje)
        consulta = consulta_de(ambito)
        return redirect(reverse("kuska_seguimiento:distrito", args=[ubigeo]) + (f"?{consulta}" if consulta else ""))
    if nuevo:
        avisos.success(request, _("Instancia certificada. Descargue el documento para ponerlo en la pared."))
    return redirect("kuska_seguimiento:documento", pk=documento.pk)
