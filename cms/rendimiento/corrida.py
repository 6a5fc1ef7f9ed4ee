"""A run over a service that is on: pages and acts, what a lesson weighs, and how it grows with its processes."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from .celular import Celular, Respuesta
from .escenas import CONTINUAR, ESCENAS, LECTURA, PISOS, RESPUESTA, Acto, Escena, NoRespondio, Visitante
from .medicion import Medida, cadencia, medir
from .servicio import Aula

DE_CONTAR = 4  # people whose evaluations are counted, two each
ARCHIVO = re.compile(r'<(?:script|img)[^>]*? src="(/[^"]+)"|<link rel="stylesheet" href="(/[^"]+)"')
DE_CRECER = (LECTURA, "paso de lección", CONTINUAR, RESPUESTA)


@contextmanager
def visitantes(
    aula: Aula, sabe: Mapping[str, Any], cuantos: int, evaluados: deque[dict[str, Any]] | None = None
) -> Iterator[list[Visitante]]:
    """So many people, each with a connection that is kept until all of them end."""
    with ExitStack() as abierto:
        celulares = [abierto.enter_context(closing(Celular(aula.sitio))) for _uno in range(cuantos)]
        de_todos = deque() if evaluados is None else evaluados
        yield [Visitante(uno, sabe, lugar, de_todos) for lugar, uno in enumerate(celulares)]


def paginas(
    aula: Aula,
    sabe: dict[str, Any],
    *,
    usuarios: Sequence[int],
    rondas: int,
    procesos: int = 0,
    escenas: Sequence[Escena] = ESCENAS,
) -> list[Medida]:
    """Every scene, by so many people at once, with its statements."""
    de_contar, evaluados = sabe["evaluados"][:DE_CONTAR], deque(sabe["evaluados"][DE_CONTAR:])
    sitio = aula.sitio
    cuentas = aula.dentro("contar", sabe={**sabe, "evaluados": de_contar}, nombre=sitio.nombre, cifrado=sitio.cifrado)
    medidas: list[Medida] = []
    with aula.encendida(procesos):
        for cuantos in usuarios:
            with visitantes(aula, sabe, cuantos, evaluados) as suyos:
                medidas += medir(escenas, suyos, aula, rondas=rondas)
    return [replace(una, sentencias=cuentas.get(una.nombre, 0)) for una in medidas]


@dataclass(frozen=True)
class Peso:
    """Kilobytes over the network, compressed, with their headings. A lesson is all its steps and going on in each."""

    paso_primera_vez: float
    pedidos_primera_vez: int
    paso_despues: float
    pasos: int
    leccion_primera_vez: float
    leccion_despues: float


def pesar(visitante: Visitante) -> Peso:
    """What the first lesson of the course takes the first time, and when style and script are on the phone."""
    unidad, _paso = visitante.sabe["leccion"]
    cuantos = 1 + sum(suya == unidad for suya, _numero in visitante.caminante["pasos"])
    caminos = [f"{visitante.curso}/{unidad}/{numero}" for numero in range(1, cuantos + 1)]
    hojas = [visitante.leer(camino)[0] for camino in caminos]
    envios = [visitante.pedir("POST", camino, sesion=visitante.lector["sesion"], debe=302) for camino in caminos[:-1]]
    rutas = dict.fromkeys(una or otra for hoja in hojas for una, otra in ARCHIVO.findall(hoja.texto))
    de_la_primera = {una or otra for una, otra in ARCHIVO.findall(hojas[0].texto)}
    archivos = {ruta: visitante.pedir("GET", ruta, sesion=visitante.lector["sesion"]) for ruta in rutas}
    despues = _kilos([*hojas, *envios])
    return Peso(
        paso_primera_vez=_kilos([hojas[0], *(archivos[ruta] for ruta in de_la_primera)]),
        pedidos_primera_vez=1 + len(de_la_primera),
        paso_despues=_kilos([hojas[0]]),
        pasos=cuantos,
        leccion_primera_vez=despues + _kilos(list(archivos.values())),
        leccion_despues=despues,
    )


def _kilos(respuestas: Sequence[Respuesta]) -> float:
    return sum(una.bytes for una in respuestas) / 1024


@dataclass(frozen=True)
class ConProcesos:
    """How much a service does with so many processes of pages, with people who never pause."""

    perfil: str
    procesos: int
    por_segundo: Mapping[str, float]
    megas: tuple[int, ...]


def con_procesos(aula: Aula, sabe: dict[str, Any], procesos: int, *, usuarios: int, segundos: float) -> ConProcesos:
    """How many times a second each act is done by all of them."""
    por_segundo = {}
    with aula.encendida(procesos), visitantes(aula, sabe, usuarios) as suyos:
        for nombre in DE_CRECER:
            acto = _acto(nombre)
            for visitante in suyos:
                acto(visitante)
            por_segundo[nombre] = cadencia(acto, suyos, segundos=segundos, reloj=time.perf_counter)
        return ConProcesos(aula.perfil, procesos, por_segundo, tuple(aula.megas()))


def _acto(nombre: str) -> Acto:
    if nombre in PISOS:
        return PISOS[nombre]
    for escena in ESCENAS:
        if escena.nombre == nombre:
            return escena.hacer
    raise NoRespondio(f"No hay una escena «{nombre}».")
