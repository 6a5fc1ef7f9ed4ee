"""What the phones of people kept without signal and could not be applied, for whoever accompanies them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise

from cursos.models import Paquete, Unidad
from cursos.paquetes import clase_de
from instancias.models import Persona
from instancias.politica import AlcanceEfectivo


@dataclass(frozen=True)
class SinAplicar:
    """One of them. What the person answered is not told: only what it was, where, and why it was not applied."""

    id: int
    persona: Persona
    que: str | Promise
    donde: str
    motivo: str
    recibido_en: datetime


def por_anotar(alcance: AlcanceEfectivo) -> QuerySet[Paquete]:
    pendientes = Paquete.objects.filter(estado=Paquete.Estado.SIN_APLICAR, anotado_en__isnull=True)
    return (
        pendientes.filter(persona__in=alcance.personas_a_cargo())
        .select_related("persona")
        .order_by("-recibido_en", "-pk")
    )


def en_palabras(paquetes: Iterable[Paquete]) -> list[SinAplicar]:
    """Tell some of them, with the title of each part of a course. One statement."""
    paquetes = list(paquetes)
    lugares = {uno.pk: tuple(int(n) for n in uno.lugar.split("/")[:2]) for uno in paquetes if uno.lugar}
    unidades = Unidad.objects.filter(
        curso__numero__in={lugar[0] for lugar in lugares.values()}, numero__in={lugar[1] for lugar in lugares.values()}
    )
    titulos = {
        (curso, numero): titulo for curso, numero, titulo in unidades.values_list("curso__numero", "numero", "titulo")
    }
    return [
        SinAplicar(
            id=uno.pk,
            persona=uno.persona,
            que=clase_de(uno.clase).nombre,
            donde=titulos.get(lugares.get(uno.pk, ()), ""),  # type: ignore[call-overload]
            motivo=uno.mensaje,
            recibido_en=uno.recibido_en,
        )
        for uno in paquetes
    ]
