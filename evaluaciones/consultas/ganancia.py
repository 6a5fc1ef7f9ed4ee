"""How much was learned: the first entry evaluation of each person against their first final one. Groups, never people.

The two forms are twins and counterbalanced, so the difference of a person is not that of the forms. The interval is
Student's for paired differences (Student, 1908, «The probable error of a mean»): mean ± t · s / √n.

Means are told of whole closed lots (``tandas``) of ten people: whoever takes their own mark out of five learns the mean
of four others, and out of ten, that of nine.
"""

from __future__ import annotations

import datetime
import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from .. import reglas, tandas
from ..models import Intento

MINIMO = 10  # of people in each lot

# Quantile 0.975 of Student's t by degrees of freedom (Abramowitz and Stegun, table 26.10); past 30, that of the next
# lower row, which gives an interval a little wider, never narrower.
T_975 = {
    9: 2.262,
    10: 2.228,
    **dict(zip(range(11, 21), (2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086), strict=True)),
    **dict(zip(range(21, 31), (2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042), strict=True)),
    40: 2.021,
    60: 2.000,
    120: 1.980,
}


@dataclass(frozen=True)
class Ganancia:
    """Marks from 0 to 100 of the people who answered both. Nothing when they are fewer than ``MINIMO``."""

    personas: int = 0
    entrada: float | None = None
    final: float | None = None
    diferencia: float | None = None
    desde: float | None = None
    hasta: float | None = None

    @property
    def se_muestra(self) -> bool:
        return self.diferencia is not None


@dataclass(frozen=True)
class Par:
    """The two marks of a person, the place of their enrolment and the month of the later one."""

    lugar: str
    mes: datetime.date
    entrada: float
    final: float


@dataclass(frozen=True)
class LoGanado:
    """What was learned in some enrolments of one edition, as of a day: what is told of any place is of whole lots."""

    pares: Sequence[Par]
    dia: datetime.date

    @cached_property
    def tandas(self) -> list[tandas.Tanda]:
        cuantos = Counter((par.lugar, par.mes, "") for par in self.pares)
        return tandas.cerrar(cuantos, dia=self.dia, minimo=MINIMO)

    @cached_property
    def _por_celda(self) -> dict[tandas.Celda, list[Par]]:
        juntos: dict[tandas.Celda, list[Par]] = defaultdict(list)
        for par in self.pares:
            juntos[par.lugar, par.mes].append(par)
        return juntos

    def de(self, elegidas: Iterable[tandas.Tanda]) -> Ganancia:
        """Compare the marks of these lots."""
        celdas = [celda for tanda in elegidas for celda in tanda.celdas]
        return comparar((par.entrada, par.final) for celda in celdas for par in self._por_celda[celda])

    def de_todas(self) -> Ganancia:
        return self.de(self.tandas)

    def del_lugar(self, lugar: str) -> Ganancia:
        return self.de(tanda for tanda in self.tandas if tanda.lugar == lugar)


def lo_ganado(inscripciones: QuerySet[Any], *, dia: datetime.date) -> LoGanado:
    """Read entry and end of these enrolments of one edition. One statement, however many people."""
    filas = (
        Intento.objects.enviados()
        .filter(
            inscripcion__in=inscripciones.values("pk"),
            unidad__variante__in=(reglas.ENTRADA, reglas.FINAL),
            puntos__isnull=False,
            puntos_posibles__gt=0,
        )
        .order_by("inscripcion_id", "unidad_id", "numero")  # the first one sent of each is kept
        .values_list(
            "inscripcion_id",
            "inscripcion__territorio_id",
            "unidad__variante",
            "puntos",
            "puntos_posibles",
            "enviado_en",
        )
    )
    notas: dict[tuple[int, str], dict[str, tuple[float, datetime.datetime]]] = {}
    for inscripcion, lugar, variante, puntos, posibles, enviado in filas:
        nota = (100 * float(puntos or 0) / posibles, enviado)
        notas.setdefault((inscripcion, lugar), {}).setdefault(variante, nota)
    pares = []
    for (_inscripcion, lugar), suyas in notas.items():
        if len(suyas) == 2:
            (entrada, una), (final, otra) = suyas[reglas.ENTRADA], suyas[reglas.FINAL]
            mes = tandas.mes_de(timezone.localdate(max(una, otra)))
            pares.append(Par(lugar, mes, entrada, final))
    return LoGanado(pares, dia)


def comparar(pares: Iterable[tuple[float, float]]) -> Ganancia:
    """Return the means, their difference and its interval of 95 % from pairs of marks (entry, final)."""
    pares = list(pares)
    cuantas = len(pares)
    if cuantas < MINIMO:
        return Ganancia()
    diferencias = [final - entrada for entrada, final in pares]
    media = statistics.fmean(diferencias)
    margen = _t(cuantas - 1) * statistics.stdev(diferencias) / math.sqrt(cuantas)
    return Ganancia(
        personas=cuantas,
        entrada=statistics.fmean(entrada for entrada, _final in pares),
        final=statistics.fmean(final for _entrada, final in pares),
        diferencia=media,
        desde=media - margen,
        hasta=media + margen,
    )


def _t(grados: int) -> float:
    return T_975[max(fila for fila in T_975 if fila <= grados)]
