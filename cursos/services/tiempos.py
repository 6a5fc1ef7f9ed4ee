"""How long each part really takes: what people took, once ten have finished it. It is what everybody is told."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from .. import tiempo
from ..clases import clase_de
from ..models import Avance, Unidad

MUESTRA = 200  # of each part, those who finished it last


def medir_tiempos() -> int:
    """Write what each part takes, of every course. Returns how many are told another time than before."""
    return sum(_medir(curso) for curso in Unidad.objects.cursos().vigentes())


def _medir(curso: Unidad) -> int:
    cambian = []
    for unidad in Unidad.objects.vigentes().filter(curso=curso):
        medidos = tiempo.lo_que_toma(_lo_que_tomaron(unidad), previstos=unidad.segundos)
        if medidos is not None and medidos != unidad.segundos_medidos:
            cambian.append((unidad, medidos))
    if not cambian:
        return 0
    with transaction.atomic():
        # The course first, as whoever publishes does. Those whose words changed meanwhile wait for another night.
        Unidad.objects.select_for_update().get(pk=curso.pk)
        for unidad, medidos in cambian:
            misma = Unidad.objects.filter(pk=unidad.pk, segundos=unidad.segundos, se_mide_desde=unidad.se_mide_desde)
            misma.update(segundos_medidos=medidos)
        # Only the outline says it, and has another key from now on: what somebody was reading meanwhile stays under the
        # old one. The revision is of what is read: a phone that keeps a module asks for it by that.
        Unidad.objects.filter(pk=curso.pk).update(se_mide_desde=timezone.now())
    return len(cambian)


def _lo_que_tomaron(unidad: Unidad) -> list[float]:
    """Return the seconds of those who finished it as it is now.

    What is done step by step is begun by going on from its first step: the time of that one is put back.
    """
    hechos = Avance.objects.terminados().filter(unidad=unidad)
    if unidad.se_mide_desde is not None:
        hechos = hechos.filter(iniciado_en__gte=unidad.se_mide_desde)
    pasos = unidad.pasos if clase_de(unidad.clase).por_pasos else 1
    entero = pasos / (pasos - 1) if pasos > 1 else 1
    filas: Any = hechos.order_by("-pk").values_list("iniciado_en", "terminado_en")[:MUESTRA]
    return [(terminado - iniciado).total_seconds() * entero for iniciado, terminado in filas]
