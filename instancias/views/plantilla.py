"""The sheet to fill, of the tables that somebody chooses."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import rastro
from ..acceso.confirmar import clave_reciente
from ..acceso.guardas import personal_requerido
from ..consultas.relevo import asientos_del_relevo, filas_del_relevo
from ..forms_relevo import ElegirRelevoForm
from ..models import Membresia
from .revision import XLSX

LARGO = 2000  # rows of a sheet that somebody waits for


@personal_requerido
@require_safe
@clave_reciente
def descargar(request: HttpRequest) -> HttpResponse:
    """With who holds each seat today; with a day, without them and with the day of those who come."""
    hoy = timezone.localdate()
    elegir = ElegirRelevoForm(request.GET, alcance=request.alcance)
    elegir.is_valid()
    elegido = elegir.cleaned_data
    desde = elegido.get("desde")
    asientos = asientos_del_relevo(request.alcance, tipos=elegido.get("tipo") or (), lugares=elegido.get("lugar") or ())
    calidades = elegido.get("calidad") or Membresia.Calidad.values
    if (cuantas := asientos.count() * len(calidades)) > LARGO:
        frase = _("Esa hoja tendría %(n)d filas. Bájela por partes: en la página de cada distrito está la suya.")
        messages.error(request, frase % {"n": cuantas})
        return redirect("kuska_instancias:padron_importar")
    filas = filas_del_relevo(list(asientos), desde=desde or hoy, hoy=hoy, calidades=calidades)
    if not desde:
        de_hoy = [fila.de_hoy.persona_id for fila in filas if fila.de_hoy]
        rastro.se_saco(request, de_hoy, detalle="integrantes")
    from ..padron.plantilla import plantilla  # five megabytes of openpyxl, for who asks for it

    nombre = "relevo" if desde else "integrantes"
    return HttpResponse(
        plantilla(filas, desde=desde),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{nombre}.xlsx"', "Cache-Control": "no-store"},
    )
