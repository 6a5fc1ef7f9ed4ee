"""What a run of retention would take away, before it does."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ..models import PlazosDeConservacion
from ..vencimientos import vencimientos


@dataclass(frozen=True)
class PorQuitar:
    """A class of data, for how many days it is kept, and how many rows are past them."""

    clave: str
    titulo: str
    dias: int
    cuantos: int


def por_quitar(*, ahora: datetime.datetime) -> list[PorQuitar]:
    plazos = PlazosDeConservacion.actuales()
    filas = []
    for uno in vencimientos():
        dias = uno.dias(plazos)
        cuantos = uno.cuantos(ahora - datetime.timedelta(days=dias))
        filas.append(PorQuitar(uno.clave, str(uno.titulo), dias, cuantos))
    return filas
