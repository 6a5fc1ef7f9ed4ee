"""The door of what phones send by themselves: a lot of packets of one person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from instancias.acceso.guardas import integrante_requerido
from marco.cabeceras import sin_guardar
from marco.respaldo.al_dia import copiado_hasta
from marco.respaldo.vuelta import ultima_vuelta

from .. import paquetes as clases
from ..services.paquetes import Recibido, recibir

A_LA_VEZ = 60
BYTES = 400_000
SIN_NOMBRE = timedelta(days=2)  # as long as a phone keeps what it sent: of a copy whose hour nobody knows


@csrf_exempt
@sin_guardar
@require_http_methods(["GET", "POST"])
@integrante_requerido
def paquetes(request: HttpRequest) -> HttpResponse:
    """Receive packets and say what became of each one. Sent again, it says the same.

    Asked by GET, it says until when what was received is in a copy, and since when it is not any more: a phone keeps
    what it sent for that long (``kuska/sw/confirmado.js``). Hours are seconds of Unix, of the server.

    A page that waited for days carries an old token. In its place each lot carries the mark of its person, that no
    other site knows nor can send: it is one that their pages are told today, or it stays on the phone.
    """
    if request.method == "GET":
        return JsonResponse(_lo_que_queda())
    cuerpo = _leer(request)
    if cuerpo is None:
        return JsonResponse({"codigo": "ilegible", "mensaje": _("No pudimos leer lo que envió.")}, status=400)
    if cuerpo["marca"] not in request.celular["marcas"].split():
        return JsonResponse({"codigo": "otra_persona"}, status=409)
    crudos = cuerpo["paquetes"][:A_LA_VEZ]
    llegados = [uno for crudo in crudos if (uno := clases.leer(crudo)) is not None]
    ahora = timezone.now()
    recibidos = recibir(persona=request.persona, llegados=llegados, ahora=ahora) if llegados else []
    horas = {cuando: _hora(cuando) for cuando in {ahora, *(uno.recibido_en for uno in recibidos)}}
    dichos = [_dicho(uno, horas) for uno in recibidos]
    return JsonResponse({"hora": horas[ahora], "en": int(ahora.timestamp()), "recibidos": dichos})


def _lo_que_queda() -> dict[str, Any]:
    hasta, vuelta = copiado_hasta(), ultima_vuelta()
    volvio = vuelta and [int((vuelta.de or vuelta.en - SIN_NOMBRE).timestamp()), int(vuelta.en.timestamp()) + 1]
    return {"hasta": int(hasta.timestamp()) if hasta else 0, "volvio": volvio}


def _leer(request: HttpRequest) -> dict[str, Any] | None:
    if request.content_type != "application/json" or len(request.body) > BYTES:
        return None
    try:
        cuerpo = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    legible = isinstance(cuerpo, dict) and isinstance(cuerpo.get("paquetes"), list)
    return cuerpo if legible and isinstance(cuerpo.get("marca"), str) else None


def _hora(cuando: Any) -> str:
    return time_format(timezone.localtime(cuando), "TIME_FORMAT")


def _dicho(uno: Recibido, horas: Mapping[datetime, str]) -> dict[str, Any]:
    return {
        "id": str(uno.identificador),
        "aplicado": uno.hecho.aplicado,
        "hora": horas[uno.recibido_en],
        "mensaje": uno.hecho.mensaje,
        "sigue": uno.hecho.sigue,
        "ver": uno.hecho.ver,
    }
