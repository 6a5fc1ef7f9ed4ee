"""Enrol people in editions, one by one or whole territories at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

from django.db import transaction
from django.db.models import Case, ProtectedError, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from instancias.models import Membresia, Persona
from instancias.querysets import MembresiaQuerySet
from marco.en_bloque import crear

from ..errores import CursoError
from ..models import Edicion, Inscripcion, VersionDeCurso
from .prorrogas import con_su_plazo

CAMPOS = ("persona_id", "edicion_id", "curso_id", "version_id", "territorio_id", "requeridas", "creada_en")
DIAS_DE_GRACIA = timedelta(days=31)  # how long the daily work may have been stopped


@transaction.atomic
def inscribir(*, persona: Persona, edicion: Edicion, ahora: datetime) -> Inscripcion:
    """Enrol a person; enrolling twice returns the first enrolment, active again.

    Raises ``edicion_cerrada``, ``sin_asiento``, ``fuera_de_edicion`` or ``curso_sin_publicar``.
    """
    hoy = timezone.localdate(ahora)
    previa = Inscripcion.objects.filter(persona=persona, edicion=edicion).first()
    if previa is not None and previa.retirada_en is None:
        return previa
    if not Edicion.objects.que_reciben(hoy).filter(pk=edicion.pk).exists():
        raise CursoError("edicion_cerrada", _("Esta edición ya no recibe personas."))
    suyas = Membresia.objects.vigentes(hoy).filter(persona=persona)
    lugar = next(_lugares(_de_la_edicion(suyas, edicion)), None)
    if lugar is None:
        if not suyas.exists():
            raise CursoError("sin_asiento", _("Esta persona no ocupa ningún asiento."))
        raise CursoError("fuera_de_edicion", _("Esta edición no está abierta para su asiento o su distrito."))
    if previa is not None:
        Inscripcion.objects.filter(pk=previa.pk).update(retirada_en=None)
        previa.refresh_from_db()
        return previa
    _crear([_nueva(lugar, edicion, *_version(edicion), ahora)])
    return Inscripcion.objects.get(persona=persona, edicion=edicion)


@transaction.atomic
def inscribir_en_lote(*, edicion: Edicion, ahora: datetime) -> int:
    """Enrol everybody who sits today in the territories and seats of an edition. Returns how many were new."""
    hoy = timezone.localdate(ahora)
    if not Edicion.objects.que_reciben(hoy).filter(pk=edicion.pk).exists():
        raise CursoError("edicion_cerrada", _("Esta edición ya no recibe personas."))
    version, pide = _version(edicion)
    elegibles = _de_la_edicion(Membresia.objects.vigentes(hoy).filter(persona__activa=True), edicion)
    ya = Inscripcion.objects.filter(edicion=edicion).values("persona")
    nuevas: dict[int, Inscripcion] = {}
    for lugar in _lugares(elegibles.exclude(persona__in=ya)):
        nuevas.setdefault(lugar.persona_id, _nueva(lugar, edicion, version, pide, ahora))
    return _crear(nuevas.values())


def inscribir_a_nuevos(*, membresias: Iterable[int], ahora: datetime) -> int:
    """Enrol those who took these seats in every edition open to them. Returns how many enrolments are new.

    A seat taken from a later day enrols nobody yet: ``inscribir_a_quienes_empiezan`` does, when the day comes.
    """
    return _inscribir(Membresia.objects.filter(pk__in=list(membresias)), ahora)


def inscribir_a_quienes_empiezan(*, ahora: datetime) -> int:
    """Enrol those whose seat began in these days. Running it again, or late by some weeks, changes nothing."""
    primero = timezone.localdate(ahora) - DIAS_DE_GRACIA
    return _inscribir(Membresia.objects.filter(desde__gte=primero), ahora)


def inscribir_al_entrar(*, persona_id: int, ahora: datetime, anterior: datetime | None = None) -> int:
    """Enrol a person by the seats that began since they last came in: no task is needed for it."""
    suyas = Membresia.objects.filter(persona=persona_id)
    if anterior is not None:
        suyas = suyas.filter(desde__gte=timezone.localdate(anterior))
    return _inscribir(suyas, ahora)


def falta_inscribir(*, persona: Persona, hoy: date) -> bool:
    """Whether an edition open to the seats of a person still lacks them. Only reads."""
    lugares = list(_lugares(Membresia.objects.vigentes(hoy).filter(persona=persona)))
    ediciones = {edicion.pk for edicion, _caben in _ediciones_para(lugares, hoy)} if lugares else set()
    return len(ediciones) > Inscripcion.objects.filter(persona=persona, edicion__in=ediciones).count()


@transaction.atomic
def _inscribir(membresias: MembresiaQuerySet, ahora: datetime) -> int:
    hoy = timezone.localdate(ahora)
    tomadas = list(_lugares(membresias.vigentes(hoy).filter(persona__activa=True)))
    if not tomadas:
        return 0
    nuevas: dict[tuple[int, int], Inscripcion] = {}
    for edicion, caben in _ediciones_para(tomadas, hoy):
        version, pide = _version(edicion)
        for lugar in caben:
            nuevas.setdefault((lugar.persona_id, edicion.pk), _nueva(lugar, edicion, version, pide, ahora))
    previas = Inscripcion.objects.filter(edicion__in={edicion for _persona, edicion in nuevas})
    ya = set(previas.filter(persona__in={p for p, _e in nuevas}).values_list("persona_id", "edicion_id"))
    return _crear(fila for llave, fila in nuevas.items() if llave not in ya)


def retirar_inscripcion(*, inscripcion: Inscripcion, ahora: datetime) -> None:
    """Close a person's way into a course. What was done stays written."""
    Inscripcion.objects.filter(pk=inscripcion.pk, retirada_en__isnull=True).update(retirada_en=ahora)


