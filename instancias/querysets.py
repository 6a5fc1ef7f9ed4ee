"""Questions about territory, seats and people. Every one that a person's scope limits, limits it by UBIGEO prefix."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery


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
        membresias = self._membresias().filter(bajo(prefijos, "asiento__instancia__territorio__ubigeo"))
        return self.filter(pk__in=membresias.values("persona_id"))

    def a_cargo(self, prefijos: Iterable[str]) -> Self:
        """People whose account these territories answer for: links, name, phone, document.

        They hold a seat there today; or hold none anywhere, and the last one was there.
        """
        consulta, condicion = self._con_cargo(prefijos)
        return consulta.filter(condicion)

    def con_cargo(self, prefijos: Iterable[str]) -> Self:
        """The same people, each with ``a_cargo``: whether it is one of those."""
        consulta, condicion = self._con_cargo(prefijos)
        return consulta.annotate(a_cargo=condicion)

    def por_sentar(self, prefijos: Iterable[str]) -> Self:
        """People to whom these territories may give a seat: those they answer for, and who never had one anywhere."""
        consulta, condicion = self._con_cargo(prefijos)
        return consulta.filter(condicion | ~Exists(self._suyas()))

    def _con_cargo(self, prefijos: Iterable[str]) -> tuple[Self, Q]:
        prefijos = tuple(prefijos)
        vigentes = self._suyas().vigentes()
        dentro = vigentes.filter(bajo(prefijos, "asiento__instancia__territorio__ubigeo"))
        ultima = self._suyas().order_by(F("hasta").desc(nulls_first=True), "-desde", "-pk")
        lugar = Subquery(ultima.values("asiento__instancia__territorio_id")[:1], output_field=models.CharField())
        return self.alias(_ultimo=lugar), Q(Exists(dentro)) | (~Exists(vigentes) & bajo(prefijos, "_ultimo"))

    def _suyas(self) -> MembresiaQuerySet:
        return self._membresias().filter(persona_id=OuterRef("pk"))

    def _membresias(self) -> Any:
        modelo: Any = self.model._meta.get_field("membresias").related_model
        return modelo._default_manager.all()


class MembresiaQuerySet(models.QuerySet):
    def vigentes(self, dia: datetime.date | None = None) -> Self:
        """Memberships in force; with a day, those in force on it."""
        if dia is None:
            return self.filter(hasta__isnull=True)
        return self.filter(Q(hasta__isnull=True) | Q(hasta__gte=dia), desde__lte=dia)

    def bajo(self, prefijos: Iterable[str]) -> Self:
        return self.filter(bajo(prefijos, "asiento__instancia__territorio__ubigeo"))
