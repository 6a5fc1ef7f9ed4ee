"""Questions about question versions and attempts."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

# A final line that was marked, and got all of it or not. What waits to be marked is neither.
BIEN = Q(nota="calificada", puntos=F("maximo"))
MAL = Q(nota="calificada", puntos__lt=F("maximo"))


class VersionDePreguntaQuerySet(models.QuerySet):
    def vigentes(self) -> Self:
        """The versions that a new attempt draws from."""
        return self.filter(vigente=True)


class IntentoQuerySet(models.QuerySet):
    def enviados(self) -> Self:
        return self.filter(estado="enviado")

    def aprobados(self) -> Self:
        return self.filter(aprobado=True)

    def por_calificar(self) -> Self:
        """Sent, and waiting for a person to mark an answer."""
        return self.filter(nota="por_calificar")


class RespuestaQuerySet(models.QuerySet):
    def por_calificar(self) -> Self:
        return self.filter(nota="por_calificar")
