"""What several people did, recorded at once: the same acts as ``avance``, in sets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from marco.reloj import no_antes

from ..models import Avance, Inscripcion, Unidad
from .contadores import EMPEZADA, anunciar_terminados, cerrar, completas, contar


@dataclass(frozen=True)
class Hecho:
    """What became of a unit for an enrolment, and when: it was completed, or only begun."""

    inscripcion_id: int
    unidad: Unidad
    cuando: datetime
    terminada: bool


@transaction.atomic
def anotar_varias(hechos: Iterable[Hecho]) -> None:
    """Record what was done in several enrolments, in sets: the number of statements does not grow with them.

    It is not activity of anybody: nobody is there. The units are of the course of each enrolment, and in it.
    """
    por_lugar = {(hecho.inscripcion_id, hecho.unidad.pk): hecho for hecho in hechos}
    tomadas = Inscripcion.objects.activas().filter(pk__in={inscripcion for inscripcion, _unidad in por_lugar})
    ids = set(tomadas.select_for_update().order_by("pk").values_list("pk", flat=True))
    por_lugar = {lugar: hecho for lugar, hecho in por_lugar.items() if lugar[0] in ids}
    if not por_lugar:
        return
    abiertos, conocidos = [], set()
    suyos = Avance.objects.filter(inscripcion__in=ids, unidad__in={unidad for _inscripcion, unidad in por_lugar})
    for avance in suyos:
        lugar = (avance.inscripcion_id, avance.unidad_id)
        conocidos.add(lugar)
        if lugar in por_lugar and por_lugar[lugar].terminada and avance.estado == Avance.Estado.EN_CURSO:
            _terminar(avance, por_lugar[lugar])
            abiertos.append(avance)
    nuevos = [
        _terminar(Avance(inscripcion_id=lugar[0], unidad_id=lugar[1], iniciado_en=hecho.cuando), hecho)
        for lugar, hecho in por_lugar.items()
        if lugar not in conocidos
    ]
    Avance.objects.bulk_update(abiertos, ["estado", "terminado_en", "paso"])
    Avance.objects.bulk_create(nuevos, ignore_conflicts=True)
    propios = Avance.objects.filter(inscripcion=OuterRef("pk")).order_by()
    primero = propios.values("inscripcion").annotate(cuando=Min("iniciado_en")).values("cuando")
    ultimo = propios.values("inscripcion").annotate(cuando=Max("terminado_en")).values("cuando")
    propias = Inscripcion.objects.filter(pk__in=ids)
    propias.update(estado=EMPEZADA, iniciada_en=Coalesce(F("iniciada_en"), Subquery(primero)))
    terminan = list(completas(propias).values_list("pk", flat=True))
    cerrar(Inscripcion.objects.filter(pk__in=terminan), ahora=Subquery(ultimo))
    contar(propias)
    anunciar_terminados(terminan)


def _terminar(avance: Avance, hecho: Hecho) -> Avance:
    if hecho.terminada:
        avance.estado, avance.terminado_en = Avance.Estado.TERMINADA, no_antes(hecho.cuando, avance.iniciado_en)
        avance.paso = max(hecho.unidad.pasos, 1)
    return avance
