"""Where people get stuck: how many finished each lesson, and which questions are hard. People of the scope only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, FloatField
from django.db.models.functions import Cast

from cursos.clases import clase_de
from cursos.models import RequisitoDeVersion
from evaluaciones.models import VersionDePregunta
from evaluaciones.querysets import MAL
from marco.nombres import Nombres

from . import partes, respuestas
from .ambito import Ambito
from .partes import inscripciones_del
from .pocos import se_dice

MINIMO_DE_RESPUESTAS = 5
MAXIMO_DE_PREGUNTAS = 10


@dataclass(frozen=True)
class Peldano:
    """A unit of the course, in order: of how many it is asked, how many opened it and how many finished it."""

    unidad_id: int
    numero: int
    titulo: str
    modulo: str
    clave_del_modulo: int
    clase: str
    piden: int
    empezaron: int
    terminaron: int

    def con(self, piden: int, empezaron: int, terminaron: int) -> Peldano:
        """The same, with the people of one more version."""
        return replace(
            self,
            piden=self.piden + piden,
            empezaron=self.empezaron + empezaron,
            terminaron=self.terminaron + terminaron,
        )

    @property
    def rotulo(self) -> str:
        """What kind of unit it is, in a word."""
        return str(clase_de(self.clase).nombre)

    @property
    def aclaracion(self) -> str:
        """The same, for beside the title: nothing where it is what a course is made of."""
        return clase_de(self.clase).sustantivo(1) if clase_de(self.clase).dice_su_clase else ""

    @property
    def faltan(self) -> int:
        return self.piden - self.terminaron

    @property
    def son_pocos(self) -> bool:
        return not se_dice(self.terminaron, self.piden)


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


def embudo(ambito: Ambito, suyas: partes.Partes | None = None) -> list[Peldano]:
    """Return the units that the people's versions ask for. A handful of statements, however many people."""
    suyas = suyas or partes.del_ambito(ambito)
    peldanos: dict[int, Peldano] = {}
    for version, unidad, *datos in (
        RequisitoDeVersion.objects.filter(version__in=[una for una, cuantas in suyas.personas.items() if cuantas])
        .order_by("unidad__orden", "unidad_id")
        .values_list(
            "version_id",
            "unidad_id",
            "unidad__numero",
            "unidad__titulo",
            "unidad__modulo",
            "unidad__clave_del_modulo",
            "unidad__clase",
        )
    ):
        cual = (version, unidad)
        previo = peldanos.get(unidad) or Peldano(unidad, *datos, 0, 0, 0)
        peldanos[unidad] = previo.con(suyas.personas[version], suyas.empezaron[cual], suyas.terminaron[cual])
    return list(peldanos.values())


def preguntas_dificiles(ambito: Ambito, suyas: partes.Partes | None = None) -> list[PreguntaDificil]:
    """Return the questions missed most by the people of the scope, from five answers on. A handful of statements."""
    dichas = respuestas.por_pregunta(ambito, suyas.de_mas if suyas else None)
    if dichas is None:
        return dificiles_para(inscripciones_del(ambito))
    dificiles = [
        (version, una) for version, una in dichas.items() if una.respuestas >= MINIMO_DE_RESPUESTAS and una.fallos > 0
    ]
    dificiles.sort(key=lambda fila: (-fila[1].fallos / fila[1].respuestas, -fila[1].fallos, fila[0]))
    return _en_palabras(dificiles[:MAXIMO_DE_PREGUNTAS])


def dificiles_para(inscripciones: Any) -> list[PreguntaDificil]:
    """The same, of some enrolments. Two statements: the questions, and what was chosen."""
    suyas = respuestas.que_ensenan().filter(intento__inscripcion__in=inscripciones.values("pk"))
    mal = MAL
    dificiles = {
        fila["version_id"]: respuestas.Dichas(fila["respuestas"], fila["fallos"])
        for fila in suyas.order_by()
        .values("version_id")
        .annotate(respuestas=Count("pk"), fallos=Count("pk", filter=mal))
        .filter(respuestas__gte=MINIMO_DE_RESPUESTAS, fallos__gt=0)
        .annotate(proporcion=Cast("fallos", FloatField()) / Cast("respuestas", FloatField()))
        .order_by("-proporcion", "-fallos", "version_id")[:MAXIMO_DE_PREGUNTAS]
    }
    if not dificiles:
        return []
    elegidas = suyas.filter(mal, version__in=dificiles).order_by().values_list("version_id", "valor")
    for version, valor, veces in elegidas.annotate(n=Count("pk")):
        dificiles[version].poner(valor, 0, veces)
        dificiles[version].fallos -= veces  # they were counted already
    return _en_palabras(list(dificiles.items()))


def _en_palabras(dificiles: list[tuple[int, respuestas.Dichas]]) -> list[PreguntaDificil]:
    if not dificiles:
        return []
    versiones = VersionDePregunta.objects.select_related("evaluacion").in_bulk([version for version, _una in dificiles])
    nombres = Nombres()
    return [_pregunta(versiones[version], una, nombres) for version, una in dificiles]


def _pregunta(version: VersionDePregunta, dichas: respuestas.Dichas, nombres: Nombres) -> PreguntaDificil:
    pregunta = version.contenido
    respondidas = ((valor, veces) for valor, veces in dichas.mas_elegidas() if not pregunta.falta(valor))
    valor, veces = next(respondidas, (None, 0))
    palabras = pregunta.en_palabras(valor) if veces else []
    return PreguntaDificil(
        texto=nombres.poner(pregunta.texto),
        unidad=version.evaluacion.titulo,
        respuestas=dichas.respuestas,
        fallos=dichas.fallos,
        mas_elegida=nombres.poner(" · ".join(palabras)),
        veces=veces,
    )
