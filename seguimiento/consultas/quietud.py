"""What passes by itself, without any fact: who becomes still, whose reminder rests no more. Of today only."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce

from ..models import Recordatorio
from . import definiciones as d
from . import distritos
from .ambito import DIAS_DE_PAUSA, DIAS_SIN_ACTIVIDAD, DIAS_SIN_ENTRAR, Ambito
from .motivos import DIAS_PARA_APLICAR, ORDEN, Motivo
from .situacion import quieta_desde_antes

INSTANTE = datetime.timedelta(microseconds=1)
DE_QUIETUD = datetime.timedelta(days=DIAS_SIN_ACTIVIDAD)


def se_aquietan(ambito: Ambito) -> list[datetime.datetime]:
    """The instants of the rest of today after which one more person is still, in order. One statement."""
    return [momento + DE_QUIETUD for momento, _quien in filas_de_quietas(ambito)]


def filas_de_quietas(ambito: Ambito) -> QuerySet:
    """When each person who becomes still in the rest of today did something for the last time, and who it is."""
    return (
        d.personas_del(ambito)
        .annotate(momento=Coalesce("insc__ultima_actividad_en", "insc__creada_en"))
        .filter(se_aquieta(ambito))
        .order_by("momento")
        .values_list("momento", "pk")
    )


def se_aquieta(ambito: Ambito) -> Q:
    """Condition on somebody who carries their ``momento``: is not still yet, and will be in the rest of the day."""
    return quieta_desde_antes(ambito, ambito.corte - INSTANTE - DE_QUIETUD) & Q(
        momento__gte=ambito.hace(DIAS_SIN_ACTIVIDAD)
    )


def cambia_a_quien_recordar(
    ambito: Ambito, quietos: Sequence[datetime.datetime], *, ultima: int | None
) -> datetime.datetime:
    """Until when the first rows of «A quién recordar» stay as they are, if nobody writes anything. Two statements.

    ``ultima`` is the reason of the last row that was taken, as a number; None when there was room for more. Whoever
    becomes still, or has not come in, stands after all those of the same reason: among the first only if there was
    room, or if those who stand there are of a later reason.
    """
    if ultima is not None and ultima <= ORDEN.index(Motivo.DETENIDO):
        quietos = []
    primeros = primeros_plazos(ambito) if ultima is None or ultima > ORDEN.index(Motivo.NO_ENTRO) else []
    pasan = [uno for _ubigeo, *suyos in primeros for uno in al_pasar(ambito, suyos)]
    return limite(ambito, quietos, primer_descanso(ambito), pasan)


def limite(
    ambito: Ambito,
    quietos: Sequence[datetime.datetime],
    descansos: Iterable[datetime.datetime],
    pasan: Iterable[datetime.datetime],
) -> datetime.datetime:
    """The first of all these instants; at the latest, the end of the day."""
    limites = [ambito.corte, *(uno + datetime.timedelta(days=DIAS_DE_PAUSA) for uno in descansos)]
    return min([*limites, *[uno for uno in quietos if uno >= ambito.ahora][:1], *pasan])


def al_pasar(ambito: Ambito, primeros: Sequence[datetime.datetime | None]) -> list[datetime.datetime]:
    """When the first of each of ``plazos`` passes; of nobody's, never."""
    pares = zip(primeros, plazos(ambito), strict=bool(primeros))
    return [uno + datetime.timedelta(days=dias) for uno, (_que, _aun, dias) in pares if uno is not None]


def descansos(ambito: Ambito) -> QuerySet:
    """The reminders that still rest."""
    return Recordatorio.objects.filter(hecho_en__gt=ambito.hace(DIAS_DE_PAUSA)).order_by("hecho_en")


def primer_descanso(ambito: Ambito) -> QuerySet:
    """When the first reminder that still rests was made, of people and seats of the scope."""
    sentadas = d.membresias_del(ambito).order_by().values("persona_id")
    suyos = descansos(ambito).filter(Q(persona__in=sentadas) | Q(asiento__in=d.asientos_del(ambito).values("pk")))
    return suyos.values_list("hecho_en", flat=True)[:1]


def descansos_de_asientos(ambito: Ambito) -> QuerySet:
    return (
        descansos(ambito).filter(asiento__in=d.asientos_del(ambito).values("pk")).values_list("hecho_en", flat=True)[:1]
    )


def plazos(ambito: Ambito) -> list[tuple[str, Q, int]]:
    """What passes by itself after so many days: since the enrolment of who never came in, and since the course was
    finished. Each with the condition that it has not passed."""
    dias = ambito.aplicacion[1] if ambito.aplicacion else None
    sin_entrar = Q(ultimo_ingreso_en__isnull=True, insc__ultima_actividad_en__isnull=True)
    unos = [("insc__creada_en", sin_entrar, DIAS_SIN_ENTRAR)]
    if dias is not None:
        unos += [("insc__terminada_en", Q(), dias), ("insc__terminada_en", Q(), dias + DIAS_PARA_APLICAR)]
    return [(que, Q(**{f"{que}__gte": ambito.hace(dias)}) & quienes, dias) for que, quienes, dias in unos]


def primeros_plazos(ambito: Ambito) -> QuerySet:
    """By instancia, the first of each that has not passed."""
    return (
        distritos.sentadas(ambito)
        .values_list("membresias__asiento__instancia__territorio_id")
        .annotate(**{f"plazo_{n}": Min(que, filter=aun) for n, (que, aun, _dias) in enumerate(plazos(ambito))})
    )
