"""Whom to call in each place: the office that serves it and the services written for it. Nothing of who asks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from marco.textos import en_orden

from ..models import Cobertura, TelefonoDeZona, Territorio

CABEN = 60  # places that one page tells; past them, those of one province


@dataclass(frozen=True)
class Lugar:
    """A place and its numbers, each {"servicio", "numero"}."""

    ubigeo: str
    nombre: str
    telefonos: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Telefonos:
    """The places with a number. When they are too many for a page, only the provinces to choose from."""

    lugares: tuple[Lugar, ...] = ()
    provincias: tuple[Territorio, ...] = ()


def telefonos(*, hoy: datetime.date, provincia: str = "") -> Telefonos:
    """Return the numbers of every place, or of those of a province. Two statements; three when they do not fit."""
    coberturas = Cobertura.objects.filter(Q(hasta__isnull=True) | Q(hasta__gte=hoy), desde__lte=hoy)
    sueltos = TelefonoDeZona.objects.all()
    if provincia:
        de_aqui = Q(territorio__ubigeo__startswith=provincia) | Q(territorio=provincia[:2])  # and of its department
        coberturas, sueltos = coberturas.filter(de_aqui), sueltos.filter(de_aqui)
    # Not sliced by place: one number more than fits tells that they are too many, whatever place it is of.
    tope = None if provincia else CABEN + 1
    con_oficina = list(coberturas.select_related("oficina", "territorio").order_by("territorio_id", "pk")[:tope])
    con_servicio = list(sueltos.select_related("territorio")[:tope])
    lugares = _por_lugar(con_oficina, con_servicio)
    if tope and len(con_oficina) + len(con_servicio) > CABEN:
        return Telefonos(provincias=_provincias(coberturas))
    return Telefonos(lugares=tuple(sorted(lugares, key=lambda uno: (en_orden(uno.nombre), uno.ubigeo))))


def _por_lugar(coberturas: Iterable[Cobertura], servicios: Iterable[TelefonoDeZona]) -> list[Lugar]:
    lugares: dict[str, Lugar] = {}

    def anotar(territorio: Territorio, servicio: str, numero: str) -> None:
        uno = lugares.setdefault(territorio.pk, Lugar(territorio.pk, territorio.nombre))
        uno.telefonos.append({"servicio": servicio, "numero": numero})

    for cobertura in coberturas:
        if numero := cobertura.oficina.telefono or cobertura.oficina.whatsapp:
            anotar(cobertura.territorio, cobertura.oficina.nombre, numero)
    for servicio in servicios:
        anotar(servicio.territorio, servicio.servicio, servicio.telefono)
    return list(lugares.values())


def _provincias(coberturas: Iterable[Cobertura]) -> tuple[Territorio, ...]:
    con_algo = {pk[:4] for pk in coberturas.values_list("territorio_id", flat=True)}  # type: ignore[attr-defined]
    con_algo |= {pk[:4] for pk in TelefonoDeZona.objects.values_list("territorio_id", flat=True)}
    cuales = Q(pk__in=con_algo)
    for departamento in (pk for pk in con_algo if len(pk) == 2):
        cuales |= Q(pk__startswith=departamento)
    provincias = Territorio.objects.filter(cuales, nivel=Territorio.Nivel.PROVINCIA)
    return tuple(sorted(provincias, key=lambda una: en_orden(una.nombre)))
