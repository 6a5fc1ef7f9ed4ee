"""What a person has done. It only grows: repeats, a second phone, an old tab and an edited lesson change nothing.

Every act takes the row of the enrolment first (an ``UPDATE``, which locks it on both engines) and counts afterwards,
so two acts at the same time are counted one after the other and neither is lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import (
    BigAutoField,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, StrIndex
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext as _

from marco.en_bloque import insertar
from marco.preparadas import cambio_preparado, preparada
from marco.reloj import no_antes, no_antes_de
from marco.restricciones import sin_punto_de_retorno

from ..errores import CursoError, edicion_terminada
from ..models import Avance, Edicion, Inscripcion, Unidad
from ..pasos import ids_de, juntar, vistos_en
from .contadores import EMPEZADA, anunciar_terminados, contada_o_cerrada, la_siguiente, pendientes

# A row of the progress in a unit, as it begins.
COMIENZO = {
    "inscripcion": 0,
    "unidad": 0,
    "estado": Avance.Estado.EN_CURSO,
    "paso": 0,
    "vistos": "",
    "iniciado_en": None,
    "terminado_en": None,
}


@dataclass(frozen=True)
class Vista:
    """What says, of the progress in a unit, that this is nothing new: its step is there; without one, that it is."""

    paso: str | None = None
    lugar: int | None = None


def condicion_de(paso: str | None, lugar: int | None, empezada: bool) -> Q:
    """Condition on the progress in a unit: the step was seen before."""
    if empezada:
        return Q(paso__gte=1)
    if paso is None:
        return Q()
    # Not with LIKE: SQLite plans a statement anew each time that its pattern is another.
    return Q(GreaterThan(StrIndex("vistos", Value(paso)), 0)) | Q(vistos="", paso__gt=lugar)


@dataclass(frozen=True)
class Resultado:
    """What an act changed. ``siguiente`` is the number of the step to go on with, while the unit is not finished."""

    unidad_terminada: bool = False
    curso_terminado: bool = False
    paso: int = 0
    siguiente: int = 0


def registrar_avance(
    *,
    inscripcion: Inscripcion,
    unidad: Unidad,
    paso: int,
    ahora: datetime,
    paso_id: str = "",
    sin_orden: bool = False,
    en_orden: bool = True,
) -> Resultado:
    """Record that a step was seen; when none is left the unit is finished. Steps go in order unless ``sin_orden``.

    ``sin_orden`` also passes over, at the end, what was left. Without ``en_orden`` a step may be told before those
    that go before it, which are still asked for: what a phone saw without signal comes as the network brings it.

    ``paso_id`` is what the step shown is known by: its number may have changed since. When it was removed meanwhile
    there is nothing to record, and nothing to wait for either. A step inserted behind a person stays to be seen; of a
    finished unit nothing is asked again.

    Raises ``paso_salteado`` when an earlier step is missing: its ``paso`` says which one to show; and
    ``edicion_terminada`` after the last day of the edition.
    """
    ids = ids_de(unidad)
    lugar = _lugar(unidad, ids, paso, paso_id)
    with transaction.atomic():
        siguiente = min(paso + 1, len(ids))
        _tomar(inscripcion, unidad, ahora, siguiente=siguiente, vista=_ya_visto(ids, lugar), a_tiempo=True)
        fila = avance_en.primera(inscripcion=inscripcion.pk, unidad=unidad.pk)
        vistos = vistos_en(fila, ids)
        hecha = fila is not None and fila.estado == Avance.Estado.TERMINADA
        saltados = _saltados(ids, lugar, vistos)
        if saltados and en_orden and not (sin_orden or hecha):
            raise PasoSalteado(_faltan(ids, vistos)[0])
        es_nuevo = lugar is not None and ids[lugar] not in vistos
        ahora_vistos = (*vistos, ids[lugar]) if es_nuevo and lugar is not None else vistos
        faltan = _faltan(ids, ahora_vistos)
        al_final = lugar is None or lugar == len(ids) - 1
        if sin_orden and al_final:
            faltan = [n for n in faltan if n not in saltados]  # passed over on purpose
        cambios = {"vistos": juntar(ahora_vistos), "paso": max(fila.paso if fila else 0, (lugar or 0) + 1)}
        if hecha:
            if es_nuevo:
                _escribir(fila, inscripcion, unidad, ahora, **cambios)
            return Resultado(unidad_terminada=al_final, paso=paso, siguiente=min((lugar or 0) + 2, len(ids)))
        if faltan:
            if es_nuevo:
                _escribir(fila, inscripcion, unidad, ahora, **cambios)
            sigue = faltan[0] if es_nuevo or al_final else (lugar or 0) + 2
            return Resultado(paso=paso, siguiente=sigue)
        cuando = no_antes(ahora, fila.iniciado_en if fila else None)
        cierre = {"estado": Avance.Estado.TERMINADA, "terminado_en": cuando, "paso": len(ids), "vistos": juntar(ids)}
        _escribir(fila, inscripcion, unidad, ahora, **cierre)
        return _contar_la_terminada(inscripcion, ahora, paso=len(ids))


def _lugar(unidad: Unidad, ids: Sequence[str], paso: int, paso_id: str) -> int | None:
    """Return the place of the step that was shown, or None when it is no longer in the lesson."""
    lugar = min(max(paso, 1), len(ids)) - 1
    if not paso_id or not unidad.ids_de_pasos or ids[lugar] == paso_id:
        return lugar
    return ids.index(paso_id) if paso_id in ids else None


def _ya_visto(ids: Sequence[str], lugar: int | None) -> Vista:
    """That step was seen before; of one that is no longer there, that the unit was opened."""
    return Vista() if lugar is None else Vista(juntar([ids[lugar]]), lugar)


def _faltan(ids: Sequence[str], vistos: Collection[str]) -> list[int]:
    return [n for n, uno in enumerate(ids, 1) if uno not in vistos]


def _saltados(ids: Sequence[str], lugar: int | None, vistos: Collection[str]) -> list[int]:
    """Return the steps not seen between the last one seen and this one. Those before it came in behind the person."""
    if lugar is None or ids[lugar] in vistos:
        return []
    desde = max((n for n in range(lugar) if ids[n] in vistos), default=-1)
    return list(range(desde + 2, lugar + 1))


class PasoSalteado(CursoError):
    """An earlier step of the lesson was not seen. ``paso`` is the first one missing."""

    def __init__(self, paso: int) -> None:
        super().__init__("paso_salteado", _("Antes le falta ver el paso %(paso)d.") % {"paso": paso})
        self.paso = paso


@sin_punto_de_retorno
def empezar_unidad(*, inscripcion: Inscripcion, unidad: Unidad, ahora: datetime) -> None:
    """Record that a person opened a unit that is not done step by step."""
    _tomar(inscripcion, unidad, ahora, siguiente=1)
    _crear(inscripcion, unidad, ahora)


@sin_punto_de_retorno
def terminar_unidad(*, inscripcion: Inscripcion, unidad: Unidad, ahora: datetime) -> Resultado:
    """Record that a unit was completed by its own rule (passed, answered, attended). Doing it again changes nothing."""
    _tomar(inscripcion, unidad, ahora, siguiente=1)
    return _cerrar(inscripcion, unidad, ahora, paso=max(unidad.pasos, 1))


def _tomar(
    inscripcion: Inscripcion,
    unidad: Unidad,
    ahora: datetime,
    *,
    siguiente: int,
    vista: Vista | None = None,
    a_tiempo: bool = False,
) -> None:
    """Take the row of the enrolment, noting the activity and where to go on.

    The pointer stays when this is nothing new (``vista``; without it, that the unit was begun): reading again does not
    move it. A route is activity and nothing more: it neither begins the course nor is anybody sent back to it.
    ``a_tiempo``: only until the last day of the person. What the rooms above tell was done in its time.
    """
    if unidad.curso_id != inscripcion.curso_id:
        raise CursoError("unidad_ajena", _("Esa parte no es de este curso."))
    if unidad.retirada_en is not None and not unidad.en_pausa:
        raise CursoError("unidad_retirada", _("Esta parte del curso cambió o ya no está."))
    hoy, cual = timezone.localdate(ahora), vista or Vista()
    tomadas = tomar_inscripcion(
        inscripcion=inscripcion.pk,
        unidad=unidad.pk,
        ahora=ahora,
        hoy=hoy,
        siguiente=siguiente,
        paso=cual.paso,
        lugar=cual.lugar,
        empezada=vista is None,
        a_tiempo=a_tiempo,
        es_ruta=bool(unidad.asientos),
    )
    if not tomadas:
        if a_tiempo and inscripcion.termino(hoy):
            raise edicion_terminada(inscripcion)
        raise CursoError("inscripcion_retirada", _("Su inscripción en este curso ya no está activa."))


@cambio_preparado
def tomar_inscripcion(
    *,
    inscripcion: int,
    unidad: int,
    ahora: datetime,
    hoy: date,
    siguiente: int,
    paso: str | None,
    lugar: int | None,
    empezada: bool,
    a_tiempo: bool,
    es_ruta: bool,
) -> tuple[QuerySet[Inscripcion], dict[str, Any]]:
    """The enrolment that goes on, with its activity and where to go on."""
    hecha = Avance.objects.filter(inscripcion=OuterRef("pk"), unidad=unidad).filter(
        Q(estado=Avance.Estado.TERMINADA) | condicion_de(paso, lugar, empezada)
    )
    # Written so that PostgreSQL need not guess the type of a parameter.
    adelanto = {
        "iniciada_en": Coalesce(F("iniciada_en"), Value(ahora)),
        "estado": EMPEZADA,
        "unidad_actual_id": Case(
            When(Exists(hecha), then=F("unidad_actual_id")), default=Value(unidad), output_field=BigAutoField()
        ),
        "paso_actual": Case(When(Exists(hecha), then=F("paso_actual")), default=Value(siguiente)),
    }
    abierta = Q(hasta__gte=hoy) | Exists(Edicion.objects.sin_terminar(hoy).filter(pk=OuterRef("edicion")))
    filas = Inscripcion.objects.activas().filter(*([abierta] if a_tiempo else []), pk=inscripcion)
    return filas, {"ultima_actividad_en": no_antes_de(ahora, "ultima_actividad_en"), **({} if es_ruta else adelanto)}


@preparada
def avance_en(*, inscripcion: int, unidad: int) -> QuerySet[Avance]:
    """What a person has done in a unit: one row, or none."""
    return Avance.objects.filter(inscripcion=inscripcion, unidad=unidad).order_by("pk")[:1]


def _escribir(fila: Avance | None, inscripcion: Inscripcion, unidad: Unidad, ahora: datetime, **campos: object) -> None:
    """Write the progress in a unit. The enrolment is already ours, and with it this row."""
    if fila is None:
        _crear(inscripcion, unidad, ahora, **campos)
    elif set(campos) == {"vistos", "paso"}:
        anotar_visto(avance=fila.pk, **campos)
    else:
        Avance.objects.filter(pk=fila.pk).update(**campos)


@cambio_preparado
def anotar_visto(*, avance: int, vistos: str, paso: int) -> tuple[QuerySet[Avance], dict[str, Any]]:
    """One step more of a unit."""
    return Avance.objects.filter(pk=avance), {"vistos": vistos, "paso": paso}


def _crear(inscripcion: Inscripcion, unidad: Unidad, ahora: datetime, **campos: object) -> None:
    fila = {**COMIENZO, **campos, "inscripcion": inscripcion.pk, "unidad": unidad.pk, "iniciado_en": ahora}
    insertar(Avance, tuple(fila), [tuple(fila.values())], las_que_falten=True)


def _cerrar(inscripcion: Inscripcion, unidad: Unidad, ahora: datetime, *, paso: int) -> Resultado:
    """Mark the unit done and count again. The enrolment is already ours."""
    vistos = juntar(unidad.ids_de_pasos) if unidad.ids_de_pasos else ""
    if not cerrar_avance(inscripcion=inscripcion.pk, unidad=unidad.pk, ahora=ahora, paso=paso, vistos=vistos or None):
        cierre = {"estado": Avance.Estado.TERMINADA, "terminado_en": ahora, "paso": paso, "vistos": vistos}
        _crear(inscripcion, unidad, ahora, **cierre)
    return _contar_la_terminada(inscripcion, ahora, paso=paso)


@cambio_preparado
def cerrar_avance(
    *, inscripcion: int, unidad: int, ahora: datetime, paso: int, vistos: str | None
) -> tuple[QuerySet[Avance], dict[str, Any]]:
    """What was under way in a unit, done."""
    abiertos = Avance.objects.filter(inscripcion=inscripcion, unidad=unidad, estado=Avance.Estado.EN_CURSO)
    cierre = {"estado": Avance.Estado.TERMINADA, "terminado_en": no_antes_de(ahora, "iniciado_en"), "paso": paso}
    return abiertos, {**cierre, **({} if vistos is None else {"vistos": vistos})}


def _contar_la_terminada(inscripcion: Inscripcion, ahora: datetime, *, paso: int) -> Resultado:
    """Count again after a unit was finished, and finish the course when it was the last."""
    terminado = Inscripcion.Estado.TERMINADA in contada_o_cerrada(inscripcion=inscripcion.pk, ahora=ahora)
    if terminado:
        anunciar_terminados([inscripcion.pk])
    return Resultado(unidad_terminada=True, curso_terminado=terminado, paso=paso)


def pasar_de(*, inscripcion: Inscripcion, unidad: Unidad) -> None:
    """Let «Continuar» go on to the next thing missing, when this one cannot be done now. It stays missing.

    With nothing else missing, nothing moves.
    """
    propia = Inscripcion.objects.filter(pk=inscripcion.pk, unidad_actual=unidad)
    propia.update(unidad_actual_id=la_siguiente(pendientes().exclude(unidad=unidad)), paso_actual=1)


def pasar_de_varias(lugares: Iterable[tuple[int, int]]) -> None:
    """Do ``pasar_de`` for several enrolments, each with its unit, in two statements."""
    lugares = set(lugares)
    if not lugares:
        return
    actuales = Inscripcion.objects.filter(pk__in={inscripcion for inscripcion, _unidad in lugares})
    ahi = [pk for pk, unidad in actuales.values_list("pk", "unidad_actual") if (pk, unidad) in lugares]
    otras = pendientes().exclude(unidad=OuterRef("unidad_actual"))
    Inscripcion.objects.filter(pk__in=ahi).update(unidad_actual_id=la_siguiente(otras), paso_actual=1)


def apuntar_a(*, inscripcion_id: int, unidad: Unidad) -> None:
    """Let «Continuar» lead to a unit of the course of that enrolment, if it goes on."""
    propia = Inscripcion.objects.activas().filter(pk=inscripcion_id, curso=unidad.curso_id)
    propia.exclude(estado=Inscripcion.Estado.TERMINADA).update(unidad_actual_id=unidad.pk, paso_actual=1)
