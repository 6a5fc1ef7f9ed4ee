"""A seat through the years: people rotate, and what it was trained stays told."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from instancias import rastro
from instancias.acceso.guardas import personal_requerido
from marco.numeros import MAYOR

from ..consultas.asiento import asiento_de, capacitado, historia
from ..consultas.cierres import cierres_de_un_asiento


@require_safe
@personal_requerido
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    asiento = asiento_de(request.alcance, pk) if pk <= MAYOR else None
    if asiento is None:
        raise Http404
    turnos = list(historia(asiento))
    rastro.se_vio(request, [turno.persona_id for turno in turnos])
    hoy = timezone.localdate()
    contexto = {
        "seccion": "panel",
        "asiento": asiento,
        "turnos": [(turno, turno.vigente_el(hoy)) for turno in turnos],
        "capacitado": capacitado(turnos, hoy=hoy),
        "cierres": cierres_de_un_asiento(request.alcance, asiento),
    }
    return render(request, "kuska/seguimiento/asiento.html", contexto)
