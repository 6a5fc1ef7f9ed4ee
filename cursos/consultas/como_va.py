"""How a person goes in the course at hand, as «Inicio» tells it: what is left and what they can do already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from .. import clases
from ..models import Inscripcion
from ..tiempo import en_palabras, segundos_que_quedan
from .logros import LogroDeModulo, logros_hechos
from .siguiente import pedidas_por, terminadas_en
from .temario import Temario


@dataclass(frozen=True)
class ComoVa:
    """``falta``: time on the screen, in words; nothing when nothing is left. ``logros``: the last module first.

    ``impedimento``: why the unit at hand cannot be gone on with, as its kind says.
    """

    falta: str
    logros: list[LogroDeModulo]
    impedimento: str = ""


def como_va(inscripcion: Inscripcion, temario: Temario, paso: int = 0) -> ComoVa:
    """Return how an enrolment goes; ``paso`` is that of the unit at hand. One statement once the course is cached.

    If the unit at hand is an exam, one more.
    """
    pide = pedidas_por(inscripcion)
    hechas = pide if inscripcion.estado == Inscripcion.Estado.TERMINADA else terminadas_en(inscripcion)
    falta = 0
    for fila in temario.filas:
        if fila.id in pide and fila.id not in hechas:
            ahi = paso if fila.id == inscripcion.unidad_actual_id else 0
            falta += segundos_que_quedan(fila.segundos, pasos=fila.pasos, paso=ahi)
    a_la_mano = temario.por_id.get(inscripcion.unidad_actual_id or 0) if falta else None
    return ComoVa(
        en_palabras(falta) if falta else "",
        logros_hechos(inscripcion.curso, _terminados(temario, pide, hechas)),
        clases.clase_de(a_la_mano.clase).impedimento(fila=a_la_mano, inscripcion=inscripcion) if a_la_mano else "",
    )


def _terminados(temario: Temario, pide: Collection[int], hechas: Collection[int]) -> list[int]:
    """Return the modules of which nothing asked for is left."""
    por_modulo: dict[int, bool] = defaultdict(lambda: True)
    for fila in temario.filas:
        if fila.id in pide:
            por_modulo[fila.clave_del_modulo] &= fila.id in hechas
    return [clave for clave, terminado in por_modulo.items() if clave and terminado]
