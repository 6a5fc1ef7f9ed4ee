"""Who counts a day of many people, and how far they are: the long work that somebody asked for."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import ngettext

from instancias.consultas.trabajos import ABIERTOS
from instancias.models import Trabajo

from .ambito import Ambito

DIA = "seguimiento.dia"


def pedido_del_dia(ambito: Ambito) -> dict[str, Any]:
    """The same for whoever looks at the same day, edition and place."""
    return {"edicion": ambito.edicion_id, "dia": ambito.dia.isoformat(), "territorio": ambito.territorio}


def trabajo_del_dia(ambito: Ambito, cuenta: Any, *, ahora: datetime.datetime) -> Trabajo | None:
    """The one under way, of anybody with the same scope; else the last one of the account, while it lasts."""
    de_este_dia = Trabajo.objects.filter(
        clase=DIA, pedido=pedido_del_dia(ambito), ambito=list(ambito.prefijos), vence_en__gt=ahora
    )
    suyos = de_este_dia.filter(Q(estado__in=ABIERTOS) | Q(cuenta=cuenta))
    todos = list(suyos.order_by("-pk")[:20])
    return next((uno for uno in todos if uno.en_curso), todos[0] if todos else None)


def cuantas_provincias(contadas: int, total: int) -> str:
    """How far it is, in words."""
    frase = ngettext("%(contadas)s de %(total)s provincia", "%(contadas)s de %(total)s provincias", total)
    return frase % {"contadas": contadas, "total": total}
