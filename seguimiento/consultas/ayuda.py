"""Who needs help: two failed evaluations, or the same question wrong four times, and nothing completed since."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from cursos.models import Avance
from evaluaciones import reglas
from evaluaciones.models import Intento, Respuesta
from evaluaciones.querysets import BIEN, MAL
from marco.de_estos import DeEstos

from .ambito import Ambito
from .definiciones import membresias_del

EVALUACIONES_SIN_APROBAR = 2
MISMA_PREGUNTA = 4
# What is asked before the course, or for an opinion, is not a difficulty.
QUE_ENSENAN = (*sorted(reglas.CON_NOTA), reglas.PRACTICA)


def personas_por_ayudar(ambito: Ambito, *, entre: Collection[int] | None = None) -> list[int]:
    """Their keys, read once and used by several questions. One statement; of another day, nobody and none.

    Enrolments of the edition, still open, of people who sit in the scope, or of those of a page (``entre``): nobody
    else's answers are read.
    """
    if not ambito.edicion or ambito.al or (entre is not None and not entre):
        return []
    return sorted(quienes(ambito, de=entre))


def quienes(ambito: Ambito, *, de: Collection[int] | str | None = None) -> QuerySet:
    """The same as a question, for whoever asks it in another way. ``de``, as ``entre`` takes them."""
    persona = "inscripcion__persona_id"
    sentadas = Q(inscripcion__persona__in=membresias_del(ambito).order_by().values("persona_id"))
    con_intentos = Intento.objects.filter(
        sentadas if de is None else entre(persona, de),
        inscripcion__edicion_id=ambito.edicion_id,
        inscripcion__retirada_en__isnull=True,
        inscripcion__terminada_en__isnull=True,
    )
    fallaron = _con_evaluaciones_sin_aprobar(con_intentos)
    return fallaron.union(_con_la_misma_pregunta(con_intentos)).values_list("inscripcion__persona_id", flat=True)


def entre(campo: str, personas: Iterable[int] | str) -> Q:
    """Condition: somebody is one of these. A text is how ``marco.de_estos`` writes them, as one value."""
    return Q(DeEstos(campo, personas)) if isinstance(personas, str) else Q(**{f"{campo}__in": personas})


def _con_evaluaciones_sin_aprobar(con_intentos: QuerySet[Intento]) -> QuerySet:
    """An evaluation completed afterwards, here or in person, no longer counts."""
    completada = Avance.objects.terminados().filter(
        inscripcion=OuterRef("inscripcion_id"), unidad=OuterRef("unidad_id")
    )
    return (
        con_intentos.enviados()
        .filter(~Exists(completada), aprobado=False)
        .order_by()
        .values("inscripcion__persona_id")
        .annotate(veces=Count("pk"))
        .filter(veces__gte=EVALUACIONES_SIN_APROBAR)
        .values("inscripcion__persona_id")
    )


def _con_la_misma_pregunta(con_intentos: QuerySet[Intento]) -> QuerySet:
    """A right answer to the question, or the evaluation completed, after the last wrong one, closes it.

    An attempt answers a question once: only who began as many attempts as wrong answers it takes is looked at.
    """
    de_quienes_insisten = (
        con_intentos.order_by()
        .values("inscripcion_id")
        .annotate(veces=Count("pk"))
        .filter(veces__gte=MISMA_PREGUNTA)
        .values("inscripcion_id")
    )
    completada_despues = Avance.objects.terminados().filter(
        inscripcion=OuterRef("intento__inscripcion_id"),
        unidad=OuterRef("intento__unidad_id"),
        terminado_en__gte=OuterRef("recibida_en"),
    )
    return (
        Respuesta.objects.filter(
            ~Exists(completada_despues),
            definitiva=True,
            intento__inscripcion__in=de_quienes_insisten,
            intento__unidad__variante__in=QUE_ENSENAN,
        )
        .order_by()
        .values("intento__inscripcion__persona_id", "version__clave")
        .annotate(
            veces=Count("pk", filter=MAL),
            ultima_mal=Max("recibida_en", filter=MAL),
            ultima_bien=Max("recibida_en", filter=BIEN),
        )
        .filter(Q(ultima_bien__isnull=True) | Q(ultima_bien__lt=F("ultima_mal")), veces__gte=MISMA_PREGUNTA)
        .values("intento__inscripcion__persona_id")
    )
