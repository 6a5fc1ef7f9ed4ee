from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marco.lineas import LineasLimpias


class Relevo(LineasLimpias):
    """One act that changed who sits where from a day on: whom it ended and whom it seated, by number only.

    It is what undoing it the same day needs. ``operacion`` makes of two clicks one act.
    """

    operacion = models.UUIDField(_("operación"), default=uuid.uuid4, unique=True, editable=False)
    desde = models.DateField(_("primer día"))
    designacion = models.CharField(_("documento de designación"), max_length=120, blank=True)
    # Each membership that it ended: [number, its last day before («» if none), its reason before, its last day now].
    terminadas = models.JSONField(_("membresías que terminó"), default=list)
    creadas = models.JSONField(_("membresías que abrió"), default=list)
    registradas = models.JSONField(_("personas que registró"), default=list)
    hecho_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("hecho por")
    )
    hecho_en = models.DateTimeField(_("hecho"))
    deshecho_en = models.DateTimeField(_("deshecho"), null=True, blank=True)

    class Meta:
        verbose_name = _("relevo")
        verbose_name_plural = _("relevos")
        ordering = ["-hecho_en"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk} · {self.desde}"

    def se_puede_deshacer(self, ahora: datetime.datetime) -> bool:
        """Until the end of the day on which it was done."""
        mismo_dia = timezone.localdate(self.hecho_en) == timezone.localdate(ahora)
        return self.deshecho_en is None and mismo_dia
