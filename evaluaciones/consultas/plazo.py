"""Until when an attempt may be answered: its own deadline or the last day of its person, whichever comes first."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cursos.models import Inscripcion
from cursos.querysets import ya_termino

from .. import reglas
from ..models import Intento


def fin_del_dia(dia: datetime.date) -> datetime.datetime:
    """Return the last instant of a day, in the local time that people read."""
    return timezone.make_aware(datetime.datetime.combine(dia, datetime.time.max), timezone.get_default_timezone())


def fin_de(vence_en: datetime.datetime | None, inscripcion: Inscripcion, clase: str = "") -> datetime.datetime | None:
    """Return the earlier of a deadline and the last day of an enrolment, when there is any.

    What is asked months after finishing outlives the edition: only its own deadline ends it.
    """
    con_edicion = inscripcion.ultimo_dia and clase != reglas.APLICACION
    ultimo = fin_del_dia(inscripcion.ultimo_dia) if con_edicion and inscripcion.ultimo_dia else None
    return min((fin for fin in (vence_en, ultimo) if fin is not None), default=None)


def cierra_en(intento: Intento) -> datetime.datetime | None:
    """Return until when it may be answered, if there is an end. ``intento.inscripcion.edicion`` is loaded."""
    return fin_de(intento.vence_en, intento.inscripcion, intento.reglas.clase)


def vencido(intento: Intento, ahora: datetime.datetime) -> bool:
    """Whether what arrives now for an attempt is too late, the grace already counted."""
    return reglas.fuera_de_plazo(cierra_en(intento), ahora)


def vencidos(ahora: datetime.datetime) -> Q:
    """Attempts in progress whose time passed, as ``vencido`` says it, of people who are still in the course."""
    corte = ahora - reglas.GRACIA
    ayer = timezone.localdate(corte, timezone.get_default_timezone())
    return Q(estado=Intento.Estado.EN_CURSO, inscripcion__retirada_en__isnull=True) & (
        Q(vence_en__lt=corte) | (ya_termino(ayer, "inscripcion__") & ~Q(unidad__variante=reglas.APLICACION))
    )


def aviso_de_plazo(intento: Intento) -> str:
    """Say when the time ended and what became of the answers."""
    fin = intento.enviado_en if intento.cierre else cierra_en(intento)
    dia = date_format(timezone.localtime(fin)) if fin else ""
    return _("El plazo terminó el %(dia)s. Contamos las respuestas que llegaron hasta ese día.") % {"dia": dia}
