"""Questions about question versions and attempts."""

from __future__ import annotations

from typing import Self

from django.db import models


class VersionDePreguntaQuerySet(models.QuerySet):
    def vigentes(self) -> Self:
        """The versions that a new attempt draws from."""
        return self.filter(vigente=True)


class IntentoQuerySet(models.QuerySet):
    def enviados(self) -> Self:
        return self.filter(estado="enviado")

    def aprobados(self) -> Self:
        return self.filter(aprobado=True)
