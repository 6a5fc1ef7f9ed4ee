"""Activity by week: units finished in the last twelve weeks, by table. One statement."""

from __future__ import annotations

import datetime
from itertools import pairwise

from django.db.models import Count, Q

from cursos.models import Avance
from instancias.querysets import bajo

from .ambito import Ambito

SEMANAS = 12


def limites(ambito: Ambito) -> list[datetime.datetime]:
    """Return the thirteen instants that bound the weeks; the last one is the end of the day."""
    return [ambito.corte - datetime.timedelta(weeks=semana) for semana in range(SEMANAS, -1, -1)]


def por_semana(ambito: Ambito) -> dict[str, list[int]]:
    """Units finished each week by people enrolled for each territory, whoever sits there today."""
    cortes = limites(ambito)
    semanas = {
        f"semana_{numero}": Count("pk", filter=Q(terminado_en__gte=desde, terminado_en__lt=hasta))
        for numero, (desde, hasta) in enumerate(pairwise(cortes))
    }
    filas = (
        Avance.objects.terminados()
        .filter(inscripcion__edicion_id=ambito.edicion_id, terminado_en__gte=cortes[0], terminado_en__lt=cortes[-1])
        .filter(_del_ambito(ambito), inscripcion__persona__absorbida_por__isnull=True)
        .order_by()
        .values_list("inscripcion__territorio_id")
        .annotate(**semanas)
    )
    return {ubigeo: list(cuentas) for ubigeo, *cuentas in filas}


def _del_ambito(ambito: Ambito) -> Q:
    if ambito.instancia:
        return Q(inscripcion__territorio_id=ambito.instancia)
    return bajo(ambito.convocados, "inscripcion__territorio__ubigeo")
