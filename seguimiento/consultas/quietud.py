"""What passes by itself, without any fact: who becomes still, whose reminder rests no more. Of today only."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce

from ..models import Recordatorio
from . import definiciones as d
from . import distritos
from .ambito import DIAS_DE_PAUSA, DIAS_SIN_ACTIVIDAD, DIAS_SIN_ENTRAR, Ambito
from .motivos import DIAS_PARA_APLICAR, ORDEN, Motivo
from .situacion import quieta_desde_antes

INSTANTE = datetime.timedelta(microseconds=1)
Pregunta = Callable[[Ambito], QuerySet]
DE_QUIETUD = datetime.timedelta(days=DIAS_SIN_ACTIVIDAD)


def se_aquietan(ambito: Ambito) -> list[datetime.datetime]:
    """The instants of the rest of today after which one more person is still, in order. One statement."""
    return [momento + DE_QUIETUD for momento, _quien in filas_de_quietas(ambito)]


def filas_de_quietas(ambito: Ambito) -> QuerySet:
    """When each person who becomes still in the rest of today did something for the last time, and who it is."""
    return (
        d.personas_del(ambito)
        .annotate(momento=Coalesce("insc__ultima_actividad_en", "insc__creada_en"))
        .filter(
            quieta_desde_antes(ambito, ambito.corte - INSTANTE - DE_QUIETUD),
            momento__gte=ambito.hace(DIAS_SIN_ACTIVIDAD),
        )
        .order_by("momento")
        .values_list("momento", "pk")
    )


def cambia_a_quien_recordar(
    ambito: Ambito,
    quietos: Sequence[datetime.datetime],
    *,
    ultima: int | None,
    preguntar: Callable[[Pregunta, Ambito], Iterable[Any]] = lambda que, ambito: que(ambito),
) -> datetime.datetime:
    """Until when the first rows of «A quién recordar» stay as they are, if nobody writes anything. Two statements.

    ``ultima`` is the reason of the last row that was taken, as a number; None when there was room for more. Whoever
    becomes still, or has not come in, stands after all those of the same reason: among the first only if there was
    room, or if those who stand there are of a later reason. ``preguntar``: how the questions are asked.
    """
    descansos = preguntar(primer_descanso, ambito)
    limites = [ambito.corte, *(uno + datetime.timedelta(days=DIAS_DE_PAUSA) for uno in descansos)]
    if ultima is None or ultima > ORDEN.index(Motivo.DETENIDO):
        limites += [uno for uno in quietos if uno >= ambito.ahora][:1]
    if ultima is None or ultima > ORDEN.index(Motivo.NO_ENTRO):
        limites += [
            uno + datetime.timedelta(days=dias)
            for fila in preguntar(primeros_plazos, ambito)
            for uno, (_que, dias) in zip(fila[1:], _plazos(ambito), strict=True)
            if uno is not None
        ]
    return min(limites)


def primer_descanso(ambito: Ambito) -> QuerySet:
    """When the first reminder that still rests was made, of people and seats of the scope."""
    sentadas = d.membresias_del(ambito).order_by().values("persona_id")
    suyos = Recordatorio.objects.filter(
        Q(persona__in=sentadas) | Q(asiento__in=d.asientos_del(ambito).values("pk")),
        hecho_en__gt=ambito.hace(DIAS_DE_PAUSA),
    )
    return suyos.order_by("hecho_en").values_list("hecho_en", flat=True)[:1]


def _plazos(ambito: Ambito) -> list[tuple[str, int]]:
    """What passes by itself after so many days: since the enrolment, and since the course was finished."""
    dias = ambito.aplicacion[1] if ambito.aplicacion else None
    de_aplicar = (
        [("insc__terminada_en", dias), ("insc__terminada_en", dias + DIAS_PARA_APLICAR)] if dias is not None else []
    )
    return [("insc__creada_en", DIAS_SIN_ENTRAR), *de_aplicar]


def primeros_plazos(ambito: Ambito) -> QuerySet:
    """By instancia, the first of each that has not passed."""
    sin_entrar = Q(ultimo_ingreso_en__isnull=True, insc__ultima_actividad_en__isnull=True)
    return (
        distritos.sentadas(ambito)
        .values_list("membresias__asiento__instancia__territorio_id")
        .annotate(
            **{
                f"plazo_{n}": Min(que, filter=Q(**{f"{que}__gte": ambito.hace(dias)}) & (Q() if n else sin_entrar))
                for n, (que, dias) in enumerate(_plazos(ambito))
            }
        )
    )
