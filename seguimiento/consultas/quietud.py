"""What passes by itself, without any fact: who becomes still, whose reminder rests no more. Of today only."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Min, Q
from django.db.models.functions import Coalesce

from evaluaciones.consultas.aplicacion import aplicacion_de_un_curso

from ..models import Recordatorio
from . import definiciones as d
from .ambito import DIAS_DE_PAUSA, DIAS_SIN_ACTIVIDAD, DIAS_SIN_ENTRAR, Ambito
from .motivos import DIAS_PARA_APLICAR, ORDEN, Motivo
from .situacion import sin_actividad

INSTANTE = datetime.timedelta(microseconds=1)


def se_aquietan(ambito: Ambito) -> list[datetime.datetime]:
    """The instants of the rest of today after which one more person is still, in order. One statement."""
    al_fin = replace(ambito, ahora=ambito.corte - INSTANTE)
    momentos = (
        d.personas_del(ambito)
        .annotate(momento=Coalesce("insc__ultima_actividad_en", "insc__creada_en"))
        .filter(sin_actividad(al_fin), momento__gte=ambito.hace(DIAS_SIN_ACTIVIDAD))
        .order_by("momento")
        .values_list("momento", flat=True)
    )
    return [momento + datetime.timedelta(days=DIAS_SIN_ACTIVIDAD) for momento in momentos]


def cambia_a_quien_recordar(
    ambito: Ambito, quietos: Sequence[datetime.datetime], *, ultima: int | None
) -> datetime.datetime:
    """Until when the first rows of «A quién recordar» stay as they are, if nobody writes anything. Two statements.

    ``ultima`` is the reason of the last row that was taken, as a number; None when there was room for more. Whoever
    becomes still, or has not come in, stands after all those of the same reason: among the first only if there was
    room, or if those who stand there are of a later reason.
    """
    limites = [ambito.corte, *_descansos(ambito)]
    if ultima is None or ultima > ORDEN.index(Motivo.DETENIDO):
        limites += [uno for uno in quietos if uno >= ambito.ahora][:1]
    if ultima is None or ultima > ORDEN.index(Motivo.NO_ENTRO):
        limites += _sin_entrar_y_por_aplicar(ambito)
    return min(limites)


def _descansos(ambito: Ambito) -> list[datetime.datetime]:
    """When the first reminder stops resting, of people and seats of the scope."""
    sentadas = d.membresias_del(ambito).order_by().values("persona_id")
    primero = Recordatorio.objects.filter(
        Q(persona__in=sentadas) | Q(asiento__in=d.asientos_del(ambito).values("pk")),
        hecho_en__gt=ambito.hace(DIAS_DE_PAUSA),
    ).aggregate(primero=Min("hecho_en"))["primero"]
    return [primero + datetime.timedelta(days=DIAS_DE_PAUSA)] if primero else []


def _sin_entrar_y_por_aplicar(ambito: Ambito) -> list[datetime.datetime]:
    suya = aplicacion_de_un_curso(ambito.edicion.curso_id) if ambito.edicion else None
    dias = suya[1] if suya else 0
    plazos = {"entrar": DIAS_SIN_ENTRAR, "abre": dias, "cierra": dias + DIAS_PARA_APLICAR}
    sin_entrar = Q(ultimo_ingreso_en__isnull=True, insc__ultima_actividad_en__isnull=True)
    primeros = d.personas_del(ambito).aggregate(
        entrar=Min("insc__creada_en", filter=sin_entrar & Q(insc__creada_en__gte=ambito.hace(DIAS_SIN_ENTRAR))),
        **(
            {
                "abre": Min("insc__terminada_en", filter=Q(insc__terminada_en__gte=ambito.hace(plazos["abre"]))),
                "cierra": Min("insc__terminada_en", filter=Q(insc__terminada_en__gte=ambito.hace(plazos["cierra"]))),
            }
            if suya
            else {}
        ),
    )
    return [uno + datetime.timedelta(days=plazos[que]) for que, uno in primeros.items() if uno is not None]
