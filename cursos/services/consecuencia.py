"""What taking a part of a course away does to those under way. Only reads, but for the row that records a decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ..models import Avance, DecisionDeRetiro, Inscripcion, RequisitoDeVersion, Unidad, VersionDeCurso
from . import contadores

PLAZO_PARA_DESHACER = timedelta(hours=24)


@dataclass(frozen=True)
class Consecuencia:
    """People under way who still had it to do, who would finish without it, and who had begun it."""

    personas: int = 0
    terminan: int = 0
    pierden: int = 0


def al_retirar(unidades: Iterable[Unidad]) -> Consecuencia:
    """Return what no longer asking for these units would do."""
    ids = [unidad.pk for unidad in unidades]
    if not ids:
        return Consecuencia()
    les_falta = Inscripcion.objects.empezadas().filter(Exists(contadores.pendientes().filter(unidad__in=ids)))
    terminan = les_falta.filter(~Exists(contadores.pendientes().exclude(unidad__in=ids)))
    return Consecuencia(les_falta.count(), terminan.count(), les_falta.filter(_a_medias(ids)).count())


def al_pasar_a(version: VersionDeCurso, inscripciones: QuerySet[Inscripcion]) -> tuple[list[int], Consecuencia]:
    """Return the units that these people still lack and a version does not ask for, and what moving them would do."""
    suyas = RequisitoDeVersion.objects.filter(version__in=inscripciones.order_by().values("version"))
    sobran = suyas.exclude(unidad__in=version.filas.values("unidad"))
    ids = sorted(set(sobran.order_by().values_list("unidad", flat=True)))
    if not ids:
        return [], Consecuencia()
    les_falta = inscripciones.filter(Exists(contadores.pendientes().filter(unidad__in=ids)))
    hecho = Avance.objects.terminados().filter(unidad=OuterRef("unidad"), inscripcion=OuterRef(OuterRef("pk")))
    terminan = les_falta.filter(~Exists(version.filas.filter(~Exists(hecho)).order_by()))
    return ids, Consecuencia(les_falta.count(), terminan.count(), les_falta.filter(_a_medias(ids)).count())


def _a_medias(ids: Collection[int]) -> Exists:
    sin_acabar = Avance.objects.filter(unidad__in=ids, estado=Avance.Estado.EN_CURSO)
    return Exists(sin_acabar.filter(inscripcion=OuterRef("pk")))


def que_faltan(ids: Collection[int], *, cursos: Iterable[int]) -> set[int]:
    """Return which of these units somebody under way has still to do. After it, those enrolments are ours."""
    if not ids:
        return set()
    tomar_inscripciones(cursos)
    return les_falta_a_alguien(ids)


def les_falta_a_alguien(ids: Collection[int]) -> set[int]:
    """Return which of these units somebody under way has still to do, as it is now."""
    if not ids:
        return set()
    hecha = Avance.objects.terminados().filter(inscripcion=OuterRef("pk"), unidad=OuterRef(OuterRef("unidad")))
    le_falta = Inscripcion.objects.empezadas().filter(~Exists(hecha), version=OuterRef("version"))
    pedidas = RequisitoDeVersion.objects.filter(Exists(le_falta), unidad__in=list(ids))
    return set(pedidas.order_by().values_list("unidad", flat=True))


def tomar_inscripciones(cursos: Iterable[int]) -> None:
    """Take the rows of who has not finished: nobody begins, nor comes to lack nothing else, until the caller ends."""
    abiertas = Inscripcion.objects.filter(curso__in=list(cursos)).exclude(estado=Inscripcion.Estado.TERMINADA)
    list(abiertas.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def les_falta_alguna(decision: DecisionDeRetiro) -> Exists:
    """Whether the outer enrolment lacks a unit that a decision was about."""
    hecha = Avance.objects.terminados().filter(unidad=OuterRef("unidad_id"), inscripcion=OuterRef(OuterRef("pk")))
    unidades = DecisionDeRetiro.unidades.through.objects.filter(decisionderetiro=decision.pk)
    return Exists(unidades.filter(~Exists(hecha)))


def anotar(
    *,
    curso_id: int,
    unidades: Iterable[int],
    trato: str,
    consecuencia: Consecuencia,
    ahora: datetime,
    por: Any,
    version: VersionDeCurso | None = None,
) -> DecisionDeRetiro:
    """Record a decision: who, when, about what, and how many people it reached."""
    decision = DecisionDeRetiro.objects.create(
        curso_id=curso_id,
        version=version,
        trato=trato,
        en=ahora,
        por=por,
        firme_desde=ahora + PLAZO_PARA_DESHACER,
        **asdict(consecuencia),
    )
    decision.unidades.set(unidades)
    return decision
