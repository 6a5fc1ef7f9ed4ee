"""How much was learned: the first entry evaluation of each person against their first final one. Groups, never people.

The two forms are twins and counterbalanced, so the difference of a person is not that of the forms. The interval is
Student's for paired differences (Student, 1908, «The probable error of a mean»): mean ± t · s / √n.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .. import reglas
from ..models import Intento

MINIMO = 5  # fewer people than this would tell one from another

# Quantile 0.975 of Student's t by degrees of freedom (Abramowitz and Stegun, table 26.10); past 30, that of the next
# lower row, which gives an interval a little wider, never narrower.
T_975 = {
    **dict(zip(range(4, 11), (2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228), strict=True)),
    **dict(zip(range(11, 21), (2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086), strict=True)),
    **dict(zip(range(21, 31), (2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042), strict=True)),
    40: 2.021,
    60: 2.000,
    120: 1.980,
}


@dataclass(frozen=True)
class Ganancia:
    """Marks from 0 to 100 of the people who answered both. Without marks when they are fewer than ``MINIMO``."""

    personas: int
    entrada: float | None = None
    final: float | None = None
    diferencia: float | None = None
    desde: float | None = None
    hasta: float | None = None

    @property
    def se_muestra(self) -> bool:
        return self.diferencia is not None


def ganancia(inscripciones: QuerySet[Any]) -> Ganancia:
    """Compare entry and end of these enrolments of one course. One statement, however many people."""
    filas = (
        Intento.objects.enviados()
        .filter(
            inscripcion__in=inscripciones.values("pk"),
            unidad__variante__in=(reglas.ENTRADA, reglas.FINAL),
            puntos__isnull=False,
            puntos_posibles__gt=0,
        )
        .order_by("inscripcion_id", "unidad_id", "numero")  # the first one sent of each is kept
        .values_list("inscripcion_id", "unidad__variante", "puntos", "puntos_posibles")
    )
    notas: dict[int, dict[str, float]] = {}
    for inscripcion, variante, puntos, posibles in filas:
        notas.setdefault(inscripcion, {}).setdefault(variante, 100 * float(puntos or 0) / posibles)
    return comparar((par[reglas.ENTRADA], par[reglas.FINAL]) for par in notas.values() if len(par) == 2)


def comparar(pares: Iterable[tuple[float, float]]) -> Ganancia:
    """Return the means, their difference and its interval of 95 % from pairs of marks (entry, final)."""
    pares = list(pares)
    cuantas = len(pares)
    if cuantas < MINIMO:
        return Ganancia(cuantas)
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
