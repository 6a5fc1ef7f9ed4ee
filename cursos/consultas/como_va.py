"""How a person goes in the course at hand, as «Inicio» tells it: what is left and what they can do already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from ..models import Inscripcion
from ..tiempo import en_palabras, segundos_que_quedan
from .logros import LogroDeModulo, logros_hechos
from .siguiente import pedidas_por, terminadas_en
from .temario import Temario


@dataclass(frozen=True)
class ComoVa:
    """``falta``: time on the screen, in words; nothing when nothing is left. ``logros``: the last module first."""

    falta: str
    logros: list[LogroDeModulo]


def como_va(inscripcion: Inscripcion, temario: Temario, paso: int = 0) -> ComoVa:
    """Return how an enrolment goes; ``paso`` is that of the unit at hand. One statement once the course is cached."""
    pide = pedidas_por(inscripcion)
    hechas = pide if inscripcion.estado == Inscripcion.Estado.TERMINADA else terminadas_en(inscripcion)
    falta = 0
    for fila in temario.filas:
        if fila.id in pide and fila.id not in hechas:
            ahi = paso if fila.id == inscripcion.unidad_actual_id else 0
            falta += segundos_que_quedan(fila.segundos, pasos=fila.pasos, paso=ahi)
    return ComoVa(
        en_palabras(falta) if falta else "", logros_hechos(inscripcion.curso, _terminados(temario, pide, hechas))
    )


def _terminados(temario: Temario, pide: Collection[int], hechas: Collection[int]) -> list[int]:
    """Return the modules of which nothing asked for is left."""
    por_modulo: dict[int, bool] = defaultdict(lambda: True)
    for fila in temario.filas:
        if fila.id in pide:
            por_modulo[fila.clave_del_modulo] &= fila.id in hechas
    return [clave for clave, terminado in por_modulo.items() if clave and terminado]
