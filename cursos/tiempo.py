"""How long a course takes on the screen: measured in seconds, and rounded once, when it is told.

A course is the sum of what its units take, not of what their rows say: fifty lessons of six minutes, each told as ten,
were ten hours that nobody spends.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from .blocks import SEGUNDOS_POR_PREGUNTA, contar_palabras, segundos_de_audio, segundos_de_pensar

PALABRAS_POR_MINUTO = 120
SEGUNDOS_POR_MINUTO = 60
MEDIA_HORA = 30 * SEGUNDOS_POR_MINUTO
POCOS_MINUTOS = 10
TRAMO = 5


def segundos_de_pasos(pasos: Iterable[dict]) -> int:
    """Return what these steps take: reading, listening, and thinking each case over."""
    pasos = list(pasos)
    leer = contar_palabras(pasos) * SEGUNDOS_POR_MINUTO / PALABRAS_POR_MINUTO
    return round(leer) + segundos_de_audio(pasos) + segundos_de_pensar(pasos)


def segundos_de_preguntas(cuantas: int) -> int:
    """Return what it takes to answer once."""
    return cuantas * SEGUNDOS_POR_PREGUNTA


def segundos_que_quedan(segundos: int, *, pasos: int, paso: int) -> int:
    """Return what is left of a unit to whoever goes on at this step, its steps being of a size."""
    return round(segundos * (pasos - paso + 1) / pasos) if 1 < paso <= pasos else segundos


def minutos(segundos: int) -> int:
    """Return whole minutes, for a row: the nearest, and never none."""
    return max(1, round(segundos / SEGUNDOS_POR_MINUTO))


def en_palabras(segundos: int) -> str:
    """«un minuto», «unos 45 minutos», «una hora y media», «unas 7 horas»: as exact as a measure like this can be."""
    if segundos > 55 * SEGUNDOS_POR_MINUTO:
        return _en_horas(*divmod(max(2, round(segundos / MEDIA_HORA)), 2))
    justos = minutos(segundos)
    if justos >= POCOS_MINUTOS:
        justos = round(justos / TRAMO) * TRAMO
    return _("un minuto") if justos == 1 else _("unos %(n)d minutos") % {"n": justos}


def _en_horas(horas: int, media: int) -> str:
    if horas == 1:
        return _("una hora y media") if media else _("una hora")
    return (_("unas %(n)d horas y media") if media else _("unas %(n)d horas")) % {"n": horas}
