"""How a course goes: how far people get, how long each part takes them, where they stop. Nobody is named in it.

Whoever follows a scope reads it of their people, openly: they see their names as well. Who writes the course reads it
of everybody, without places, up to a month that closed, and no count of fewer than five (``callado``).
"""

from __future__ import annotations

import datetime
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, DateField, F, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cursos import tiempo
from cursos.clases import clase_de
from cursos.models import Avance, Edicion, Inscripcion, RequisitoDeVersion, Unidad
from evaluaciones import tandas
from marco.grupos import MINIMO, Contado, callar

from .ambito import Ambito, EdicionDelAmbito, edicion_por_defecto, inicio_del
from .curso import PreguntaDificil
from .situacion import sin_actividad

MUESTRA = 400  # people whose times are read: those with the latest activity
CASI_TODAS = gettext_lazy("todas o casi todas")
Dicho = Contado | Promise
DONDE_MAS = 3
UN_MINUTO = datetime.timedelta(minutes=1)
UN_DIA = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Parte:
    """A unit in its order. ``minutos``: from opening it to its end, the same day; ``dias``: since the one before."""

    id: int
    titulo: str
    modulo: str
    clave_del_modulo: int
    clase: str
    piden: int
    empezaron: Dicho
    terminaron: Dicho
    previstos: int
    minutos: int | None = None
    dias: int | None = None
    detenidas: Dicho = 0
    paso: int = 0

    @property
    def aclaracion(self) -> str:
        return clase_de(self.clase).sustantivo(1) if clase_de(self.clase).dice_su_clase else ""


@dataclass(frozen=True)
class Salud:
    """``personas``: those who began; ``detenidas``, of them, without activity for 14 days and not finished."""

    personas: int = 0
    terminaron: Dicho = 0
    detenidas: Dicho = 0
    partes: list[Parte] = field(default_factory=list)

    @property
    def donde_mas(self) -> list[Parte]:
        """The few parts where most people stopped, of those whose count is told."""
        dichas = [una for una in self.partes if isinstance(una.detenidas, int) and una.detenidas]
        return sorted(dichas, key=lambda una: -int(str(una.detenidas)))[:DONDE_MAS]


def salud(inscripciones: Any, ambito: Ambito, *, callado: bool = False) -> Salud:
    """Read how a course goes for some enrolments that began. Five statements, however many people."""
    versiones = (
        inscripciones.order_by()
        .values_list("version_id")
        .annotate(personas=Count("pk"), terminaron=Count("pk", filter=Q(terminada_en__lt=ambito.corte)))
    )
    por_version = {version: (personas, terminaron) for version, personas, terminaron in versiones}
    personas = sum(personas for personas, _terminaron in por_version.values())
    if not personas:
        return Salud()
    terminaron = sum(terminaron for _personas, terminaron in por_version.values())
    pedidas, unidades = _pedidas(por_version)
    hechas = _hechas(inscripciones, ambito)
    minutos, dias = _tiempos(inscripciones, ambito)
    paradas, pasos = _donde_se_detienen(inscripciones, ambito)
    por_parte = _por_parte([unidad.pk for unidad in unidades], paradas, personas, callado)
    return Salud(
        personas=personas,
        terminaron=_de(terminaron, personas, callado),
        detenidas=_de(sum(paradas.values()), personas, callado),
        partes=[
            Parte(
                id=unidad.pk,
                titulo=unidad.titulo,
                modulo=unidad.modulo,
                clave_del_modulo=unidad.clave_del_modulo,
                clase=unidad.clase,
                piden=pedidas[unidad.pk],
                empezaron=_de(hechas[unidad.pk][0], pedidas[unidad.pk], callado),
                terminaron=_de(hechas[unidad.pk][1], pedidas[unidad.pk], callado),
                previstos=tiempo.minutos(unidad.segundos),
                minutos=_mediana(minutos[unidad.pk], UN_MINUTO),
                dias=_mediana(dias[unidad.pk], UN_DIA),
                detenidas=por_parte[unidad.pk],
                paso=pasos.get(unidad.pk, 0),
            )
            for unidad in unidades
            if pedidas[unidad.pk] >= MINIMO or not callado
        ],
    )


def _de(parte: int, total: int, callado: bool) -> Dicho:
    """A part of some people. When the rest is of fewer than five, how many is not told, and that they are most is."""
    if not callado:
        return parte
    return CASI_TODAS if total - parte < MINIMO <= parte else callar([parte, total - parte])[0]


def _por_parte(partes: Sequence[int], paradas: Counter[int], personas: int, callado: bool) -> dict[int, Dicho]:
    """How many stopped at each part. That nobody did is as silent as few: whoever goes on is one more group."""
    cuentas = [paradas[parte] for parte in partes]
    dichas = callar([*cuentas, personas - sum(cuentas)]) if callado else cuentas
    return dict(zip(partes, dichas, strict=False))


def _pedidas(por_version: dict[int, tuple[int, int]]) -> tuple[Counter[int], list[Unidad]]:
    """How many are asked for each unit, counted by version: never each person with each part."""
    filas = RequisitoDeVersion.objects.filter(version__in=por_version).select_related("unidad").order_by()
    pedidas: Counter[int] = Counter()
    unidades: dict[int, Unidad] = {}
    for fila in filas:
        pedidas[fila.unidad_id] += por_version[fila.version_id][0]
        unidades[fila.unidad_id] = fila.unidad
    return pedidas, sorted(unidades.values(), key=lambda unidad: (unidad.orden, unidad.pk))


