"""How long a course takes on the screen: measured in seconds, and rounded once, when it is told.

A course is the sum of what its units take, not of what their rows say: fifty lessons of six minutes, each told as ten,
were ten hours that nobody spends.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from django.utils.translation import gettext as _

from .blocks import SEGUNDOS_POR_PREGUNTA, contar_palabras, segundos_de_audio, segundos_de_pensar

PALABRAS_POR_MINUTO = 120
SEGUNDOS_POR_MINUTO = 60
MEDIA_HORA = 30 * SEGUNDOS_POR_MINUTO
POCOS_MINUTOS = 10
TRAMO = 5
BASTANTES = 10  # people: fewer are some, and not what it takes
CAMBIO = 0.2  # of what a lesson says: past it, what was measured is of another lesson


def segundos_de_pasos(pasos: Iterable[dict]) -> int:
    """Return what these steps take: reading, listening, and thinking each case over."""
    pasos = list(pasos)
    leer = contar_palabras(pasos) * SEGUNDOS_POR_MINUTO / PALABRAS_POR_MINUTO
    return round(leer) + segundos_de_audio(pasos) + segundos_de_pensar(pasos)


def segundos_de_preguntas(cuantas: int) -> int:
    """Return what it takes to answer once."""
    return cuantas * SEGUNDOS_POR_PREGUNTA


def lo_que_toma(tomaron: Iterable[float], *, previstos: int) -> int | None:
    """Return what most people take, in whole minutes, once ten have done it in one sitting; nothing before.

    A row written by a hand, or read with a phone left aside, is no measure: less than half a minute, or more than four
    times what its words take.
    """
    tope = max(4 * previstos, POCOS_MINUTOS * SEGUNDOS_POR_MINUTO)
    de_una_vez = [uno for uno in tomaron if SEGUNDOS_POR_MINUTO / 2 <= uno <= tope]
    return minutos(round(median(de_una_vez))) * SEGUNDOS_POR_MINUTO if len(de_una_vez) >= BASTANTES else None


def es_otra(antes: int, ahora: int) -> bool:
    """Whether what is measured of its words changed so much that what people took says nothing any more."""
    return bool(antes) and abs(ahora - antes) > CAMBIO * antes


def segundos_que_quedan(segundos: int, *, pasos: int, paso: int) -> int:
    """Return what is left of a unit to whoever goes on at this step, its steps being of a size."""
    return round(segundos * (pasos - paso + 1) / pasos) if 1 < paso <= pasos else segundos


def minutos(segundos: int) -> int:
    """Return whole minutes: the nearest, and never none."""
    return max(1, round(segundos / SEGUNDOS_POR_MINUTO))


def minutos_dichos(segundos: int) -> int:
    """Return the minutes that people are told, in a row or in a sentence: from ten on, in fives."""
    justos = minutos(segundos)
    return justos if justos < POCOS_MINUTOS else round(justos / TRAMO) * TRAMO


def en_palabras(segundos: int) -> str:
    """«un minuto», «unos 45 minutos», «una hora y media», «unas 7 horas»: as exact as a measure like this can be."""
    if segundos > 55 * SEGUNDOS_POR_MINUTO:
        return _en_horas(*divmod(max(2, round(segundos / MEDIA_HORA)), 2))
    dichos = minutos_dichos(segundos)
    return _("un minuto") if dichos == 1 else _("unos %(n)d minutos") % {"n": dichos}


def _en_horas(horas: int, media: int) -> str:
    if horas == 1:
        return _("una hora y media") if media else _("una hora")
    return (_("unas %(n)d horas y media") if media else _("unas %(n)d horas")) % {"n": horas}
