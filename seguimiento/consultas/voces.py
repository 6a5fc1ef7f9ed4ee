"""What people said and how much they learned, for the page of results: of whole lots, in any place, sector and day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cursos.models import Inscripcion
from evaluaciones.consultas.encuestas import encuestas_de
from evaluaciones.consultas.ganancia import Ganancia, LoGanado, lo_ganado
from evaluaciones.encuesta import Donde, Encuesta, PreguntaDicha
from evaluaciones.tandas import Tanda
from instancias.models import Institucion
from instancias.querysets import bajo
from marco.grupos import Contado

from . import lugares
from .ambito import Ambito

MAXIMO_DE_LUGARES = 60  # past them, only those that are told


@dataclass(frozen=True)
class FilaContada:
    """A place or a sector, and how many of its people are told: None where it is not told."""

    clave: str
    nombre: str
    personas: Contado


@dataclass(frozen=True)
class EncuestaDicha:
    """A survey as the page tells it."""

    encuesta: Encuesta
    personas: int
    preguntas: list[PreguntaDicha]
    lugares: list[FilaContada]
    sectores: list[FilaContada]


@dataclass(frozen=True)
class FilaDeGanancia:
    nombre: str
    ganancia: Ganancia


def donde_de(ambito: Ambito, *, sector: str | None = None) -> Donde:
    """Return of whom is asked. A sector is told of whole provinces only."""
    return Donde(ambito.convocados, lugar=ambito.instancia, sector=None if ambito.instancia else sector)


def se_ve_por_sector(ambito: Ambito) -> bool:
    return not ambito.instancia and any(len(prefijo) <= 4 for prefijo in ambito.convocados)


def voces(ambito: Ambito, *, sector: str | None = None) -> list[EncuestaDicha]:
    """Return the surveys of the edition, with what is told of them. Two statements."""
    encuestas = encuestas_de(ambito.edicion_id, prefijos=ambito.convocados, dia=ambito.dia)
    donde, aqui = donde_de(ambito, sector=sector), donde_de(ambito)
    return [
        EncuestaDicha(
            encuesta=una,
            personas=una.personas(donde),
            preguntas=[pregunta.dicha(donde) for pregunta in una.preguntas],
            lugares=[] if ambito.instancia else _lugares(ambito, una.lugares()),
            sectores=_sectores(una, aqui) if se_ve_por_sector(ambito) else [],
        )
        for una in encuestas
        if una.preguntas
    ]


def _lugares(ambito: Ambito, cuantas: dict[str, int]) -> list[FilaContada]:
    dentro = [
        (ubigeo, nombre)
        for ubigeo, nombre in sorted(lugares.nombres().items())
        if len(ubigeo) >= 4 and ambito.convoca(ubigeo)
    ]
    if len(dentro) > MAXIMO_DE_LUGARES:
        dentro = [uno for uno in dentro if uno[0] in cuantas]
    return [FilaContada(ubigeo, _nombre(ubigeo, nombre), cuantas.get(ubigeo)) for ubigeo, nombre in dentro]


def _nombre(ubigeo: str, nombre: str) -> str:
    return _("%(lugar)s (provincial)") % {"lugar": nombre} if len(ubigeo) == 4 else nombre


def nombre_del_sector(sector: str) -> str:
    return str(dict(Institucion.Sector.choices).get(sector, _("Sin asiento al responder")))


def _sectores(encuesta: Encuesta, aqui: Donde) -> list[FilaContada]:
    return [
        FilaContada(
            sector,
            nombre_del_sector(sector),
            encuesta.personas(Donde(aqui.prefijos, sector=sector)) or None,
        )
        for sector in encuesta.sectores()
    ]


def ganado(ambito: Ambito) -> LoGanado:
    """What was learned by those who enrolled in these places, as of the day. One statement."""
    inscripciones = Inscripcion.objects.filter(
        bajo({prefijo[:4] for prefijo in ambito.convocados}, "territorio__ubigeo"), edicion=ambito.edicion_id
    )
    return lo_ganado(inscripciones, dia=ambito.dia)


def ganancia_del(ambito: Ambito, leido: LoGanado) -> Ganancia:
    """The means of the lots of a place, or of all that is looked at."""
    return leido.de(_de_aqui(ambito, leido.tandas))


def _de_aqui(ambito: Ambito, tandas: Iterable[Tanda]) -> list[Tanda]:
    donde = donde_de(ambito)
    return [tanda for tanda in tandas if donde.cubre(tanda)]


def ganancia_por_lugar(ambito: Ambito, leido: LoGanado) -> list[FilaDeGanancia]:
    """Each place that has a lot, in its order."""
    suyos = sorted({tanda.lugar for tanda in _de_aqui(ambito, leido.tandas) if tanda.lugar})
    nombres = lugares.nombres()
    return [FilaDeGanancia(_nombre(uno, nombres.get(uno, uno)), leido.del_lugar(uno)) for uno in suyos]
