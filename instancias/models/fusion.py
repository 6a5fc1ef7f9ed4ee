from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

PLAZO = datetime.timedelta(days=1)


class Fusion(models.Model):
    """Two registers of one person made one: which stays, which is hidden, and what moved, by number, to undo it.

    ``datos`` are the values that changed place, as they were in both registers. They are personal and are kept only as
    long as it can be undone. ``operacion`` makes of two clicks one act.
    """

    operacion = models.UUIDField(_("operación"), default=uuid.uuid4, unique=True, editable=False)
    # By number: while it holds, the hidden register points at the one that stays, and neither is deleted.
    queda = models.PositiveBigIntegerField(_("número de la que queda"), db_index=True)
    absorbida = models.PositiveBigIntegerField(_("número de la que se oculta"))
    # By part (``fusiones.Parte.clave``): what each one said that it moves, and what it noted to set it back.
    movido = models.JSONField(_("lo que se movió"), default=dict)
    # Of the two people: account, state and last time in, as they were.
    cuentas = models.JSONField(_("cómo entraban"), default=dict)
    datos = models.JSONField(_("datos que cambiaron de lugar"), default=dict, blank=True)
    hecha_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("hecha por")
    )
    hecha_en = models.DateTimeField(_("hecha"))
    deshecha_en = models.DateTimeField(_("deshecha"), null=True, blank=True)

    class Meta:
        verbose_name = _("fusión")
        verbose_name_plural = _("fusiones")
        ordering = ["-hecha_en", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["absorbida"],
                condition=models.Q(deshecha_en__isnull=True),
                name="fusion_una_vigente_por_absorbida",
            ),
            models.CheckConstraint(name="fusion_de_dos", condition=~models.Q(queda=models.F("absorbida"))),
        ]

    def __str__(self) -> str:
        return f"{self.absorbida} → {self.queda}"

    @property
    def se_deshace_hasta(self) -> datetime.datetime:
        return self.hecha_en + PLAZO

    def se_puede_deshacer(self, ahora: datetime.datetime) -> bool:
        return self.deshecha_en is None and ahora < self.se_deshace_hasta