def olvidar_sin_empezar(*, personas: Iterable[int], desde: datetime, hoy: date) -> int:
    """Take away enrolments made since then that nobody began and no seat of today gives: theirs was taken back.

    Whoever began, or has anything written, stays enrolled. Returns how many are gone.
    """
    sin_empezar = Inscripcion.objects.filter(
        persona__in=list(personas),
        estado=Inscripcion.Estado.POR_EMPEZAR,
        iniciada_en__isnull=True,
        hechas=0,
        creada_en__gte=desde,
    )
    suyas: dict[int, list[Lugar]] = {}
    for lugar in _lugares(Membresia.objects.vigentes(hoy).filter(persona__in=sin_empezar.values("persona"))):
        suyas.setdefault(lugar.persona_id, []).append(lugar)
    quitadas = 0
    for una in sin_empezar.select_related("edicion").prefetch_related(
        "edicion__territorios", "edicion__tipos_de_asiento"
    ):
        if _caben(una.edicion, suyas.get(una.persona_id, [])):
            continue
        with suppress(ProtectedError), transaction.atomic():
            una.delete()
            quitadas += 1
    return quitadas


def empezadas_desde(*, personas: Iterable[int], desde: datetime) -> dict[int, str]:
    """Why people keep the enrolments made since then, by their number: they began, or something is written in them."""
    suyas = Inscripcion.objects.filter(persona__in=list(personas), creada_en__gte=desde)
    sin_empezar = {"estado": Inscripcion.Estado.POR_EMPEZAR, "iniciada_en__isnull": True, "hechas": 0}
    con_algo = set(suyas.exclude(**sin_empezar).values_list("persona", flat=True))
    por_numero = dict(suyas.filter(**sin_empezar).values_list("pk", "persona"))
    for relacion in Inscripcion._meta.related_objects if por_numero else ():
        campo = relacion.field
        escritas = relacion.related_model._base_manager.filter(**{f"{campo.name}__in": list(por_numero)})
        con_algo |= {por_numero[pk] for pk in escritas.values_list(campo.attname, flat=True)}
    return dict.fromkeys(con_algo, _("ya empezó un curso"))


def _de_la_edicion(membresias: MembresiaQuerySet, edicion: Edicion) -> MembresiaQuerySet:
    dentro = membresias.bajo(edicion.territorios.values_list("pk", flat=True))
    tipos = list(edicion.tipos_de_asiento.values_list("pk", flat=True))
    return dentro.filter(asiento__tipo__in=tipos) if tipos else dentro


def _ediciones_para(tomadas: list[Lugar], hoy: date) -> Iterator[tuple[Edicion, list[Lugar]]]:
    """Each edition that receives people today and has something to give, with the places that fit in it."""
    ediciones = Edicion.objects.que_reciben(hoy).filter(curso__retirada_en__isnull=True, curso__versiones__vigente=True)
    for edicion in ediciones.prefetch_related("territorios", "tipos_de_asiento").select_related("curso"):
        if caben := _caben(edicion, tomadas):
            yield edicion, caben


def _caben(edicion: Edicion, lugares: list[Lugar]) -> list[Lugar]:
    """Those of the places that the edition was opened to."""
    prefijos = tuple(territorio.pk for territorio in edicion.territorios.all())
    tipos = {tipo.pk for tipo in edicion.tipos_de_asiento.all()}
    return [uno for uno in lugares if uno.territorio.startswith(prefijos) and (not tipos or uno.tipo in tipos)]


class Lugar(NamedTuple):
    """What an enrolment needs of a membership."""

    persona_id: int
    territorio: str
    tipo: int


def _lugares(membresias: QuerySet[Membresia]) -> Iterator[Lugar]:
    """Of several seats of a person, the one held as titular comes first."""
    titular_primero = Case(When(calidad=Membresia.Calidad.TITULAR, then=Value(0)), default=Value(1))
    filas = membresias.order_by(titular_primero, "desde", "pk").values_list(
        "persona_id", "asiento__instancia__territorio_id", "asiento__tipo_id"
    )
    return map(Lugar._make, filas)


def _version(edicion: Edicion) -> tuple[VersionDeCurso, int]:
    """Return the version in force of the course and how many units it asks for."""
    version = VersionDeCurso.objects.filter(curso=edicion.curso_id, vigente=True).first()
    if version is None or edicion.curso.retirada_en is not None:
        raise CursoError("curso_sin_publicar", _("Publique el curso antes de inscribir personas."))
    return version, version.filas.count()


def _nueva(lugar: Lugar, edicion: Edicion, version: VersionDeCurso, pide: int, ahora: datetime) -> Inscripcion:
    return Inscripcion(
        persona_id=lugar.persona_id,
        edicion=edicion,
        curso_id=edicion.curso_id,
        version=version,
        territorio_id=lugar.territorio,
        requeridas=pide,
        creada_en=ahora,
    )


def _crear(inscripciones: Iterable[Inscripcion]) -> int:
    """Two acts at once enrol once: the constraint decides. Returns how many are of this one."""
    filas = list(inscripciones)
    puestas = crear(Inscripcion, CAMPOS, map(attrgetter(*CAMPOS), filas), las_que_falten=True)
    if filas:
        con_su_plazo(filas)
    return len(puestas)
