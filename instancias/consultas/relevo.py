"""The seats that may change hands on a day, each with who holds it: what the page of a handover and its sheet read."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from ..models import Asiento, Membresia
from ..politica import AlcanceEfectivo
from ..querysets import AsientoQuerySet


@dataclass
class FilaDeRelevo:
    """A seat and quality, with whom holds it today and whom a change on the day would end."""

    asiento: Asiento
    calidad: str
    desde: datetime.date
    hoy: datetime.date
    membresias: list[Membresia] = field(default_factory=list)
    alterno: Membresia | None = None

    @property
    def clave(self) -> str:
        return f"{self.asiento.pk}{self.calidad[0]}"

    @property
    def de_hoy(self) -> Membresia | None:
        return next((m for m in self.membresias if m.vigente_el(self.hoy)), None)

    @property
    def siguientes(self) -> list[Membresia]:
        """Who is registered to begin later."""
        return [m for m in self.membresias if m.desde > self.hoy]

    @property
    def salen(self) -> list[Membresia]:
        """Whose days a change would cut."""
        return [m for m in self.membresias if m.hasta is None or m.hasta >= self.desde]

    @property
    def etiqueta_de_calidad(self) -> str:
        return str(Membresia.Calidad(self.calidad).label)


def asientos_del_relevo(
    alcance: AlcanceEfectivo, *, tipos: Collection[int] = (), lugares: Collection[str] = ()
) -> AsientoQuerySet:
    """Return the seats that count in the scope, of these kinds and tables; none of either means all."""
    asientos = alcance.asientos().exigidos().select_related("tipo", "institucion", "instancia__territorio")
    if tipos:
        asientos = asientos.filter(tipo__in=tipos)
    if lugares:
        asientos = asientos.filter(instancia__territorio__in=lugares)
    return asientos.order_by("instancia__territorio_id", "instancia_id", "tipo__orden", "numero")


def filas_del_relevo(
    asientos: Collection[Asiento], *, desde: datetime.date, hoy: datetime.date, calidades: Collection[str]
) -> list[FilaDeRelevo]:
    """Return a row for each seat and quality, in the order of the seats. One statement."""
    por_turno: dict[tuple[int, str], list[Membresia]] = defaultdict(list)
    sentadas = Membresia.objects.sin_terminar(min(desde, hoy)).filter(asiento__in=[a.pk for a in asientos])
    for membresia in sentadas.select_related("persona").order_by("desde", "pk"):
        por_turno[membresia.asiento_id, membresia.calidad].append(membresia)
    filas = []
    for asiento in asientos:
        alternos = por_turno[asiento.pk, Membresia.Calidad.ALTERNO]
        for calidad in sorted(calidades, reverse=True):
            fila = FilaDeRelevo(asiento, calidad, desde, hoy, por_turno[asiento.pk, calidad])
            if calidad == Membresia.Calidad.TITULAR:
                fila.alterno = next((m for m in alternos if m.vigente_el(desde)), None)
            filas.append(fila)
    return filas
