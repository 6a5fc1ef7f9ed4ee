"""What is done, what is missing and where to go on, written from the facts: for one enrolment or for many at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import (
    BigAutoField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from marco.preparadas import cambio_preparado, cambio_que_dice
from marco.reloj import no_antes_de

from ..models import Avance, Inscripcion, RequisitoDeVersion, Unidad
from ..signals import curso_terminado

ABIERTA = ~Q(estado=Inscripcion.Estado.TERMINADA)
EMPEZADA = Case(
    When(estado=Inscripcion.Estado.POR_EMPEZAR, then=Value(Inscripcion.Estado.EN_CURSO)), default=F("estado")
)


def pendientes() -> QuerySet[RequisitoDeVersion]:
    """What the version of the outer enrolment asks for and its person has not done."""
    hecho = Avance.objects.terminados().filter(unidad=OuterRef("unidad"), inscripcion=OuterRef(OuterRef("pk")))
    return RequisitoDeVersion.objects.filter(~Exists(hecho), version=OuterRef("version")).order_by()


def contar(inscripciones: QuerySet[Inscripcion]) -> None:
    """Write what is done and where to go on, from the facts, for enrolments that are not finished."""
    inscripciones.filter(ABIERTA).update(**lo_contado())


def lo_contado() -> dict[str, Any]:
    """What ``contar`` writes."""
    faltan = pendientes()
    cuantas = faltan.values("version").annotate(total=Count("pk")).values("total")
    sigue_ahi = Exists(faltan.filter(unidad=OuterRef("unidad_actual"), unidad__retirada_en__isnull=True))
    return {
        "hechas": F("requeridas") - Coalesce(Subquery(cuantas), 0),
        "unidad_actual_id": Case(
            When(sigue_ahi, then=F("unidad_actual_id")), default=la_siguiente(faltan), output_field=BigAutoField()
        ),
        "paso_actual": Case(When(sigue_ahi, then=F("paso_actual")), default=Value(1)),
    }


@cambio_que_dice("estado")
def contada_o_cerrada(*, inscripcion: int, ahora: datetime) -> tuple[QuerySet[Inscripcion], dict[str, Any]]:
    """One enrolment, counted from the facts: ``cerrar``, when nothing is left of what it asks; else ``contar``.

    It tells what state it came to. One that was finished already does not change, and nothing is told.
    """
    propia = Inscripcion.objects.filter(pk=inscripcion).exclude(estado=Inscripcion.Estado.TERMINADA)
    completa = ~Exists(pendientes()) & Q(requeridas__gt=0)
    contado, cerrado = lo_contado(), lo_cerrado(ahora)
    return propia, {campo: _segun(completa, campo, cerrado, contado) for campo in {**contado, **cerrado}}


def _segun(completa: Any, campo: str, cerrado: dict[str, Any], contado: dict[str, Any]) -> Case:
    """What a column becomes: as it closes, or as it is counted; as it was, where one of the two says nothing."""
    si, no = cerrado.get(campo, F(campo)), contado.get(campo, F(campo))
    columna: Any = Inscripcion._meta.get_field(campo.removesuffix("_id"))
    de_que = BigAutoField() if columna.is_relation else columna
    return Case(When(completa, then=si), default=no, output_field=de_que)


def la_siguiente(faltan: QuerySet[RequisitoDeVersion]) -> Coalesce:
    """The next one after the unit in hand; when there is none, the first that is missing; else the same.

    What is paused comes last: there is nothing to do there.
    """
    lugar = Unidad.objects.filter(pk=OuterRef(OuterRef("unidad_actual"))).values("orden")
    por_orden = faltan.order_by("unidad__orden")
    primera = por_orden.filter(unidad__retirada_en__isnull=True).values("unidad")
    return Coalesce(
        Subquery(primera.filter(unidad__orden__gt=Subquery(lugar))[:1]),
        Subquery(primera[:1]),
        Subquery(por_orden.values("unidad")[:1]),
        F("unidad_actual_id"),
        output_field=BigAutoField(),
    )


def sacar_de_la_pausa(curso: Unidad) -> None:
    """Let nobody be led to what is out of sight while there is something else to do."""
    contadas_donde_no_se_ve(curso=curso.pk)


@cambio_preparado
def contadas_donde_no_se_ve(*, curso: int) -> tuple[QuerySet[Inscripcion], dict[str, Any]]:
    """``contar``, of who is at something of this course that is out of sight."""
    return Inscripcion.objects.filter(ABIERTA, curso=curso, unidad_actual__retirada_en__isnull=False), lo_contado()


def completas(inscripciones: QuerySet[Inscripcion]) -> QuerySet[Inscripcion]:
    """Those that have done all that is asked and are not marked as finished. A course that asks nothing has none."""
    return inscripciones.exclude(estado=Inscripcion.Estado.TERMINADA).filter(~Exists(pendientes()), requeridas__gt=0)


def cerrar(inscripciones: QuerySet[Inscripcion], *, ahora: datetime | Subquery) -> int:
    """Mark as finished. The condition on the state makes it happen once.

    Never before it began; nor, when it happens now, before the last thing that its person did.
    """
    return inscripciones.exclude(estado=Inscripcion.Estado.TERMINADA).update(**lo_cerrado(ahora))


def lo_cerrado(ahora: datetime | Subquery) -> dict[str, Any]:
    """What ``cerrar`` writes."""
    antes = ("iniciada_en",) if isinstance(ahora, Subquery) else ("iniciada_en", "ultima_actividad_en")
    cuando = no_antes_de(ahora, *antes)
    return {
        "estado": Value(Inscripcion.Estado.TERMINADA),
        "terminada_en": cuando,
        "termino_anotado_en": timezone.now() if isinstance(ahora, Subquery) else Value(ahora),
        "iniciada_en": Coalesce(F("iniciada_en"), cuando),
        "hechas": F("requeridas"),
    }


def anunciar_terminados(ids: Iterable[int]) -> None:
    """Tell the rooms above, after the commit, that these people finished."""
    for inscripcion_id in ids:
        transaction.on_commit(partial(curso_terminado.send_robust, sender=Inscripcion, inscripcion_id=inscripcion_id))
