"""Sparklines: twelve weeks as a line of at most 400 bytes, and the words that say the same."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

PASO = 10
ALTO = 24


def dibujar(semanas: Sequence[int], *, maximo: int | None = None) -> SafeString:
    """Return the inline SVG. ``maximo`` keeps one scale for a whole column."""
    tope = max(maximo or 0, *semanas, 1)
    puntos = " ".join(
        f"{lugar * PASO},{ALTO - 1 - cuenta * (ALTO - 2) // tope}" for lugar, cuenta in enumerate(semanas)
    )
    return format_html(
        '<svg class="k-chispa" viewBox="0 0 {} {}" preserveAspectRatio="xMinYMid" aria-hidden="true" focusable="false">'
        '<polyline points="{}"/></svg>',
        (len(semanas) - 1) * PASO,
        ALTO,
        puntos,
    )


def contar(semanas: Sequence[int]) -> str:
    """Say it in words: «de 2 a 9 por semana»."""
    if not any(semanas):
        return _("sin actividad en %(n)d semanas") % {"n": len(semanas)}
    if min(semanas) == max(semanas):
        return _("%(n)d por semana") % {"n": max(semanas)}
    return _("de %(menos)d a %(mas)d por semana") % {"menos": min(semanas), "mas": max(semanas)}
