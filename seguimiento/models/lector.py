from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from instancias.models import Territorio


class Lector(models.Model):
    """A system of others that reads the figures of a territory with a key of its own, until a day.

    Only the digest of the key is kept. What is read is never more than what ``creado_por`` reaches that day.
    ``ventana`` and ``pedidos`` count what it asked for in a minute.
    """

    nombre = models.CharField(_("quién lee"), max_length=80)
    territorio = models.ForeignKey(
        Territorio, on_delete=models.PROTECT, related_name="lectores", verbose_name=_("territorio")
    )
    huella = models.CharField(_("huella de la clave"), max_length=64, unique=True)
    operacion = models.UUIDField(_("operación"), unique=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("creado por")
    )
    creado_en = models.DateTimeField(_("creado"))
    vence_el = models.DateField(_("último día"))
    revocado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("revocado por")
    )
    revocado_en = models.DateTimeField(_("revocado"), null=True, blank=True)
    usado_en = models.DateTimeField(_("último uso"), null=True, blank=True)
    ventana = models.DateTimeField(_("minuto que se cuenta"), null=True, blank=True)
    pedidos = models.PositiveIntegerField(_("pedidos en ese minuto"), default=0)

    class Meta:
        verbose_name = _("lector")
        verbose_name_plural = _("lectores")
        ordering = ["-creado_en", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="lector_revocado_con_fecha",
                condition=models.Q(revocado_por__isnull=True) | models.Q(revocado_en__isnull=False),
            ),
            models.CheckConstraint(name="lector_con_nombre", condition=~models.Q(nombre="")),
        ]

    def __str__(self) -> str:
        return f"{self.nombre} · {self.territorio_id}"

    def vencio(self, hoy: datetime.date) -> bool:
        return self.vence_el < hoy
