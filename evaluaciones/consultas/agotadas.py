"""Who used up their tries at an evaluation, and what one more would ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeGuard

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from cursos.models import Inscripcion, Unidad
from instancias.models import Persona

from ..models import EstadoDeNota, Intento, IntentoMas
from .preguntadas import ParaOtroIntento, para_otro_intento, preguntadas_por
from .publicado import Publicado, publicado_de


@dataclass(frozen=True)
class Agotada:
    """An evaluation that a person did not pass with all their tries, in a course that goes on. ``otro``: what one more
    try would ask."""

    inscripcion: Inscripcion
    unidad: Unidad
    enviados: int
    otro: ParaOtroIntento


def dados(**donde: Any) -> Coalesce:
    """Return how many more tries were given, as an expression: ``dados(inscripcion="pk", unidad="unidad_id")``."""
    filas = IntentoMas.objects.filter(**{campo: OuterRef(de) for campo, de in donde.items()})
    contados = filas.order_by().values("inscripcion", "unidad").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(contados, output_field=IntegerField()), 0)


def agotadas_de(persona: Persona) -> list[Agotada]:
    """Return the evaluations where a person is stuck, in courses that go on, with what one more try would ask."""
    filas = {
        (fila["inscripcion"], fila["unidad"]): fila
        for fila in sin_aprobar(Intento.objects.filter(inscripcion__persona=persona))
    }
    if not filas:
        return []
    inscripciones = Inscripcion.objects.select_related("curso", "edicion").in_bulk({clave[0] for clave in filas})
    unidades = Unidad.objects.select_related("curso").in_bulk({clave[1] for clave in filas})
    hoy, agotadas = timezone.localdate(), []
    for (inscripcion_id, unidad_id), fila in filas.items():
        inscripcion, unidad = inscripciones[inscripcion_id], unidades[unidad_id]
        publicado = publicado_de(unidad)
        if not inscripcion.curso.a_la_vista or inscripcion.termino(hoy):
            continue
        if not sin_intentos(publicado, fila["enviados"], fila["mas"]):
            continue
        otro = para_otro_intento(publicado, preguntadas_por(inscripcion, unidad))
        agotadas.append(Agotada(inscripcion, unidad, fila["enviados"], otro))
    return agotadas


def usados_en(*, inscripcion: Inscripcion, unidad_id: int) -> int | None:
    """Return how many tries somebody used at an evaluation where they have none left, or None. Mostly one statement."""
    fila = sin_aprobar(Intento.objects.filter(inscripcion=inscripcion, unidad=unidad_id)).first()
    if fila is None:
        return None
    publicado = publicado_de(Unidad.objects.select_related("curso").get(pk=unidad_id))
    return fila["enviados"] if sin_intentos(publicado, fila["enviados"], fila["mas"]) else None


def sin_aprobar(intentos: QuerySet[Intento]) -> QuerySet:
    """Enrolment and evaluation of those attempts, when none was passed and none is open, with what was given."""
    return (
        intentos.filter(
            inscripcion__retirada_en__isnull=True,
            inscripcion__terminada_en__isnull=True,
            unidad__retirada_en__isnull=True,
        )
        .order_by()
        .values("inscripcion", "unidad")
        .annotate(
            enviados=Count("pk", filter=Q(estado=Intento.Estado.ENVIADO)),
            aprobados=Count("pk", filter=Q(aprobado=True)),
            abiertos=Count("pk", filter=Q(estado=Intento.Estado.EN_CURSO) | Q(nota=EstadoDeNota.POR_CALIFICAR)),
            mas=dados(inscripcion="inscripcion", unidad="unidad"),
        )
        .filter(aprobados=0, abiertos=0)
        .order_by("unidad__orden")
    )


def sin_intentos(publicado: Publicado | None, enviados: int, mas: int) -> TypeGuard[Publicado]:
    permitidos = publicado.permitidos if publicado else None
    return permitidos is not None and enviados >= permitidos + mas
