from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .importacion import ImportacionDePadron


class CeldasDePadron(models.Model):
    """What the sheets of a list say, cell by cell, while somebody may still say what its columns are.

    Apart from the list, which is looked at often, and only for as long as none of its rows is saved.
    """

    importacion = models.OneToOneField(
        ImportacionDePadron, on_delete=models.CASCADE, related_name="celdas", verbose_name=_("importación")
    )
    hojas = models.JSONField(_("hojas"), default=list)

    class Meta:
        verbose_name = _("celdas de padrón")
        verbose_name_plural = _("celdas de padrón")

    def __str__(self) -> str:
        return str(self.importacion_id)


class ColumnaRecordada(models.Model):
    """What somebody said once of a heading: the next list with it asks nothing."""

    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("cuenta")
    )
    huella = models.CharField(_("título"), max_length=110)
    dice = models.CharField(_("qué dice"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("columna recordada")
        verbose_name_plural = _("columnas recordadas")
        constraints = [models.UniqueConstraint(fields=["cuenta", "huella"], name="columna_recordada_una_vez")]

    def __str__(self) -> str:
        return f"{self.huella}: {self.dice}"
