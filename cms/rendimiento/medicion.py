"""Take times: a floor and a scene, one beside the other, again and again, so that a busy moment is of both."""

from __future__ import annotations

import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from .celular import Respuesta
from .escenas import PISOS, Acto, Escena, Visitante

SEMILLA = 30364
DEL_PISO, DEL_ACTO = 3, 2  # of each in a block
CADA_LARGA = 3  # by several at once, a scene that takes people of its own is played once in so many rounds
ANTES = 8  # times that a scene is played, by all of them together, before it is measured: each process reads once


@dataclass(frozen=True)
class Gasto:
    """Seconds of processor: of the pages, and of the database when it has processes of its own."""

    paginas: float = 0.0
    base: float = 0.0

    def __sub__(self, otro: Gasto) -> Gasto:
        return Gasto(self.paginas - otro.paginas, self.base - otro.base)

    def __add__(self, otro: Gasto) -> Gasto:
        return Gasto(self.paginas + otro.paginas, self.base + otro.base)


class Servicio(Protocol):
    """A service that is on: all that measuring needs of it."""

    def gastado(self) -> Gasto: ...


@dataclass(frozen=True)
class Medida:
    """A scene: milliseconds for each time it was played, and the same of its floor, taken beside it.

    How many floors it takes is, by one person alone, what half of the times take; by several at once, how much fewer of
    it they do in a second than of the floor, as its peers were measured (decision 0062). Without a pause between two,
    those of a second are the people by the mean of what they wait (Little's law).
    """

    nombre: str
    usuarios: int
    piso: str
    mediana: float
    p95: float
    del_piso: float
    media: float
    media_del_piso: float
    procesador: float
    de_la_base: float
    procesador_del_piso: float
    pedidos: int
    bytes: int
    sentencias: int = 0

    @property
    def veces(self) -> float:
        """How many floors it takes."""
        return self.veces_de_la_mitad if self.usuarios == 1 else self.veces_por_ritmo

    @property
    def veces_de_la_mitad(self) -> float:
        return self.mediana / self.del_piso if self.del_piso else 0.0

    @property
    def veces_por_ritmo(self) -> float:
        return self.media / self.media_del_piso if self.media_del_piso else 0.0

    @property
    def por_segundo(self) -> float:
        """How many times a second all of them do it, without a pause."""
        return 1000 * self.usuarios / self.media if self.media else 0.0

    @property
    def veces_de_procesador(self) -> float:
        return self.procesador / self.procesador_del_piso if self.procesador_del_piso else 0.0

    @property
    def kilos(self) -> float:
        return self.bytes / 1024


@dataclass
class Bloques:
    """All that was taken of a scene, or of the floor beside it."""

    segundos: list[float] = field(default_factory=list)
    gasto: Gasto = field(default_factory=Gasto)
    pedidos: int = 0
    bytes: int = 0

    def sumar(self, veces: Iterable[list[Respuesta]], gasto: Gasto) -> None:
        self.gasto += gasto
        for respuestas in veces:
            self.segundos.append(sum(una.segundos for una in respuestas))
            self.pedidos = len(respuestas)
            self.bytes = sum(una.bytes for una in respuestas)

    @property
    def mediana(self) -> float:
        return 1000 * statistics.median(self.segundos)

    @property
    def media(self) -> float:
        return 1000 * statistics.fmean(self.segundos)

    @property
    def p95(self) -> float:
        return 1000 * centil(self.segundos, 0.95)

    def cada_vez(self, segundos: float) -> float:
        return 1000 * segundos / len(self.segundos)


def centil(valores: Sequence[float], cual: float) -> float:
    """The value that this part of them does not pass; of none, nothing."""
    ordenados = sorted(valores)
    return ordenados[min(len(ordenados) - 1, int(cual * len(ordenados)))] if ordenados else 0.0


