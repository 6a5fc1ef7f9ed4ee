"""The reason that staff writes for an act that stays: one rule for every act."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .lineas import linea_limpia

LARGO_DEL_MOTIVO = 200


def leer_motivo(texto: str, *, falta: str, error: Callable[[str, str], Exception]) -> str:
    """Return a reason as it is kept: a line of up to ``LARGO_DEL_MOTIVO`` letters.

    ``falta`` is the sentence for whoever wrote none; ``error`` makes the exception of the room from a code and a
    sentence: ``sin_motivo`` (none, or too long) and ``mal_escrito``.
    """
    try:
        motivo = linea_limpia(texto)
    except ValidationError as mal:
        raise error("mal_escrito", mal.messages[0]) from mal
    if not motivo:
        raise error("sin_motivo", falta)
    if len(motivo) > LARGO_DEL_MOTIVO:
        mensaje = _("El motivo es muy largo: tiene %(hay)d letras. Escriba hasta %(n)d.")
        raise error("sin_motivo", mensaje % {"hay": len(motivo), "n": LARGO_DEL_MOTIVO})
    return motivo
