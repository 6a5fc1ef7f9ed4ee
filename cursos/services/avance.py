"""What a person has done. It only grows: repeats, a second phone, an old tab and an edited lesson change nothing.

Every act takes the row of the enrolment first (an ``UPDATE``, which locks it on both engines) and counts afterwards,
so two acts at the same time are counted one after the other and neither is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import BigAutoField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ..models import Avance, Inscripcion, RequisitoDeVersion, Unidad
from ..signals import curso_terminado
from .errores import CursoError

EMPEZADA = Case(
    When(estado=Inscripcion.Estado.POR_EMPEZAR, then=Value(Inscripcion.Estado.EN_CURSO)), default=F("estado")
)


@dataclass(frozen=True)
class Resultado:
    """What an act changed."""

    unidad_terminada: bool = False
    curso_terminado: bool = False
    paso: int = 0


def registrar_avance(
    *,
    inscripcion: Inscripcion,
    unidad: Unidad,
    paso: int,
    ahora: datetime,
    paso_id: str = "",
    sin_orden: bool = False,
) -> Resultado:
    """Record that a step was seen; the last one finishes the unit. Steps go in order unless ``sin_orden``.

    Raises ``paso_salteado`` when an earlier step is missing: its ``paso`` says which one to show.
    """
    ultimo = max(unidad.pasos, 1)
    paso = min(max(paso, 1), ultimo)
    with transaction.atomic():
        _tomar(inscripcion, unidad, ahora, siguiente=min(paso + 1, ultimo))
        propios = Avance.objects.filter(inscripcion=inscripcion, unidad=unidad)
        adelante = propios.filter(paso__lt=paso) if sin_orden else propios.filter(paso=paso - 1)
        cambios = {"paso": paso, "paso_id": paso_id}
        if not adelante.update(**cambios):
            visto = propios.values_list("paso", flat=True).first()
            if visto is None and (paso == 1 or sin_orden):
                _crear(inscripcion, unidad, ahora, **cambios)
            elif (visto or 0) < paso:
                raise PasoSalteado((visto or 0) + 1)
        if paso < ultimo:
            return Resultado(paso=paso)
        return _cerrar(inscripcion, unidad, ahora, paso=paso)


class PasoSalteado(CursoError):
    """An earlier step of the lesson was not seen. ``paso`` is the first one missing."""

    def __init__(self, paso: int) -> None:
        super().__init__("paso_salteado", _("Antes le falta ver el paso %(paso)d.") % {"paso": paso})
        self.paso = paso


@transaction.atomic
def empezar_unidad(*, inscripcion: Inscripcion, unidad: Unidad, ahora: datetime) -> None:
    """Record that a person opened a unit that is not done step by step."""
    _tomar(inscripcion, unidad, ahora, siguiente=1)
    _crear(inscripcion, unidad, ahora)


@transaction.atomic
def terminar_unidad(*, inscripcion: Inscripcion, unidad: Unidad, ahora: datetime) -> Resultado:
    """Record that a unit was completed by its own rule (passed, answered, attended). Doing it again changes nothing."""
    _tomar(inscripcion, unidad, ahora, siguiente=1)
    return _cerrar(inscripcion, unidad, ahora, paso=max(unidad.pasos, 1))


def _tomar(inscripcion: Inscripcion, unidad: Unidad, ahora: datetime, *, siguiente: int) -> None:
    """Take the row of the enrolment, noting the activity and where to go on.

    The pointer stays on the furthest place: reading a finished unit again does not move it. A route is activity and
    nothing more: it neither begins the course nor is anybody sent back to it.
    """
    if unidad.curso_id != inscripcion.curso_id:
        raise CursoError("unidad_ajena", _("Esa parte no es de este curso."))
    if unidad.retirada_en is not None:
        raise CursoError("unidad_retirada", _("Esta parte del curso cambió o ya no está."))
    hecha = Avance.objects.filter(inscripcion=OuterRef("pk"), unidad=unidad).filter(
        Q(estado=Avance.Estado.TERMINADA) | Q(paso__gte=siguiente)
    )
    # Written so that PostgreSQL need not guess the type of a parameter.
    adelanto = {
        "iniciada_en": Coalesce(F("iniciada_en"), Value(ahora)),
        "estado": EMPEZADA,
        "unidad_actual_id": Case(
            When(Exists(hecha), then=F("unidad_actual_id")), default=Value(unidad.pk), output_field=BigAutoField()
        ),
        "paso_actual": Case(When(Exists(hecha), then=F("paso_actual")), default=Value(siguiente)),
    }
    tomadas = (
        Inscripcion.objects.activas()
        .filter(pk=inscripcion.pk)
        .update(ultima_actividad_en=ahora, **({} if unidad.asientos else adelanto))
    )
    if not tomadas:
        raise CursoError("inscripcion_retirada", _("Su inscripción en este curso ya no está activa."))


def _crear(inscripcion: Inscripcion, unidad: Unidad, ahora: datetime, **campos: object) -> None:
    fila = Avance(inscripcion=inscripcion, unidad=unidad, iniciado_en=ahora, **campos)
    Avance.objects.bulk_create([fila], ignore_conflicts=True)


def _cerrar(inscripcion: Inscripcion, unidad: Unidad, ahora: datetime, *, paso: int) -> Resultado:
    """Mark the unit done and count again. The enrolment is already ours."""
    cierre = {"estado": Avance.Estado.TERMINADA, "terminado_en": ahora, "paso": paso}
    abiertos = Avance.objects.filter(inscripcion=inscripcion, unidad=unidad, estado=Avance.Estado.EN_CURSO)
    if not abiertos.update(**cierre):
        _crear(inscripcion, unidad, ahora, **cierre)
    propia = Inscripcion.objects.filter(pk=inscripcion.pk)
    if cerrar(completas(propia), ahora=ahora):
        anunciar_terminados([inscripcion.pk])
        return Resultado(unidad_terminada=True, curso_terminado=True, paso=paso)
    contar(propia)
    return Resultado(unidad_terminada=True, paso=paso)


def pasar_de(*, inscripcion: Inscripcion, unidad: Unidad) -> None:
    """Let «Continuar» go on to the next thing missing, when this one cannot be done now. It stays missing.

    With nothing else missing, nothing moves.
    """
    propia = Inscripcion.objects.filter(pk=inscripcion.pk, unidad_actual=unidad)
    propia.update(unidad_actual_id=_siguiente(pendientes().exclude(unidad=unidad)), paso_actual=1)


def apuntar_a(*, inscripcion_id: int, unidad: Unidad) -> None:
    """Let «Continuar» lead to a unit of the course of that enrolment, if it goes on."""
    propia = Inscripcion.objects.activas().filter(pk=inscripcion_id, curso=unidad.curso_id)
    propia.exclude(estado=Inscripcion.Estado.TERMINADA).update(unidad_actual_id=unidad.pk, paso_actual=1)


def pendientes() -> QuerySet[RequisitoDeVersion]:
    """What the version of the outer enrolment asks for and its person has not done."""
    hecho = Avance.objects.terminados().filter(unidad=OuterRef("unidad"), inscripcion=OuterRef(OuterRef("pk")))
    return RequisitoDeVersion.objects.filter(~Exists(hecho), version=OuterRef("version")).order_by()


def contar(inscripciones: QuerySet[Inscripcion]) -> None:
    """Write what is done and where to go on, from the facts, for enrolments that are not finished."""
    faltan = pendientes()
    cuantas = faltan.values("version").annotate(total=Count("pk")).values("total")
    sigue_ahi = Exists(faltan.filter(unidad=OuterRef("unidad_actual")))
    inscripciones.exclude(estado=Inscripcion.Estado.TERMINADA).update(
        hechas=F("requeridas") - Coalesce(Subquery(cuantas), 0),
        unidad_actual_id=Case(
            When(sigue_ahi, then=F("unidad_actual_id")), default=_siguiente(faltan), output_field=BigAutoField()
        ),
        paso_actual=Case(When(sigue_ahi, then=F("paso_actual")), default=Value(1)),
    )


def _siguiente(faltan: QuerySet[RequisitoDeVersion]) -> Coalesce:
    """The next one after the unit in hand; when there is none, the first that is missing; else the same."""
    lugar = Unidad.objects.filter(pk=OuterRef(OuterRef("unidad_actual"))).values("orden")
    primera = faltan.order_by("unidad__orden").values("unidad")
    return Coalesce(
        Subquery(primera.filter(unidad__orden__gt=Subquery(lugar))[:1]),
        Subquery(primera[:1]),
        F("unidad_actual_id"),
        output_field=BigAutoField(),
    )


def completas(inscripciones: QuerySet[Inscripcion]) -> QuerySet[Inscripcion]:
    """Those that have done all that is asked and are not marked as finished. A course that asks nothing has none."""
    return inscripciones.exclude(estado=Inscripcion.Estado.TERMINADA).filter(~Exists(pendientes()), requeridas__gt=0)


def cerrar(inscripciones: QuerySet[Inscripcion], *, ahora: datetime) -> int:
    """Mark as finished. The condition on the state makes it happen once."""
    return inscripciones.exclude(estado=Inscripcion.Estado.TERMINADA).update(
        estado=Inscripcion.Estado.TERMINADA,
        terminada_en=ahora,
        iniciada_en=Coalesce(F("iniciada_en"), Value(ahora)),
        hechas=F("requeridas"),
    )


def anunciar_terminados(ids: Iterable[int]) -> None:
    """Tell the rooms above, after the commit, that these people finished."""
    for inscripcion_id in ids:
        transaction.on_commit(partial(curso_terminado.send_robust, sender=Inscripcion, inscripcion_id=inscripcion_id))
