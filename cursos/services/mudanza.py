"""Put people under another version and count again, in sets. Nobody finishes by it unless a decision says so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import BigAutoField, Case, Count, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from marco.preparadas import cambio_preparado

from ..models import Avance, DecisionDeRetiro, Inscripcion, RequisitoDeVersion, VersionDeCurso
from . import contadores
from .consecuencia import les_falta_alguna
from .contadores import ABIERTA

Estado = Inscripcion.Estado


def mover(
    inscripciones: QuerySet[Inscripcion],
    *,
    a: VersionDeCurso,
    ahora: datetime,
    decision: DecisionDeRetiro | None = None,
) -> int:
    """Put enrolments under a version and count again, in sets. Returns how many were moved.

    They are taken first and counted afterwards, so that what a person does meanwhile is counted too. Of a decision,
    those who lacked what it was about keep which one it was.
    """
    alcanzadas: dict[str, Any] = {}
    if decision is not None:
        por_ella = When(les_falta_alguna(decision), then=Value(decision.pk))
        alcanzadas["decision_id"] = Case(por_ella, default=F("decision_id"), output_field=BigAutoField())
        alcanzadas["version_anterior_id"] = F("version_id")
    movidas = inscripciones.exclude(estado=Estado.TERMINADA).update(version=a, **alcanzadas)
    if movidas:
        recontar_las_de(a)
        if decision is not None:  # who is left with nothing to do finishes, unannounced: what they earned waits
            alcanzadas_por_ella = Inscripcion.objects.filter(version=a, decision=decision)
            contadores.cerrar(contadores.completas(alcanzadas_por_ella), ahora=ahora)
    return movidas


def recontar(inscripciones: QuerySet[Inscripcion]) -> None:
    """Write again every counter of enrolments that are not finished."""
    inscripciones.filter(ABIERTA).update(**lo_pedido())
    contadores.contar(inscripciones)


def recontar_las_de(version: VersionDeCurso) -> None:
    """``recontar``, of who is under this version."""
    pedidas_de_una_version(version=version.pk)
    contadas_de_una_version(version=version.pk)


@cambio_preparado
def pedidas_de_una_version(*, version: int) -> tuple[QuerySet[Inscripcion], dict[str, Any]]:
    return Inscripcion.objects.filter(ABIERTA, version=version), lo_pedido()


@cambio_preparado
def contadas_de_una_version(*, version: int) -> tuple[QuerySet[Inscripcion], dict[str, Any]]:
    return Inscripcion.objects.filter(ABIERTA, version=version), contadores.lo_contado()


def lo_pedido() -> dict[str, Any]:
    """What is done is every finished unit that the course has ever asked for: whatever changes, it does not fall."""
    pedida = RequisitoDeVersion.objects.filter(unidad=OuterRef("unidad"), version__curso=OuterRef("inscripcion__curso"))
    hechas = _cuenta(Avance.objects.terminados().filter(Exists(pedida), inscripcion=OuterRef("pk")), "inscripcion")
    faltan = _cuenta(contadores.pendientes(), "version")
    return {"hechas": hechas, "requeridas": hechas + faltan}


def _cuenta(filas: QuerySet[Any], por: str) -> Coalesce:
    return Coalesce(Subquery(filas.order_by().values(por).annotate(total=Count("pk")).values("total")), 0)
