"""Where people get stuck: how many finished each lesson, and which questions are hard. People of the scope only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, FloatField, Q
from django.db.models.functions import Cast

from cursos.clases import clase_de
from cursos.models import Avance, Inscripcion, RequisitoDeVersion
from evaluaciones.clases import Json
from evaluaciones.models import Respuesta, VersionDePregunta
from evaluaciones.querysets import MAL
from marco.nombres import Nombres

from .ambito import Ambito
from .ayuda import QUE_ENSENAN
from .definiciones import inscripcion_cuenta, personas_del

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
    """Enrolments of people who sit on the seats that count."""
    return Inscripcion.objects.filter(inscripcion_cuenta(ambito, ""), persona__in=personas_del(ambito).values("pk"))


def embudo(ambito: Ambito) -> list[Peldano]:
    """Return the units that the people's versions ask for. Three statements, however many people.

    People are counted by version first: joined to the dozens of units that each asks for, a country is many millions.
    """
    inscripciones = inscripciones_del(ambito)
    por_version = dict(inscripciones.order_by().values_list("version_id").annotate(cuantas=Count("pk")))
    hechas = {
        (version, unidad): (empezaron, terminaron)
        for version, unidad, empezaron, terminaron in Avance.objects.filter(
            inscripcion__in=inscripciones.values("pk"), iniciado_en__lt=ambito.corte
        )
        .order_by()
        .values_list("inscripcion__version_id", "unidad_id")
        .annotate(empezaron=Count("pk"), terminaron=Count("pk", filter=Q(terminado_en__lt=ambito.corte)))
    }
    peldanos: dict[int, Peldano] = {}
    for version, unidad, *datos in (
        RequisitoDeVersion.objects.filter(version__in=por_version)
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
        cuentas = (por_version[version], *hechas.get((version, unidad), (0, 0)))
        previo = peldanos.get(unidad) or Peldano(unidad, *datos, 0, 0, 0)
        peldanos[unidad] = previo.con(*cuentas)
    return list(peldanos.values())


def preguntas_dificiles(ambito: Ambito) -> list[PreguntaDificil]:
    """Return the questions missed most by the people of the scope, from five answers on. Two statements."""
    return dificiles_para(inscripciones_del(ambito))


def dificiles_para(inscripciones: Any) -> list[PreguntaDificil]:
    """The same, of some enrolments. Two statements: the questions, and what was chosen."""
    respuestas = Respuesta.objects.filter(
        definitiva=True,
        nota="calificada",
        intento__inscripcion__in=inscripciones.values("pk"),
        intento__unidad__variante__in=QUE_ENSENAN,
    )
    mal = MAL
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
        respuestas.filter(mal, version__in=ids).order_by().values_list("version_id", "valor").annotate(n=Count("pk"))
    )
    mas_elegidas: dict[int, tuple[Json, int]] = {}
    for version, valor, veces in elegidas:
        respondida = not versiones[version].contenido.falta(valor)
        if respondida and veces > mas_elegidas.get(version, (None, 0))[1]:
            mas_elegidas[version] = (valor, veces)
    nombres = Nombres()
    return [_pregunta(versiones[fila["version_id"]], fila, mas_elegidas, nombres) for fila in dificiles]


def _pregunta(
    version: VersionDePregunta,
    fila: Mapping[str, Any],
    mas_elegidas: Mapping[int, tuple[Json, int]],
    nombres: Nombres,
) -> PreguntaDificil:
    valor, veces = mas_elegidas.get(version.pk, (None, 0))
    pregunta = version.contenido
    palabras = pregunta.en_palabras(valor) if veces else []
    return PreguntaDificil(
        texto=nombres.poner(pregunta.texto),
        unidad=version.evaluacion.titulo,
        respuestas=fila["respuestas"],
        fallos=fila["fallos"],
        mas_elegida=nombres.poner(" · ".join(palabras)),
        veces=veces,
    )
