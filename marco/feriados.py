"""Working days of Peru: holidays with the norm that made each one, the movable ones computed, and those of a site."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dateutil.easter import easter

UN_DIA = datetime.timedelta(days=1)
DE_BASE = "Decreto Legislativo 713, art. 6"


@dataclass(frozen=True)
class Feriado:
    """A holiday of every year: a day and a month, or so many days from Easter Sunday. ``desde``: its first year."""

    nombre: str
    norma: str
    mes: int = 0
    dia: int = 0
    de_pascua: int = 0
    desde: int = 0

    def en(self, anio: int) -> datetime.date:
        return datetime.date(anio, self.mes, self.dia) if self.mes else easter(anio) + self.de_pascua * UN_DIA


FERIADOS = (
    Feriado("Año Nuevo", DE_BASE, 1, 1),
    Feriado("Jueves Santo", DE_BASE, de_pascua=-3),
    Feriado("Viernes Santo", DE_BASE, de_pascua=-2),
    Feriado("Día del Trabajo", DE_BASE, 5, 1),
    Feriado("Batalla de Arica y Día de la Bandera", "Ley 31788", 6, 7, desde=2024),
    Feriado("San Pedro y San Pablo", DE_BASE, 6, 29),
    Feriado("Día de la Fuerza Aérea del Perú", "Ley 31822", 7, 23, desde=2024),
    Feriado("Fiestas Patrias", DE_BASE, 7, 28),
    Feriado("Fiestas Patrias", DE_BASE, 7, 29),
    Feriado("Batalla de Junín", "Ley 31530", 8, 6, desde=2022),
    Feriado("Santa Rosa de Lima", DE_BASE, 8, 30),
    Feriado("Combate de Angamos", DE_BASE, 10, 8),
    Feriado("Todos los Santos", DE_BASE, 11, 1),
    Feriado("Inmaculada Concepción", DE_BASE, 12, 8),
    Feriado("Batalla de Ayacucho", "Ley 31381", 12, 9, desde=2022),
    Feriado("Navidad", DE_BASE, 12, 25),
)


@lru_cache(maxsize=16)
def feriados_de(anio: int) -> dict[datetime.date, Feriado]:
    """The holidays of a year, by their day."""
    return {uno.en(anio): uno for uno in FERIADOS if uno.desde <= anio}


def es_habil(dia: datetime.date, *, otros: Iterable[datetime.date] = ()) -> bool:
    """Whether it is worked: from Monday to Friday, no holiday, and none of the days that the site added."""
    return dia.weekday() < 5 and dia not in feriados_de(dia.year) and dia not in otros


def sumar_habiles(dia: datetime.date, cuantos: int, *, otros: Iterable[datetime.date] = ()) -> datetime.date:
    """The last day of a term: so many working days, counted from the one after ``dia``."""
    otros = frozenset(otros)
    while cuantos > 0:
        dia += UN_DIA
        cuantos -= es_habil(dia, otros=otros)
    return dia


def habiles_entre(desde: datetime.date, hasta: datetime.date, *, otros: Iterable[datetime.date] = ()) -> int:
    """How many working days are left: those after ``desde`` up to ``hasta``. Below zero, how many have passed since."""
    otros, signo = frozenset(otros), 1
    if desde > hasta:
        desde, hasta, signo = hasta, desde, -1
    dias = (hasta - desde).days
    return signo * sum(es_habil(desde + n * UN_DIA, otros=otros) for n in range(1, dias + 1))
