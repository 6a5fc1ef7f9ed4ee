"""The week that ended, for who follows a scope: who finished, which seats have nobody, the next last days."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import partial

from cursos.models import Prorroga
from instancias.politica import AlcanceEfectivo
from instancias.querysets import bajo

from . import asientos, lugares, recordar
from . import definiciones as d
from .a_medias import contar_entera
from .ambito import Ambito, edicion_por_defecto, ediciones_del
from .ayuda import personas_por_ayudar

DIAS = 7
PROXIMOS = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Plazo:
    """A last day that is near; ``lugar`` is empty when it is that of the edition."""

    dia: datetime.date
    lugar: str = ""


@dataclass(frozen=True)
class Semana:
    """From a Monday to its Sunday, both in it. What must be done is of today."""

    lugar: str
    desde: datetime.date
    hasta: datetime.date
    terminaron: int
    asientos: int
    sin_persona: int
    por_recordar: bool
    plazos: tuple[Plazo, ...]


def ambito_de_la_semana(alcance: AlcanceEfectivo, *, ahora: datetime.datetime) -> Ambito:
    """The scope on the last Sunday that ended, of the edition that receives people then. One statement."""
    ediciones = ediciones_del(alcance)
    ambito = Ambito(prefijos=alcance.prefijos, ahora=ahora, ediciones=ediciones)
    ambito = ambito.al_dia(ambito.hoy - datetime.timedelta(days=ambito.hoy.isoweekday()))
    edicion = edicion_por_defecto(ediciones, dia=ambito.dia)
    return Ambito(prefijos=alcance.prefijos, ahora=ahora, ediciones=ediciones, al=ambito.al, edicion=edicion)


def hay_semana(ambito: Ambito) -> bool:
    """Whether some week of its edition ended."""
    return ambito.edicion is not None and ambito.edicion.inicia <= ambito.dia


def semana_de(alcance: AlcanceEfectivo, *, ahora: datetime.datetime) -> Semana | None:
    """The week of a scope. Nothing before the first one that ended. Raises ListaAMedias."""
    ambito = ambito_de_la_semana(alcance, ahora=ahora)
    return contar_la_semana(ambito) if hay_semana(ambito) else None


def contar_la_semana(ambito: Ambito) -> Semana:
    """Count it, of no half list: what is sent is not taken back. Raises ListaAMedias."""
    return contar_entera(ambito, partial(_contar, ambito))


def _contar(ambito: Ambito) -> Semana:
    """Nine statements at most, whatever there is."""
    hoy = ambito.de_hoy()
    return Semana(
        lugar=lugares.en_palabras(ambito.prefijos),
        desde=ambito.dia - datetime.timedelta(days=DIAS - 1),
        hasta=ambito.dia,
        terminaron=d.personas_del(ambito).filter(d.en_la_semana(ambito)).count(),
        asientos=d.asientos_del(ambito).count(),
        sin_persona=asientos.listar(ambito, asientos.FILTROS["sin_persona"]).count(),
        por_recordar=_hay_por_recordar(hoy),
        plazos=_plazos(hoy),
    )


def _hay_por_recordar(hoy: Ambito) -> bool:
    """Who needs help is looked for last: it reads what everybody answered."""
    return (
        recordar.vacantes(hoy).exists()
        or recordar.personas(hoy, por_ayudar=()).exists()
        or recordar.personas(hoy, por_ayudar=personas_por_ayudar(hoy)).exists()
    )


def _plazos(ambito: Ambito) -> tuple[Plazo, ...]:
    """The last day of the edition, and those that were given to places of the scope, within a month. Of a course that
    is out of sight, none: nobody can come in time."""
    if ambito.retirado:
        return ()
    hasta = ambito.hoy + PROXIMOS
    dadas = Prorroga.objects.filter(bajo(ambito.prefijos, "territorio__ubigeo"))
    dadas |= Prorroga.objects.que_alcanzan(ambito.prefijos)
    dadas = dadas.filter(hasta__range=(ambito.hoy, hasta), retirada_en__isnull=True, edicion_id=ambito.edicion_id)
    # The same day may be of a province alone and of it with its districts: it is said once.
    dadas = dadas.order_by("hasta", "territorio_id").values_list("hasta", "territorio_id").distinct()
    nombres = lugares.nombres()
    plazos = [Plazo(dia, nombres.get(lugar, lugar)) for dia, lugar in dadas]
    termina = ambito.edicion.termina if ambito.edicion else None
    if termina and ambito.hoy <= termina <= hasta:
        plazos.append(Plazo(termina))
    return tuple(sorted(plazos, key=lambda uno: (uno.dia, uno.lugar)))
