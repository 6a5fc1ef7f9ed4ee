"""What the copies of this installation are, for the page that shows them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluaciones.models import Respuesta
from marco.models import CopiaDeRespaldo
from marco.razones import como_frase
from marco.respaldo.al_dia import LoUltimo, lo_ultimo
from marco.respaldo.estado import EstadoDeLasCopias, estado_de_las_copias

CUANTAS = 30


@dataclass(frozen=True)
class FilaDeCopia:
    copia: CopiaDeRespaldo
    filas: int

    @property
    def se_hizo(self) -> bool:
        return self.copia.estado != CopiaDeRespaldo.Estado.NO_SE_HIZO

    @property
    def que_paso(self) -> str:
        return como_frase(self.copia.detalle)


def estado(*, ahora: datetime.datetime) -> EstadoDeLasCopias:
    """In the words of this site: what nobody wants to lose are the answers of people."""
    return estado_de_las_copias(ahora=ahora, cuenta_de=Respuesta._meta.db_table, nombre=_("respuestas"))


def entre_noches(*, ahora: datetime.datetime) -> LoUltimo | None:
    """The copies of the day, that have no line each; None where there are no copies at all."""
    return lo_ultimo(ahora=ahora)


def ultimas() -> list[FilaDeCopia]:
    return [FilaDeCopia(una, sum(una.filas.values())) for una in CopiaDeRespaldo.objects.all()[:CUANTAS]]
