"""What each table wants to reach, by which day, and whether it will at this pace. Three statements for all of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from ..models import MetaDeTerritorio
from . import definiciones as d
from . import distritos
from .ambito import Ambito
from .distritos import Instancia

DIAS_DEL_RITMO = 28


@dataclass(frozen=True)
class Avance:
    """A table on its way to its goal. ``ritmo``: how many finished in the last four weeks."""

    instancia: Instancia
    porcentaje: int | None
    para_el: datetime.date | None
    ritmo: int
    hoy: datetime.date

    @property
    def necesarias(self) -> int:
        """The goal in people, rounded up."""
        return -(-self.instancia.integrantes * (self.porcentaje or 0) // 100)

    @property
    def cumplida(self) -> bool:
        return bool(self.instancia.integrantes) and self.instancia.terminaron >= self.necesarias

    @property
    def vencida(self) -> bool:
        return self.para_el is not None and self.para_el < self.hoy

    @property
    def a_este_paso(self) -> int:
        """How many will have finished by the day, if as many finish as in the last four weeks."""
        if self.para_el is None or self.vencida:
            return self.instancia.terminaron
        seguirian = self.ritmo * (self.para_el - self.hoy).days // DIAS_DEL_RITMO
        return min(self.instancia.integrantes, self.instancia.terminaron + seguirian)

    @property
    def alcanza(self) -> bool:
        return self.a_este_paso >= self.necesarias


def avances(ambito: Ambito, instancias: Sequence[Instancia], ritmos: Mapping[str, int] | None = None) -> list[Avance]:
    """Each table of its own that the edition calls, with its goal or without one. ``ritmos``, where they are known."""
    metas = {
        meta.territorio_id: meta
        for meta in MetaDeTerritorio.objects.filter(
            edicion_id=ambito.edicion_id, territorio__in=[una.ubigeo for una in instancias]
        )
    }
    ritmos = _ritmos(ambito) if ritmos is None else ritmos
    return [
        Avance(
            una,
            metas[una.ubigeo].porcentaje if una.ubigeo in metas else None,
            metas[una.ubigeo].para_el if una.ubigeo in metas else None,
            ritmos.get(una.ubigeo, 0),
            ambito.hoy,
        )
        for una in instancias
        if una.es_propia and una.convocada
    ]


def terminaron_hace_poco(ambito: Ambito) -> Q:
    """Condition: finished in the last four weeks."""
    return d.termino(ambito) & Q(insc__terminada_en__gte=ambito.hace(DIAS_DEL_RITMO))


def _ritmos(ambito: Ambito) -> dict[str, int]:
    """How many people of each table finished in the last four weeks."""
    hace_poco = terminaron_hace_poco(ambito)
    filas = distritos.sentadas(ambito).values_list("membresias__asiento__instancia__territorio_id")
    return dict(filas.annotate(ritmo=distritos.distintas(hace_poco)))
