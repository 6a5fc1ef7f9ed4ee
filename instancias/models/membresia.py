from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marco.lineas import LineasLimpias

from ..querysets import MembresiaQuerySet
from .asiento import Asiento
from .persona import Persona


class Membresia(LineasLimpias):
    """A person on a seat, titular or alterno, from a day until another (Reglamento, arts. 107.2 and 109.2)."""

    class Calidad(models.TextChoices):
        TITULAR = "titular", _("Titular")
        ALTERNO = "alterno", _("Alterno/a")

    persona = models.ForeignKey(Persona, on_delete=models.PROTECT, related_name="membresias", verbose_name=_("persona"))
    asiento = models.ForeignKey(Asiento, on_delete=models.PROTECT, related_name="membresias", verbose_name=_("asiento"))
    calidad = models.CharField(_("calidad"), max_length=8, choices=Calidad.choices)
    desde = models.DateField(_("desde"))
    hasta = models.DateField(_("hasta"), null=True, blank=True)
    designacion = models.CharField(_("documento de designación"), max_length=120, blank=True)
    motivo_de_cese = models.CharField(_("motivo de cese"), max_length=120, blank=True)

    # When each end was written down: it may be long after its day. Empty in rows from before this was kept.
    registrada_en = models.DateTimeField(_("registrada"), null=True, editable=False, default=timezone.now)
    cese_registrado_en = models.DateTimeField(_("cese registrado"), null=True, blank=True, editable=False)

    objects = MembresiaQuerySet.as_manager()

    class Meta:
        verbose_name = _("membresía")
        verbose_name_plural = _("membresías")
        ordering = ["asiento_id", "-calidad"]
        constraints = [
            models.UniqueConstraint(
                fields=["asiento", "calidad"],
                condition=models.Q(hasta__isnull=True),
                name="membresia_una_vigente_por_calidad",
            ),
            models.UniqueConstraint(
                fields=["asiento", "persona"],
                condition=models.Q(hasta__isnull=True),
                name="membresia_una_vigente_por_persona",
            ),
            models.CheckConstraint(
                name="membresia_termina_despues_de_empezar",
                condition=models.Q(hasta__isnull=True) | models.Q(hasta__gte=models.F("desde")),
            ),
        ]

    def vigente_el(self, dia: datetime.date) -> bool:
        """Whether it is in force on the day: what ``querysets.vigente`` asks, of a row already read."""
        return self.desde <= dia and (self.hasta is None or dia <= self.hasta != self.desde)

    def __str__(self) -> str:
        return f"{self.persona} · {self.asiento} ({self.get_calidad_display()})"
