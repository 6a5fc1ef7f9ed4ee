"""What became of the paper of who finished: every page that names it asks here."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery

from certificados.models import Certificado
from cursos.models import DecisionDeRetiro, Inscripcion

from .por_emitir import ganados

SE_DICE = datetime.timedelta(days=90)
Estado = Certificado.Estado


@dataclass(frozen=True)
class Papel:
    """``vale``: there is one in force. Else ``sale_el`` (it waits), ``anulado_el`` (it was), ``viene`` (in a moment).

    Without any of them, something of the office is missing for it.
    """

    vale: bool
    sale_el: datetime.datetime | None
    anulado_el: datetime.datetime | None
    viene: bool


def papel_de(*, inscripcion: Inscripcion, ahora: datetime.datetime) -> Papel:
    """Return what became of the paper of a finished enrolment. One statement."""
    suyos = Certificado.objects.filter(inscripcion=OuterRef("pk")).order_by()
    anulados = suyos.filter(estado=Estado.ANULADO).order_by("-anulado_en").values("anulado_en")
    esperan = DecisionDeRetiro.objects.por_deshacer(ahora).filter(pk=OuterRef("decision_id"))
    fila = (
        Inscripcion.objects.filter(pk=inscripcion.pk)
        .order_by()
        .values_list(
            Exists(suyos.vigentes()),
            Subquery(esperan.values("firme_desde")),
            Subquery(anulados[:1]),
            Exists(ganados().filter(pk=OuterRef("pk"))),
        )
        .first()
    )
    return Papel(*fila) if fila else Papel(vale=False, sale_el=None, anulado_el=None, viene=False)


@dataclass(frozen=True)
class Cambio:
    """Somebody did something to the paper of an enrolment. ``vale``: it has another one in force."""

    inscripcion: int
    el: datetime.datetime
    vale: bool


def cambios_de(inscripciones: Collection[Inscripcion], *, ahora: datetime.datetime) -> list[Cambio]:
    """Return which papers of these enrolments stopped counting lately, whatever took their place. One statement."""
    de_alguna = Certificado.objects.filter(inscripcion__in=[una.pk for una in inscripciones])
    vale = Exists(Certificado.objects.vigentes().filter(inscripcion=OuterRef("inscripcion")))
    anulados = de_alguna.filter(estado=Estado.ANULADO, anulado_en__gte=ahora - SE_DICE)
    en_su_lugar = de_alguna.filter(reemplaza_a__isnull=False, emitido_en__gte=ahora - SE_DICE)
    filas = (
        anulados.values_list("inscripcion", "anulado_en", vale)
        .order_by()
        .union(en_su_lugar.order_by().values_list("inscripcion", "emitido_en", vale))
    )
    ultimos: dict[int, Cambio] = {}
    for fila in sorted(filas, key=lambda una: una[1]):
        ultimos[fila[0]] = Cambio(*fila)
    return [ultimos[una.pk] for una in inscripciones if una.pk in ultimos]