def medir(
    escenas: Sequence[Escena], visitantes: Sequence[Visitante], servicio: Servicio, *, rondas: int
) -> list[Medida]:
    """Play each scene by all of these at once, round after round in another order, each beside its floor."""
    azar, suelos, actos = random.Random(SEMILLA), defaultdict(Bloques), defaultdict(Bloques)  # noqa: S311 — repeatable
    with ThreadPoolExecutor(len(visitantes)) as hilos:

        def tocar(acto: Acto, veces: int, pausa: float = 0.0) -> tuple[list[list[Respuesta]], Gasto]:
            antes = servicio.gastado()
            de_cada_uno = [hilos.submit(_repetir, acto, visitante, veces, pausa) for visitante in visitantes]
            hechas = [una for futuro in de_cada_uno for una in futuro.result()]
            return hechas, servicio.gastado() - antes

        usuarios = len(visitantes)
        for escena in escenas:  # what is read once is read before anything is measured
            tocar(escena.hacer, _antes(usuarios))
            tocar(PISOS[escena.piso], _antes(usuarios))
        for ronda in range(rondas):
            for escena in azar.sample(escenas, len(escenas)):
                if escena.larga and ronda % _cada_cuanto(usuarios):
                    continue
                suelos[escena.nombre].sumar(*tocar(PISOS[escena.piso], DEL_PISO, escena.pausa))
                actos[escena.nombre].sumar(*tocar(escena.hacer, 1 if escena.larga else DEL_ACTO, escena.pausa))
    return [*_los_pisos(escenas, suelos, usuarios), *(_medida(una, actos, suelos, usuarios) for una in escenas)]


def _antes(usuarios: int) -> int:
    return -(-ANTES // usuarios)


def _cada_cuanto(usuarios: int) -> int:
    return CADA_LARGA if usuarios > 1 else 1


def _repetir(acto: Acto, visitante: Visitante, veces: int, pausa: float) -> list[list[Respuesta]]:
    hechas = []
    for _vez in range(veces):
        time.sleep(pausa)
        hechas.append(acto(visitante))
    return hechas


def _los_pisos(escenas: Sequence[Escena], suelos: Mapping[str, Bloques], usuarios: int) -> list[Medida]:
    """Each floor, with all that was taken of it one time after another."""
    medidas = []
    for piso in dict.fromkeys(una.piso for una in escenas):
        todos = Bloques()
        for escena in escenas:
            if escena.piso == piso and not escena.pausa:
                uno = suelos[escena.nombre]
                todos.segundos += uno.segundos
                todos.gasto += uno.gasto
                todos.pedidos, todos.bytes = uno.pedidos, uno.bytes
        medidas.append(_en_medida(piso, piso, usuarios, todos, todos))
    return medidas


def _medida(escena: Escena, actos: Mapping[str, Bloques], suelos: Mapping[str, Bloques], usuarios: int) -> Medida:
    return _en_medida(escena.nombre, escena.piso, usuarios, actos[escena.nombre], suelos[escena.nombre])


def _en_medida(nombre: str, piso: str, usuarios: int, acto: Bloques, suelo: Bloques) -> Medida:
    return Medida(
        nombre=nombre,
        usuarios=usuarios,
        piso=piso,
        mediana=acto.mediana,
        p95=acto.p95,
        del_piso=suelo.mediana,
        media=acto.media,
        media_del_piso=suelo.media,
        procesador=acto.cada_vez(acto.gasto.paginas),
        de_la_base=acto.cada_vez(acto.gasto.base),
        procesador_del_piso=suelo.cada_vez(suelo.gasto.paginas),
        pedidos=acto.pedidos,
        bytes=acto.bytes,
    )


def cuantos_evaluados(usuarios: Iterable[int], *, rondas: int) -> int:
    """How many people the scenes that take one each time are going to need, and those that count statements."""
    de_cada_uno = [(cuantos, _antes(cuantos) + -(-rondas // _cada_cuanto(cuantos))) for cuantos in usuarios]
    return 2 * sum(cuantos * veces for cuantos, veces in de_cada_uno) + 2 * 2


def cadencia(acto: Acto, visitantes: Sequence[Visitante], *, segundos: float, reloj: Callable[[], float]) -> float:
    """How many times a second all of these together play a scene, without a pause."""
    hasta = reloj() + segundos

    def repetir(visitante: Visitante) -> int:
        hechas = 0
        while reloj() < hasta:
            acto(visitante)
            hechas += 1
        return hechas

    inicio = reloj()
    with ThreadPoolExecutor(len(visitantes)) as hilos:
        hechas = sum(hilos.map(repetir, visitantes))
    return hechas / (reloj() - inicio)
