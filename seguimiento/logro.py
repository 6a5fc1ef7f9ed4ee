"""Whether a table reached the bar, and what it lacks. Pure: it asks nothing of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MAXIMO_DE_NOMBRES = 6
CERCA = 3


@dataclass(frozen=True)
class Logro:
    """The required seats of a table, how many are trained, and those that are not: first who preside."""

    exigidos: int
    completos: int
    barra: int
    que_preside: tuple[str, ...] = ()  # those of them that are still to be trained
    demas: tuple[str, ...] = ()

    @property
    def necesarios(self) -> int:
        """The bar in seats, rounded up: seventy per cent of nine is seven."""
        return -(-self.exigidos * self.barra // 100)

    @property
    def llega(self) -> bool:
        return bool(self.exigidos) and self.completos >= self.necesarios and not self.que_preside

    @property
    def cerca(self) -> bool:
        """Whether so few are missing that a list may name them."""
        return not self.llega and max(self.necesarios - self.completos, len(self.que_preside)) <= CERCA

    @property
    def le_falta(self) -> str:
        """«Le falta: Alcaldía y Salud.», or how many among which. Nothing once it reached the bar."""
        if self.llega or not self.exigidos:
            return ""
        otros = max(self.necesarios - self.completos - len(self.que_preside), 0)
        if otros >= len(self.demas):
            return _("Le falta: %(cuales)s.") % {"cuales": _en_lista([*self.que_preside, *self.demas])}
        if not otros:
            return _("Le falta: %(cuales)s.") % {"cuales": _en_lista(self.que_preside)}
        frase = ngettext("%(n)d asiento más entre %(cuales)s", "%(n)d asientos más entre %(cuales)s", otros)
        entre = frase % {"n": otros, "cuales": _en_lista(self.demas)}
        if not self.que_preside:
            return _("Le falta: %(cuales)s.") % {"cuales": entre}
        return _("Le falta: %(preside)s, y %(entre)s.") % {"preside": _en_lista(self.que_preside), "entre": entre}


def _en_lista(nombres: Sequence[str]) -> str:
    """«Salud, PNP y 3 más»."""
    nombres = list(nombres)
    if len(nombres) > MAXIMO_DE_NOMBRES:
        mas = _("%(n)d más") % {"n": len(nombres) - MAXIMO_DE_NOMBRES}
        nombres = [*nombres[:MAXIMO_DE_NOMBRES], mas]
    return get_text_list(nombres, _("y"))
