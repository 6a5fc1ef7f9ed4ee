"""Where people get stuck: how many finished each lesson, and which questions are hard. People of the scope only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, FloatField, Q
from django.db.models.functions import Cast

from cursos.models import Avance, Inscripcion, RequisitoDeVersion, Unidad
from evaluaciones.models import Respuesta, VersionDePregunta
from evaluaciones.services.ganancia import Ganancia, ganancia
from instancias.nombres import Nombres

from .ambito import Ambito, personas_del
from .ayuda import QUE_ENSENAN

MINIMO_DE_RESPUESTAS = 5
MAXIMO_DE_PREGUNTAS = 10


@dataclass(frozen=True)
class Peldano:
    """A unit of the course, in order: of how many it is asked, how many opened it and how many finished it."""

    unidad_id: int
    numero: int
    titulo: str
    modulo: str
    clase: str
    piden: int
    empezaron: int
    terminaron: int

    @property
    def es_evaluacion(self) -> bool:
        return self.clase == Unidad.Clase.EVALUACION

    @property
    def faltan(self) -> int:
        return self.piden - self.terminaron


@dataclass(frozen=True)
class PreguntaDificil:
    """A question, how often it was missed, and the wrong option chosen most."""

    texto: str
    unidad: str
    respuestas: int
    fallos: int
    mas_elegida: str
    veces: int

    @property
    def porcentaje(self) -> int:
        return round(100 * self.fallos / self.respuestas)


def inscripciones_del(ambito: Ambito) -> Any:
    """Enrolments of people who sit today on the seats that count."""
    return Inscripcion.objects.filter(
        Q(retirada_en__isnull=True) | Q(estado=Inscripcion.Estado.TERMINADA),
        edicion_id=ambito.edicion_id,
        persona__in=personas_del(ambito).values("pk"),
    )


def embudo(ambito: Ambito) -> list[Peldano]:
    """Return the units that the people's versions ask for. Two statements, however many people."""
    inscripciones = inscripciones_del(ambito)
    pedidas = (
        RequisitoDeVersion.objects.filter(version__inscripciones__in=inscripciones.values("pk"))
        .order_by("unidad__orden", "unidad_id")
        .values_list("unidad_id", "unidad__numero", "unidad__titulo", "unidad__modulo", "unidad__clase")
        .annotate(piden=Count("version__inscripciones", distinct=True))
    )
    hechas = {
        unidad: (empezaron, terminaron)
        for unidad, empezaron, terminaron in Avance.objects.filter(
            inscripcion__in=inscripciones.values("pk"), inscripcion__version__filas__unidad=F("unidad")
        )
        .order_by()
        .values_list("unidad_id")
        .annotate(empezaron=Count("pk"), terminaron=Count("pk", filter=Q(estado=Avance.Estado.TERMINADA)))
    }
    return [Peldano(*fila, *hechas.get(fila[0], (0, 0))) for fila in pedidas]


def aprendido(ambito: Ambito) -> Ganancia:
    """Return the entry marks against the final ones of these people. One statement."""
    return ganancia(inscripciones_del(ambito))


def preguntas_dificiles(ambito: Ambito) -> list[PreguntaDificil]:
    """Return the questions missed most, from five answers on. Two statements: the questions, and what was chosen."""
    respuestas = Respuesta.objects.filter(
        definitiva=True,
        intento__inscripcion__in=inscripciones_del(ambito).values("pk"),
        intento__unidad__variante__in=QUE_ENSENAN,
    )
    mal = Q(acierto=False)
    dificiles = list(
        respuestas.order_by()
        .values("version_id")
        .annotate(respuestas=Count("pk"), fallos=Count("pk", filter=mal))
        .filter(respuestas__gte=MINIMO_DE_RESPUESTAS, fallos__gt=0)
        .annotate(proporcion=Cast("fallos", FloatField()) / Cast("respuestas", FloatField()))
        .order_by("-proporcion", "-fallos", "version_id")[:MAXIMO_DE_PREGUNTAS]
    )
    if not dificiles:
        return []
    ids = [fila["version_id"] for fila in dificiles]
    versiones = VersionDePregunta.objects.select_related("evaluacion").in_bulk(ids)
    elegidas = (
        respuestas.filter(mal, version__in=ids).order_by().values_list("version_id", "elegidas").annotate(n=Count("pk"))
    )
    mas_elegidas: dict[int, tuple[list, int]] = {}
    for version, opciones, veces in elegidas:
        if opciones and veces > mas_elegidas.get(version, ([], 0))[1]:
            mas_elegidas[version] = (opciones, veces)
    nombres = Nombres()
    return [_pregunta(versiones[fila["version_id"]], fila, mas_elegidas, nombres) for fila in dificiles]


def _pregunta(
    version: VersionDePregunta,
    fila: Mapping[str, Any],
    mas_elegidas: Mapping[int, tuple[list, int]],
    nombres: Nombres,
) -> PreguntaDificil:
    elegidas, veces = mas_elegidas.get(version.pk, ([], 0))
    textos = {str(una["clave"]): una["texto"] for una in version.contenido.get("alternativas", [])}
    return PreguntaDificil(
        texto=nombres.poner(version.contenido.get("texto", "")),
        unidad=version.evaluacion.titulo,
        respuestas=fila["respuestas"],
        fallos=fila["fallos"],
        mas_elegida=nombres.poner(" · ".join(textos.get(str(clave), "") for clave in elegidas)),
        veces=veces,
    )
