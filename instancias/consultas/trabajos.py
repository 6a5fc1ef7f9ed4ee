"""Long works as pages find them: those of an account, and how those of everybody are."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Trabajo
from ..models.trabajo import SIN_NADIE, SIN_SENALES
from ..politica import AlcanceEfectivo

Estado = Trabajo.Estado
ABIERTOS = (Estado.PEDIDO, Estado.HACIENDO)
EN_LA_LISTA = 20


def trabajos_de(
    cuenta: Any, alcance: AlcanceEfectivo, *, ahora: datetime.datetime, clases: tuple[str, ...] = ()
) -> list[Trabajo]:
    """What an account asked for, still answers for and has not expired, the last one first."""
    suyos = Trabajo.objects.filter(cuenta=cuenta, vence_en__gt=ahora)
    ultimos = suyos.filter(clase__in=clases) if clases else suyos
    return [uno for uno in ultimos if alcance.cubre_todo(uno.ambito)][:EN_LA_LISTA]


def trabajo_de(cuenta: Any, alcance: AlcanceEfectivo, clave: UUID, *, ahora: datetime.datetime) -> Trabajo | None:
    """Only its own, while it lasts and the account still answers for every place that it speaks of."""
    trabajo = Trabajo.objects.filter(clave=clave, cuenta=cuenta, vence_en__gt=ahora).first()
    if trabajo is None or not alcance.cubre_todo(trabajo.ambito):
        return None
    return trabajo


def por_seguir(*, ahora: datetime.datetime) -> list[int]:
    """Those that were left behind: by a queue out of reach, or by a worker that fell."""
    caidos = Q(turno="", latido_en__lte=ahora - SIN_NADIE) | Q(latido_en__lte=ahora - SIN_SENALES)
    return list(Trabajo.objects.filter(caidos, estado__in=ABIERTOS).order_by("pk").values_list("pk", flat=True))


def sin_terminar(*, ahora: datetime.datetime) -> list[Trabajo]:
    """For who administers: what is under way, and what could not be done and has not expired. Nobody is named."""
    estados = (*ABIERTOS, Estado.FALLIDO)
    return list(Trabajo.objects.filter(estado__in=estados, vence_en__gt=ahora)[:EN_LA_LISTA])
