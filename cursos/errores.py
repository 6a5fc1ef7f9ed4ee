from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

if TYPE_CHECKING:
    from .models import Inscripcion


class CursoError(ErrorDeDominio):
    """A rule of the courses was not met."""


def edicion_terminada(inscripcion: Inscripcion) -> CursoError:
    """The last day passed: what arrives now is not taken."""
    dia = date_format(inscripcion.ultimo_dia) if inscripcion.ultimo_dia else ""
    mensaje = _("Este curso terminó el %(dia)s: lo que acaba de hacer no se registró.")
    return CursoError("edicion_terminada", mensaje % {"dia": dia})
