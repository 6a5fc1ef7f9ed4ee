"""The history of a seat: who held it, when each one finished, and what that means today. Two statements."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import DateField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from cursos.models import Inscripcion
from instancias.models import Asiento, Membresia
from instancias.politica import AlcanceEfectivo


@dataclass(frozen=True)
class Capacitado:
    """That somebody finished while holding the seat: in which year, and whether that person holds it today."""

    en: datetime.date
    sigue: bool
    vacante: bool


def asiento_de(alcance: AlcanceEfectivo, pk: int) -> Asiento | None:
    """A seat of the scope. Absent and out of reach are the same answer."""
    filas = alcance.asientos().select_related("tipo", "institucion", "instancia__territorio")
    return filas.filter(pk=pk).first()


def termino_en_el_asiento() -> Subquery:
    """Of a membership: when its person first finished a course while holding the seat."""
    mientras = Inscripcion.objects.filter(
        persona=OuterRef("persona_id"),
        terminada_en__date__gte=OuterRef("desde"),
        terminada_en__date__lte=Coalesce(OuterRef("hasta"), Value(datetime.date.max), output_field=DateField()),
    )
    return Subquery(mientras.order_by("terminada_en").values("terminada_en")[:1])


def historia(asiento: Asiento) -> QuerySet[Membresia]:
    """Who held it, the last one first, each with ``termino_en``: the day of the first course finished in the seat."""
    return (
        Membresia.objects.de_algun_dia()
        .filter(asiento=asiento)
        .select_related("persona")
        .annotate(termino_en=termino_en_el_asiento())
        .order_by("-desde", "-pk")
    )


def capacitado(turnos: list[Membresia], *, hoy: datetime.date) -> Capacitado | None:
    """The last time that the seat was trained, and whether who did it is still there."""
    # Who finished as alterno and is titular today is still there.
    de_hoy = {turno.persona_id for turno in turnos if turno.vigente_el(hoy)}
    hechos = [
        Capacitado(timezone.localdate(turno.termino_en), turno.persona_id in de_hoy, not de_hoy)
        for turno in turnos
        if turno.termino_en
    ]
    vigentes = [hecho for hecho in hechos if hecho.sigue]
    return max(vigentes or hechos, key=lambda hecho: hecho.en, default=None)