def _hechas(inscripciones: Any, ambito: Ambito) -> dict[int, tuple[int, int]]:
    filas = (
        Avance.objects.filter(inscripcion__in=inscripciones.values("pk"), iniciado_en__lt=ambito.corte)
        .filter(inscripcion__version__filas__unidad=F("unidad"))
        .order_by()
        .values_list("unidad_id")
        .annotate(empezaron=Count("pk"), terminaron=Count("pk", filter=Q(terminado_en__lt=ambito.corte)))
    )
    hechas: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    hechas.update({unidad: (empezaron, terminaron) for unidad, empezaron, terminaron in filas})
    return hechas


Tiempos = dict[int, list[datetime.timedelta]]


def _tiempos(inscripciones: Any, ambito: Ambito) -> tuple[Tiempos, Tiempos]:
    """How long each part took, and since the one before, of a bounded number of people."""
    recientes = inscripciones.order_by(F("ultima_actividad_en").desc(nulls_last=True), "-pk").values("pk")[:MUESTRA]
    filas = (
        Avance.objects.filter(inscripcion__in=list(recientes.values_list("pk", flat=True)))
        .filter(terminado_en__lt=ambito.corte)
        .order_by("inscripcion_id", "terminado_en", "pk")
        .values_list("inscripcion_id", "unidad_id", "iniciado_en", "terminado_en")
    )
    minutos: Tiempos = defaultdict(list)
    dias: Tiempos = defaultdict(list)
    anterior: tuple[int, datetime.datetime] | None = None
    for inscripcion, unidad, iniciado, terminado in filas:
        dura = terminado - iniciado
        if dura >= UN_MINUTO and timezone.localdate(iniciado) == timezone.localdate(terminado):
            minutos[unidad].append(dura)
        if anterior and anterior[0] == inscripcion:
            dias[unidad].append(terminado - anterior[1])
        anterior = (inscripcion, terminado)
    return minutos, dias


def _mediana(tiempos: Iterable[datetime.timedelta], unidad: datetime.timedelta) -> int | None:
    """In whole minutes or days: an exact one would be somebody's."""
    tiempos = list(tiempos)
    return round(statistics.median(tiempos) / unidad) if len(tiempos) >= MINIMO else None


def _donde_se_detienen(inscripciones: Any, ambito: Ambito) -> tuple[Counter[int], dict[int, int]]:
    """The last part that those without activity touched, and the step where most of them are. Known of today only."""
    if ambito.al is not None:
        return Counter(), {}
    filas = (
        inscripciones.activas()
        .filter(sin_actividad(ambito, ""))
        .order_by()
        .values_list("unidad_actual_id", "paso_actual")
        .annotate(personas=Count("pk"))
    )
    paradas: Counter[int] = Counter()
    por_paso: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for unidad, paso, personas in filas:
        paradas[unidad] += personas
        por_paso[unidad].append((personas, paso))
    mas = {unidad: max(suyos) for unidad, suyos in por_paso.items()}
    return paradas, {unidad: paso for unidad, (personas, paso) in mas.items() if personas >= MINIMO}


def de_toda_la_edicion(ambito: Ambito) -> tuple[Any, datetime.date | None]:
    """Everybody who began an edition up to the last month that closed with five more, and its end. One statement."""
    empezadas = Inscripcion.objects.filter(edicion_id=ambito.edicion_id, iniciada_en__isnull=False)
    por_mes = (
        empezadas.order_by()
        .annotate(mes=TruncMonth("iniciada_en", output_field=DateField()))
        .values_list("mes")
        .annotate(personas=Count("pk"))
    )
    mes = tandas.ultimo_corte(dict(por_mes), dia=ambito.dia)
    if mes is None:
        return Inscripcion.objects.none(), None
    corte = tandas.siguiente(mes)
    return empezadas.filter(iniciada_en__lt=inicio_del(corte)), corte - UN_DIA


def ambito_del_curso(curso: Unidad, *, ahora: datetime.datetime, edicion: str = "") -> Ambito | None:
    """What who writes a course looks at: one of its editions, of nobody's scope. None when it is not of the course."""
    filas = Edicion.objects.filter(curso=curso).order_by("-inicia", "-pk")
    ediciones = tuple(
        EdicionDelAmbito(
            una.pk, una.nombre, curso.pk, curso.numero, curso.titulo, una.inicia, una.termina, una.abierta, False
        )
        for una in filas
    )
    if edicion:
        elegida = next((una for una in ediciones if str(una.id) == edicion), None)
        if elegida is None:
            return None
    else:
        elegida = edicion_por_defecto(ediciones, dia=timezone.localdate(ahora))
    return Ambito(prefijos=(), ahora=ahora, edicion=elegida, ediciones=ediciones)


@dataclass(frozen=True)
class DificilCallada:
    """A hard question as it is told to who sees nobody: counts, and the wrong option, of five people or more."""

    texto: str
    unidad: str
    respuestas: int
    fallos: Dicho
    mas_elegida: str


def callar_dificiles(preguntas: Iterable[PreguntaDificil]) -> list[DificilCallada]:
    return [
        DificilCallada(
            una.texto,
            una.unidad,
            una.respuestas,
            _de(una.fallos, una.respuestas, callado=True),
            una.mas_elegida if una.veces >= MINIMO else "",
        )
        for una in preguntas
    ]
