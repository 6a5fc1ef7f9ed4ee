"""Questions about units, editions, enrolments and progress."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q

from instancias.querysets import bajo


class UnidadQuerySet(models.QuerySet):
    def cursos(self) -> Self:
        return self.filter(clase="curso")

    def vigentes(self) -> Self:
        """Units whose page is published."""
        return self.filter(retirada_en__isnull=True, pagina__isnull=False)


class EdicionQuerySet(models.QuerySet):
    def abiertas(self, dia: datetime.date) -> Self:
        """Editions under way on this day."""
        return self.que_reciben(dia).filter(inicia__lte=dia)

    def que_reciben(self, dia: datetime.date) -> Self:
        """Editions that receive people on this day: also before they start."""
        return self.filter(Q(termina__isnull=True) | Q(termina__gte=dia), abierta=True)


class InscripcionQuerySet(models.QuerySet):
    def activas(self) -> Self:
        return self.filter(retirada_en__isnull=True)

    def terminadas(self) -> Self:
        return self.filter(estado="terminada")

    def bajo(self, prefijos: Iterable[str]) -> Self:
        """Those whose stored territory lies inside the given ones."""
        return self.filter(bajo(prefijos, "territorio__ubigeo"))


class AvanceQuerySet(models.QuerySet):
    def terminados(self) -> Self:
        return self.filter(estado="terminada")


class ArticuloQuerySet(models.QuerySet):
    def con_redaccion_del(self, dia: datetime.date) -> Self:
        """Articles that have a wording in force on this day."""
        return self.filter(
            Q(redacciones__vigente_hasta__isnull=True) | Q(redacciones__vigente_hasta__gte=dia),
            redacciones__vigente_desde__lte=dia,
        ).distinct()
