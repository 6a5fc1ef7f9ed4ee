from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RolDadoQuerySet(models.QuerySet["RolDado"]):
    def abiertos(self) -> RolDadoQuerySet:
        return self.filter(terminado_en__isnull=True)

    def vencidos(self, hoy: datetime.date) -> RolDadoQuerySet:
        """Their last day was before today, and nobody took them away yet."""
        return self.abiertos().filter(hasta__lt=hoy)

    def por_mover(self, hoy: datetime.date) -> RolDadoQuerySet:
        """Those whose day came: to begin, or to end."""
        empieza = models.Q(puesto_en__isnull=True, desde__lte=hoy)
        return self.abiertos().filter(models.Q(hasta__lt=hoy) | empieza)


class RolDado(models.Model):
    """A group of the editor that an account has between two days. A group without a row has no dates.

    ``puesto_en``: when the account began to have it. ``terminado_en``: when it ended, by its day or by somebody.
    """

    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles_dados", verbose_name=_("cuenta")
    )
    grupo = models.ForeignKey("auth.Group", on_delete=models.CASCADE, related_name="+", verbose_name=_("rol"))
    desde = models.DateField(_("desde"))
    hasta = models.DateField(_("hasta"), null=True, blank=True)
    dado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("dado por")
    )
    dado_en = models.DateTimeField(_("dado"))
    puesto_en = models.DateTimeField(_("empezó"), null=True, blank=True)
    terminado_en = models.DateTimeField(_("terminó"), null=True, blank=True)

    objects = RolDadoQuerySet.as_manager()

    class Meta:
        verbose_name = _("rol dado")
        verbose_name_plural = _("roles dados")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cuenta", "grupo"],
                condition=models.Q(terminado_en__isnull=True),
                name="rol_abierto_unico",
            ),
            models.CheckConstraint(
                condition=models.Q(hasta__isnull=True) | models.Q(hasta__gte=models.F("desde")),
                name="rol_dado_en_orden",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cuenta_id} · {self.grupo_id}"
