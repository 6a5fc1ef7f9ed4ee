"""Who needs help: two failed evaluations, or the same question wrong four times, and nothing completed since."""

from __future__ import annotations

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from cursos.models import Avance, Inscripcion
from evaluaciones import reglas
from evaluaciones.models import Intento, Respuesta
from evaluaciones.querysets import BIEN, MAL

from .ambito import Ambito

EVALUACIONES_SIN_APROBAR = 2
MISMA_PREGUNTA = 4
# What is asked before the course, or for an opinion, is not a difficulty.
QUE_ENSENAN = (*sorted(reglas.CON_NOTA), reglas.PRACTICA)


def inscripciones_por_ayudar(ambito: Ambito) -> QuerySet[Inscripcion]:
    """Enrolments of the edition, still open, whose person needs help."""
    return (
        Inscripcion.objects.activas()
        .filter(edicion_id=ambito.edicion_id)
        .exclude(estado=Inscripcion.Estado.TERMINADA)
        .filter(Q(pk__in=_con_evaluaciones_sin_aprobar(ambito)) | Q(pk__in=_con_la_misma_pregunta(ambito)))
    )


def personas_por_ayudar(ambito: Ambito) -> list[int]:
    """Their keys, read once and used by several questions. One statement; of another day, nobody and none."""
    if not ambito.edicion or ambito.al:
        return []
    return list(inscripciones_por_ayudar(ambito).order_by().values_list("persona_id", flat=True))


def _con_evaluaciones_sin_aprobar(ambito: Ambito) -> QuerySet:
    """An evaluation completed afterwards, here or in person, no longer counts."""
    completada = Avance.objects.terminados().filter(
        inscripcion=OuterRef("inscripcion_id"), unidad=OuterRef("unidad_id")
    )
    return (
        Intento.objects.enviados()
        .filter(~Exists(completada), inscripcion__edicion_id=ambito.edicion_id, aprobado=False)
        .order_by()
        .values("inscripcion_id")
        .annotate(veces=Count("pk"))
        .filter(veces__gte=EVALUACIONES_SIN_APROBAR)
        .values("inscripcion_id")
    )


def _con_la_misma_pregunta(ambito: Ambito) -> QuerySet:
    """A right answer to the question, or the evaluation completed, after the last wrong one, closes it."""
    completada_despues = Avance.objects.terminados().filter(
        inscripcion=OuterRef("intento__inscripcion_id"),
        unidad=OuterRef("intento__unidad_id"),
        terminado_en__gte=OuterRef("recibida_en"),
    )
    mal = MAL
    return (
        Respuesta.objects.filter(
            ~Exists(completada_despues),
            definitiva=True,
            intento__inscripcion__edicion_id=ambito.edicion_id,
            intento__inscripcion__terminada_en__isnull=True,
            intento__unidad__variante__in=QUE_ENSENAN,
        )
        .order_by()
        .values("intento__inscripcion_id", "version__clave")
        .annotate(
            veces=Count("pk", filter=mal),
            ultima_mal=Max("recibida_en", filter=mal),
            ultima_bien=Max("recibida_en", filter=BIEN),
        )
        .filter(Q(ultima_bien__isnull=True) | Q(ultima_bien__lt=F("ultima_mal")), veces__gte=MISMA_PREGUNTA)
        .values("intento__inscripcion_id")
    )
