"""The summary of a week in words: neutral, without names, and with no count of fewer than five people."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marco.grupos import MINIMO

from .consultas.semana import Plazo, Semana
from .mensajes import Mensaje, preparar


def mensaje_de(semana: Semana) -> Mensaje:
    """The text ready to send by hand, to whoever one chooses."""
    return preparar(texto_de(semana))


def texto_de(semana: Semana) -> str:
    lineas = [
        _("Resumen de la semana del %(desde)s al %(hasta)s: %(lugar)s.")
        % {"desde": _dia(semana.desde), "hasta": _dia(semana.hasta), "lugar": semana.lugar},
        _terminaron(semana.terminaron),
        _("Asientos sin persona: %(n)d de %(m)d.") % {"n": semana.sin_persona, "m": semana.asientos},
        *(_plazo(uno) for uno in semana.plazos),
        _por_recordar(semana),
    ]
    return "\n".join(lineas)


def _terminaron(cuantas: int) -> str:
    if cuantas < MINIMO:
        return _("Terminaron esta semana: menos de %(n)d integrantes.") % {"n": MINIMO}
    return ngettext("Terminó esta semana %(n)d integrante.", "Terminaron esta semana %(n)d integrantes.", cuantas) % {
        "n": cuantas
    }


def _plazo(plazo: Plazo) -> str:
    if plazo.lugar:
        return _("Último día en %(lugar)s: %(dia)s.") % {"lugar": plazo.lugar, "dia": _dia(plazo.dia)}
    return _("Último día de la capacitación: %(dia)s.") % {"dia": _dia(plazo.dia)}


def _por_recordar(semana: Semana) -> str:
    if not semana.por_recordar:
        return _("Nadie está esperando un aviso.")
    direccion = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("kuska_seguimiento:recordar")
    return _("A quién recordar (pide su clave): %(direccion)s") % {"direccion": direccion}


def _dia(dia: datetime.date) -> str:
    return date_format(dia, r"j \d\e F")
