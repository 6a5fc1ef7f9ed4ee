"""One instancia counted: its seats and people, who needs help and whom to remind, from few statements.

Who sits there is asked once (``gente``) and kept apart from what it adds up to (``Leida``): when it is known who
changed since, they alone are asked again and put in their place. What is of seats is asked again when a seat changes.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

from marco.de_estos import en_fila

from . import asientos, ayuda, distritos, gente, matriz, quietud, recordar
from .ambito import Ambito
from .contadores import DE_PERSONAS
from .de_una import DeUnaInstancia
from .distritos import Instancia

LEJOS = datetime.datetime.max.replace(tzinfo=datetime.UTC)
Instantes = list[tuple[datetime.datetime, int]]
Clave = tuple[int, datetime.datetime, int]


@dataclass(frozen=True)
class Leida:
    """What an instancia is counted of, and until when it is so if nobody writes anything."""

    estructura: list[tuple[Any, ...]]
    filas: list[tuple[Any, ...]]  # of ``gente.Sentada``
    por_ayudar: frozenset[int]
    hasta: datetime.datetime


@dataclass(frozen=True)
class Contada:
    """An instancia and its people at an instant. ``se_aquietan``: who becomes still in the rest of the day, and when.

    ``repiten``: who may be at another one too: what is true of each, and what they did last if they can go on.
    """

    instancia: Instancia
    sumas: tuple[int, ...]
    quietas: int
    se_aquietan: Instantes
    repiten: dict[int, tuple[tuple[bool, ...], datetime.datetime | None]]
    puestos: matriz.Puestos
    por_ayudar: list[int]
    claves: list[Clave]  # of «A quién recordar», and until when it is so
    claves_hasta: datetime.datetime
    terminaron: list[datetime.datetime]  # of late, each at its instant


@dataclass(frozen=True)
class EnEspera:
    """Whom to remind at an instancia, in order, and its vacant seats; and until when it is so.

    Without an order of its own, that of its people as they were counted. ``sillas_hasta``: until when its seats are.
    """

    claves: list[Clave] | None
    sillas: list[tuple[Any, ...]]
    vence: datetime.datetime
    sillas_hasta: datetime.datetime = LEJOS


# -- the questions

LA_ESTRUCTURA, LA_GENTE = DeUnaInstancia(distritos.filas_sin_gente), DeUnaInstancia(gente.filas)
POR_AYUDAR = DeUnaInstancia(ayuda.quienes)
LAS_VACANTES = DeUnaInstancia(lambda ambito: recordar.vacantes(ambito).values_list(*asientos.ORDEN, "pk"))
LOS_DESCANSOS = DeUnaInstancia(quietud.descansos_de_asientos)


# -- what it is counted of


def leer(ambito: Ambito) -> Leida:
    """Read one instancia from facts. Two statements, and four where somebody needs help."""
    return _leida(ambito, LA_ESTRUCTURA(ambito), *_la_gente(ambito))


def releer(ambito: Ambito, antes: Leida, quienes: Collection[int]) -> Leida:
    """Read again only who changed; nobody's seat did. One statement, and three where some of them need help.

    Whoever is not there any more has no row. The others stay as they were, while no instant of theirs has passed.
    """
    if ambito.al is None and ambito.ahora >= antes.hasta:
        return leer(ambito)
    filas, por_ayudar = _la_gente(ambito, en_fila(sorted(quienes))) if quienes else ([], frozenset())
    siguen = [una for una in antes.filas if una[0] not in quienes]
    return _leida(ambito, antes.estructura, siguen + filas, antes.por_ayudar - frozenset(quienes) | por_ayudar)


def _leida(ambito: Ambito, estructura: list[Any], filas: list[Any], por_ayudar: frozenset[int]) -> Leida:
    return Leida(estructura, filas, por_ayudar, gente.hasta_cuando(ambito, filas))


def _la_gente(ambito: Ambito, solo: str | None = None) -> tuple[list[tuple[Any, ...]], frozenset[int]]:
    """Its people. Of those who began some evaluation, who needs help: their place in «A quién recordar» is another."""
    filas = LA_GENTE(ambito, por_ayudar="", solo=solo)
    con_intentos = {una[0] for una in filas if una[gente.CON_INTENTOS]}
    por_ayudar = frozenset(POR_AYUDAR(ambito, de=en_fila(con_intentos)) if con_intentos else ())
    if por_ayudar:
        suyas = en_fila(sorted(por_ayudar))
        filas = [una for una in filas if una[0] not in por_ayudar] + LA_GENTE(ambito, por_ayudar=suyas, solo=suyas)
    return filas, por_ayudar


# -- what it adds up to


def contar(ambito: Ambito, leida: Leida) -> Contada | None:
    """Add up an instancia; None where there is no such place."""
    suyas = gente.Gente(leida.filas, leida.por_ayudar)
    instancia = distritos.leer_estructura(ambito, leida.estructura, suyas.asientos()).get(ambito.instancia)
    if instancia is None:
        return None
    sumas = suyas.cuantas(*DE_PERSONAS)
    instancia.integrantes, instancia.terminaron = (
        sumas[DE_PERSONAS.index(uno)] for uno in ("integrantes", "terminaron")
    )
    instancia.este_mes, quietas = suyas.cuantas("este_mes", "quieta")
    return Contada(
        instancia=instancia,
        sumas=tuple(sumas),
        quietas=quietas,
        se_aquietan=suyas.se_aquietan(),
        repiten=suyas.repiten(),
        puestos=suyas.puestos(ambito.instancia, de_hoy=ambito.al is None),
        por_ayudar=sorted(suyas.por_ayudar),
        claves=suyas.claves(),
        claves_hasta=leida.hasta,
        terminaron=suyas.terminaron_hace_poco(),
    )


# -- whom to remind


def esperar(ambito: Ambito, una: Contada, antes: EnEspera | None = None) -> EnEspera:
    """Whom to remind at one instancia. Two statements, of its seats; its people are asked again when time passed by.

    ``antes``: the one of before, where nothing of a seat changed since.
    """
    de_ahora = una if ambito.ahora < una.claves_hasta else contar(ambito, leer(ambito)) or una
    if antes is None or ambito.ahora >= antes.sillas_hasta:
        antes = EnEspera(None, LAS_VACANTES(ambito), LEJOS, quietud.limite(ambito, [], LOS_DESCANSOS(ambito), []))
    vence = min(de_ahora.claves_hasta, antes.sillas_hasta)
    return EnEspera(None if de_ahora is una else de_ahora.claves, antes.sillas, vence, antes.sillas_hasta)


def juntar(todas: Sequence[EnEspera]) -> EnEspera:
    """All of them as one: who sits at two instancias waits once."""
    en_orden = sorted(chain.from_iterable(una.claves or () for una in todas))  # of lists in order: it merges them
    claves = [clave for clave, _iguales in groupby(en_orden)]
    sillas = list(chain.from_iterable(una.sillas for una in todas))
    return EnEspera(claves, sillas, min((una.vence for una in todas), default=LEJOS))
