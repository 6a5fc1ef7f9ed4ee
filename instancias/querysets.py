"""Questions about territory, seats and people. Every one that a person's scope limits, limits it by UBIGEO prefix."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q


def bajo(prefijos: Iterable[str], campo: str) -> Q:
    """Return the condition «``campo`` is one of these territories or lies below one»; none matches nothing."""
    condicion = Q(pk__in=[])
    for prefijo in prefijos:
        condicion |= Q(**{f"{campo}__startswith": prefijo})
    return condicion


class TerritorioQuerySet(models.QuerySet):
    def distritos(self) -> Self:
        return self.filter(nivel="distrito")

    def bajo(self, prefijos: Iterable[str]) -> Self:
        """Those inside the given territories."""
        return self.filter(bajo(prefijos, "ubigeo"))


class InstanciaQuerySet(models.QuerySet):
    def propias(self) -> Self:
        """Tables that exist by themselves; a district served by another table has none."""
        return self.filter(atendida_por__isnull=True)

    def bajo(self, prefijos: Iterable[str]) -> Self:
        return self.filter(bajo(prefijos, "territorio__ubigeo"))


class AsientoQuerySet(models.QuerySet):
    def exigidos(self) -> Self:
        """Seats that count: of a table that exists, and that apply in the place."""
        return self.filter(estado="exigido", instancia__atendida_por__isnull=True)

    def bajo(self, prefijos: Iterable[str]) -> Self:
        return self.filter(bajo(prefijos, "instancia__territorio__ubigeo"))


class PersonaQuerySet(models.QuerySet):
    def activas(self) -> Self:
        return self.filter(activa=True)

    def bajo(self, prefijos: Iterable[str]) -> Self:
        """People who hold, or have held, a seat inside the given territories."""
        modelo: Any = self.model._meta.get_field("membresias").related_model
        membresias = modelo._default_manager.filter(bajo(prefijos, "asiento__instancia__territorio__ubigeo"))
        return self.filter(pk__in=membresias.values("persona_id"))


class MembresiaQuerySet(models.QuerySet):
    def vigentes(self, dia: datetime.date | None = None) -> Self:
        """Memberships in force; with a day, those in force on it."""
        if dia is None:
            return self.filter(hasta__isnull=True)
        return self.filter(Q(hasta__isnull=True) | Q(hasta__gte=dia), desde__lte=dia)

    def bajo(self, prefijos: Iterable[str]) -> Self:
        return self.filter(bajo(prefijos, "asiento__instancia__territorio__ubigeo"))
