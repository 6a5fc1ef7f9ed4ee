"""Which copies are kept, and when another one is due: rules that ask nothing of anybody."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

DIARIAS, SEMANALES, MENSUALES = 7, 5, 12
A_LAS = datetime.time(3, 10)
OTRA_VEZ = datetime.timedelta(hours=3)
SEGUIDAS = 3
# What is lost at most when the database is: on one machine, and on a server (docs/confiabilidad.md).
PROMESA = {"sqlite": datetime.timedelta(minutes=15), "postgresql": datetime.timedelta(minutes=5)}
CADA = {"sqlite": 10, "postgresql": 3}  # minutes, so that with what one takes the promise is kept
MEDIA_VUELTA = datetime.timedelta(seconds=30)
DESCANSO = 20  # times what the last one took: no more than a twentieth of a processor goes to them


@dataclass(frozen=True, order=True)
class Hecha:
    """A copy: when it was made, how it is called, and whether it was restored and compared."""

    en: datetime.datetime
    nombre: str
    comprobada: bool = False


def las_que_se_guardan(
    hechas: Iterable[Hecha], *, diarias: int = DIARIAS, semanales: int = SEMANALES, mensuales: int = MENSUALES
) -> set[str]:
    """The last of each of the last days, weeks and months that have one; and always the last and the last that is good.

    Days without a copy use up no place: after a month turned off, what there was is still there.
    """
    todas = sorted(hechas)
    quedan = {todas[-1].nombre} if todas else set()
    quedan |= {una.nombre for una in [una for una in todas if una.comprobada][-1:]}
    for cuantas, periodo in ((diarias, _dia), (semanales, _semana), (mensuales, _mes)):
        ultimas = {periodo(una.en): una.nombre for una in todas}
        recientes = sorted(ultimas)[-cuantas:] if cuantas else []
        quedan |= {ultimas[uno] for uno in recientes}
    return quedan


Periodo = Callable[[datetime.datetime], tuple[int, ...]]


def _dia(en: datetime.datetime) -> tuple[int, ...]:
    return (en.toordinal(),)


def _semana(en: datetime.datetime) -> tuple[int, ...]:
    return tuple(en.isocalendar()[:2])


def _mes(en: datetime.datetime) -> tuple[int, ...]:
    return en.year, en.month


def toca(
    ultima: datetime.datetime | None, *, ahora: datetime.datetime, intento: datetime.datetime | None = None
) -> bool:
    """Whether a copy is due: there is none since the last time that it was ten past three in the morning.

    Times are of the place. A machine that is turned off at night makes its copy when it is turned on. One that could
    not be made is tried again some hours after ``intento``.
    """
    if intento is not None and ahora - intento < OTRA_VEZ:
        return False
    hoy = ahora.replace(hour=A_LAS.hour, minute=A_LAS.minute, second=0, microsecond=0)
    ultima_hora = hoy if ahora >= hoy else hoy - datetime.timedelta(days=1)
    return ultima is None or ultima < ultima_hora


def toca_seguida(intento: datetime.datetime | None, *, segundos: float, cada: int, ahora: datetime.datetime) -> bool:
    """Whether a copy between nights is due: ``cada`` minutes after the last one was tried; 0, never.

    ``segundos``: what the last one took. A large database is copied less often, and the screen says so. Who asks looks
    once a minute: one that is due before half of the next one has gone by begins now.
    """
    if cada <= 0:
        return False
    return intento is None or ahora + MEDIA_VUELTA - intento >= cada_cuanto(segundos=segundos, cada=cada)


def cada_cuanto(*, segundos: float, cada: int) -> datetime.timedelta:
    return max(datetime.timedelta(minutes=cada), datetime.timedelta(seconds=DESCANSO * segundos))


def seguidas_que_sobran(nombres: list[str]) -> list[str]:
    """Of the copies between nights, the oldest first, those that are not kept."""
    return nombres[:-SEGUIDAS]
