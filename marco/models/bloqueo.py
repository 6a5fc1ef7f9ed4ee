from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BloqueoDelNavegador(models.Model):
    """What browsers refused to load on a day, added up. Nothing of who was reading, and no address of a page."""

    dia = models.DateField(_("día"))
    directiva = models.CharField(_("regla"), max_length=40)
    origen = models.CharField(_("lo que se bloqueó"), max_length=100)
    pantalla = models.CharField(_("pantalla"), max_length=100, blank=True)
    veces = models.PositiveIntegerField(_("veces"), default=1)

    class Meta:
        verbose_name = _("bloqueo del navegador")
        verbose_name_plural = _("bloqueos del navegador")
        ordering = ["-dia", "-veces", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["dia", "directiva", "origen", "pantalla"], name="un_bloqueo_por_dia_y_pantalla"
            )
        ]

    def __str__(self) -> str:
        return f"{self.directiva}: {self.origen}"
