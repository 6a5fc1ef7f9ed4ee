"""The day that an address asks for: «?al=2026-09-30». Read here, and said in a sentence when it cannot be."""

from __future__ import annotations

import datetime
from contextlib import suppress
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .consultas.ambito import Ambito

FORMAS = ("%Y-%m-%d", "%d/%m/%Y")  # what a date field sends, and what is written where there is none
LARGO = 20


@dataclass(frozen=True)
class DiaPedido:
    """``dia`` is None for today; ``motivo``, why what was asked is not shown."""

    dia: datetime.date | None = None
    motivo: str = ""

    @property
    def problema(self) -> str:
        """The same on a page, which shows today instead."""
        return f"{self.motivo} {_('Estos son los datos de hoy.')}" if self.motivo else ""


def primer_dia(ambito: Ambito) -> datetime.date | None:
    """The day on which the first edition of the scope began: before it there is nothing to count."""
    return min((edicion.inicia for edicion in ambito.ediciones), default=None)


def dia_pedido(texto: str, ambito: Ambito) -> DiaPedido:
    """Read the day of the address."""
    texto = texto.strip()
    if not texto:
        return DiaPedido()
    dia = leer_dia(texto)
    if dia is None:
        frase = _("«%(leido)s» no es una fecha. Escríbala así: 30/09/2026.")
        return DiaPedido(motivo=frase % {"leido": texto[:LARGO]})
    if dia > ambito.hoy:
        frase = _("El %(dia)s todavía no llega: elija un día hasta hoy.")
        return DiaPedido(motivo=frase % {"dia": date_format(dia)})
    primero = primer_dia(ambito)
    if primero and dia < primero:
        frase = _("El %(dia)s es anterior al programa, que empezó el %(primero)s.")
        return DiaPedido(motivo=frase % {"dia": date_format(dia), "primero": date_format(primero)})
    return DiaPedido(dia if dia < ambito.hoy else None)


def leer_dia(texto: str) -> datetime.date | None:
    """Return the day that a field sent, or None."""
    for forma in FORMAS:
        with suppress(ValueError):
            return datetime.datetime.strptime(texto, forma).date()
    return None
