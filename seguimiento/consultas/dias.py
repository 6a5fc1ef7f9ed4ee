"""Who counts a day, or a week, of many people, and how far they are: the long work that somebody asked for."""

from __future__ import annotations

import datetime
from dataclasses import fields
from typing import Any

from django.db.models import Q
from django.utils.translation import ngettext

from instancias.consultas.trabajos import ABIERTOS
from instancias.models import Trabajo

from .ambito import Ambito
from .semana import Plazo, Semana

DIA, SEMANA = "seguimiento.dia", "seguimiento.semana"


def forma_de(*clases: type) -> list[str]:
    """How what is kept of a work is written: another edition of the house, with other fields, asks for its own."""
    return [f"{clase.__name__}.{campo.name}" for clase in clases for campo in fields(clase)]


def pedido_del_dia(ambito: Ambito) -> dict[str, Any]:
    """The same for whoever looks at the same day, edition and place."""
    return {"edicion": ambito.edicion_id, "dia": ambito.dia.isoformat(), "territorio": ambito.territorio}


def trabajo_del_dia(ambito: Ambito, cuenta: Any, *, ahora: datetime.datetime) -> Trabajo | None:
    """The one under way, of anybody with the same scope; else the last one of the account, while it lasts."""
    return _el_trabajo(DIA, pedido_del_dia(ambito), ambito, Q(estado__in=ABIERTOS) | Q(cuenta=cuenta), ahora)


def pedido_de_la_semana(ambito: Ambito) -> dict[str, Any]:
    """``ambito``: that of the week (``semana.ambito_de_la_semana``)."""
    return {"edicion": ambito.edicion_id, "hasta": ambito.dia.isoformat(), "forma": forma_de(Semana, Plazo)}


def trabajo_de_la_semana(ambito: Ambito, cuenta: Any, *, ahora: datetime.datetime) -> Trabajo | None:
    """The same of a week, and what was counted for anybody with the same scope."""
    de_todos = Q(estado__in=[*ABIERTOS, Trabajo.Estado.LISTO]) | Q(cuenta=cuenta)
    return _el_trabajo(SEMANA, pedido_de_la_semana(ambito), ambito, de_todos, ahora)


def leer_semana(trabajo: Trabajo) -> Semana:
    """What was counted, as it was written."""
    dia, leido = datetime.date.fromisoformat, dict(trabajo.resultado)
    plazos = tuple(Plazo(dia(uno["dia"]), uno["lugar"]) for uno in leido.pop("plazos"))
    return Semana(**{**leido, "desde": dia(leido["desde"]), "hasta": dia(leido["hasta"])}, plazos=plazos)


def _el_trabajo(clase: str, pedido: Any, ambito: Ambito, suyos: Q, ahora: datetime.datetime) -> Trabajo | None:
    iguales = Trabajo.objects.filter(clase=clase, pedido=pedido, ambito=list(ambito.prefijos), vence_en__gt=ahora)
    todos = list(iguales.filter(suyos).order_by("-pk")[:20])
    return next((uno for uno in todos if uno.en_curso), todos[0] if todos else None)


def cuantas_provincias(contadas: int, total: int) -> str:
    """How far it is, in words."""
    frase = ngettext("%(contadas)s de %(total)s provincia", "%(contadas)s de %(total)s provincias", total)
    return frase % {"contadas": contadas, "total": total}
