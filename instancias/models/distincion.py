from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Distincion(models.Model):
    """Two registers that look like one, and somebody said that they are two people: they are not proposed again."""

    # By number, the smaller first: it says nothing about either of them, and keeps neither.
    una = models.PositiveBigIntegerField(_("número de una"))
    otra = models.PositiveBigIntegerField(_("número de la otra"), db_index=True)
    dicha_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("dicha por")
    )
    dicha_en = models.DateTimeField(_("dicha"))

    class Meta:
        verbose_name = _("distinción")
        verbose_name_plural = _("distinciones")
        ordering = ["-dicha_en", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["una", "otra"], name="distincion_una_por_par"),
            models.CheckConstraint(name="distincion_en_orden", condition=models.Q(una__lt=models.F("otra"))),
        ]

    def __str__(self) -> str:
        return f"{self.una} ≠ {self.otra}"
