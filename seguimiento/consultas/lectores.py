"""Who reads the figures of a scope from another system, and whether its key still works."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from instancias.politica import AlcanceEfectivo, alcances_de
from instancias.querysets import bajo

from ..models import Lector


class Estado(models.TextChoices):
    """How the key of a reader is today."""

    VIGENTE = "vigente", _("Vigente")
    VENCIDA = "vencida", _("Vencida")
    REVOCADA = "revocada", _("Revocada")
    SIN_ALCANCE = "sin_alcance", _("Detenida: quien la dio ya no responde por ese lugar")


@dataclass(frozen=True)
class FilaDeLector:
    """A reader as the list shows it."""

    lector: Lector
    estado: Estado

    @property
    def se_revoca(self) -> bool:
        return self.estado in {Estado.VIGENTE, Estado.SIN_ALCANCE}


def lectores_de(alcance: AlcanceEfectivo) -> QuerySet[Lector]:
    """The readers of the scope, newest first."""
    filas = Lector.objects.filter(bajo(alcance.prefijos, "territorio__ubigeo"))
    return filas.select_related("territorio", "creado_por").defer("territorio__contorno")


def filas_de(lectores: Iterable[Lector], *, hoy: datetime.date) -> list[FilaDeLector]:
    """Some of them as the list shows them. Three statements at most, with their own."""
    lectores = list(lectores)
    suyos = alcances_de((uno.creado_por for uno in lectores if uno.creado_por), hoy=hoy)
    return [FilaDeLector(uno, _estado(uno, suyos.get(uno.creado_por_id), hoy)) for uno in lectores]


def _estado(lector: Lector, suyo: AlcanceEfectivo | None, hoy: datetime.date) -> Estado:
    if lector.revocado_en is not None:
        return Estado.REVOCADA
    if lector.vencio(hoy):
        return Estado.VENCIDA
    return Estado.VIGENTE if suyo and suyo.cubre(lector.territorio_id) else Estado.SIN_ALCANCE
