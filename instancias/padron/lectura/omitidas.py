"""What a list had that was not read, in a sentence: nothing disappears in silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .filas import BLANCA, NOTA, SIN_PERSONA, TITULOS, TOTAL


def filas_omitidas(leido: Mapping[str, Any]) -> dict[str, Any] | None:
    """Say how many rows of a list were left out, and a line for each reason with the first of their numbers."""
    motivos: dict[str, list[int]] = leido.get("omitidas", {})
    lineas = []
    for motivo, (cuantas, *primeras) in motivos.items():
        numeros = ", ".join(map(str, primeras)) + (" …" if cuantas > len(primeras) else "")
        lineas.append(_("%(que)s: %(n)d (fila %(numeros)s)") % {"que": _que(motivo), "n": cuantas, "numeros": numeros})
    cuantas = sum(una for una, *_primeras in motivos.values())
    una, varias = "No se leyó %(n)d fila que no es de una persona", "No se leyeron %(n)d filas que no son de personas"
    return {"frase": ngettext(una, varias, cuantas) % {"n": cuantas}, "lineas": lineas} if cuantas else None


def _que(motivo: str) -> str:
    return {
        BLANCA: _("En blanco"),
        TITULOS: _("Títulos repetidos"),
        TOTAL: _("Totales"),
        NOTA: _("Notas y rótulos"),
        SIN_PERSONA: _("Asientos sin persona"),
    }[motivo]
