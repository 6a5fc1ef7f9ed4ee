"""The requests about data that an account answers for, and how much of their term is left."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marco.feriados import habiles_entre, sumar_habiles
from marco.models import DiaNoLaborable

from ..models import Membresia, PedidoDeDatos, Persona
from ..politica import AlcanceEfectivo

POCOS_DIAS = 3  # working days
SE_DICE = datetime.timedelta(days=30)  # how long an answer is news


@dataclass(frozen=True)
class Plazo:
    """What is left of a term, in words: with its shape, not only its colour."""

    quedan: int

    @property
    def clase(self) -> str:
        if self.quedan < 0:
            return "error"
        return "aviso" if self.quedan <= POCOS_DIAS else ""

    def __str__(self) -> str:
        if self.quedan < 0:
            frase = ngettext("Venció hace %(n)d día hábil", "Venció hace %(n)d días hábiles", -self.quedan)
            return frase % {"n": -self.quedan}
        if self.quedan == 0:
            return _("Vence hoy")
        frase = ngettext("Queda %(n)d día hábil", "Quedan %(n)d días hábiles", self.quedan)
        return frase % {"n": self.quedan}


def con_plazo(pedidos: list[PedidoDeDatos], *, hoy: datetime.date) -> list[PedidoDeDatos]:
    """Say of each one that waits how much is left. One statement for all."""
    otros = DiaNoLaborable.dias()
    for pedido in pedidos:
        plazo = Plazo(habiles_entre(hoy, pedido.vence_el, otros=otros)) if pedido.por_responder else None
        pedido.plazo = plazo  # type: ignore[attr-defined]
    return pedidos


def listar(alcance: AlcanceEfectivo, *, respondidos: bool) -> QuerySet[PedidoDeDatos]:
    pedidos = alcance.pedidos_de_datos().select_related("persona")
    esperan = Q(estado=PedidoDeDatos.Estado.RECIBIDO)
    return pedidos.exclude(esperan).order_by("-respondido_en", "-pk") if respondidos else pedidos.filter(esperan)


@dataclass(frozen=True)
class PorResponder:
    """How many wait in a scope, and of how many the term is over or about to be: what the panel says."""

    cuantos: int
    por_vencer: int
    vencidos: int


def por_responder(alcance: AlcanceEfectivo, *, hoy: datetime.date, cuenta: Any = None) -> PorResponder:
    """One statement; none, when the account in use brought that no term of the site is near.

    Nearness is told by the holidays of every year alone.
    """
    pronto = sumar_habiles(hoy, POCOS_DIAS)
    if cuenta is not None and hasattr(cuenta, "primer_pedido_vence_el"):
        primero = cuenta.primer_pedido_vence_el
        if primero is None or primero > pronto:
            return PorResponder(0, 0, 0)
    esperan = alcance.pedidos_de_datos().filter(estado=PedidoDeDatos.Estado.RECIBIDO).order_by()
    cuentas = esperan.aggregate(
        cuantos=Count("pk"),
        por_vencer=Count("pk", filter=Q(vence_el__gte=hoy, vence_el__lte=pronto)),
        vencidos=Count("pk", filter=Q(vence_el__lt=hoy)),
    )
    return PorResponder(**cuentas)


def de(persona: Persona) -> list[PedidoDeDatos]:
    """What a person asked, the latest first, with what was answered. Two statements."""
    return list(persona.pedidos_de_datos.prefetch_related("actos").order_by("-recibido_en", "-pk"))


def respuesta_a_la_persona(persona: str = "persona") -> dict[str, Subquery]:
    """When staff last answered a request of somebody, as an annotation of any row that names them.

    What the person took back was not answered.
    """
    estados = [PedidoDeDatos.Estado.ATENDIDO, PedidoDeDatos.Estado.NO_PROCEDE]
    respondidos = PedidoDeDatos.objects.filter(estado__in=estados, persona=OuterRef(persona))
    return {"pedido_respondido_en": Subquery(respondidos.order_by("-respondido_en").values("respondido_en")[:1])}


def respondido_hace_poco(respondido_en: datetime.datetime | None, *, ahora: datetime.datetime) -> bool:
    return respondido_en is not None and respondido_en >= ahora - SE_DICE


def lo_que_pasara(persona: Persona, *, hoy: datetime.date) -> dict[str, int]:
    """What taking the data of a person away would reach: told before it is done."""
    return {
        "asientos": Membresia.objects.sin_terminar(hoy).filter(persona=persona).count(),
        "certificados": persona.certificados.count() if hasattr(persona, "certificados") else 0,
        "cursos": persona.inscripciones.count() if hasattr(persona, "inscripciones") else 0,
    }
