import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..lineas import LineasLimpias


class DiaNoLaborable(LineasLimpias):
    """A day that is not worked besides the holidays of every year: by a decree, or only in this place."""

    dia = models.DateField(_("día"), unique=True)
    nombre = models.CharField(_("motivo"), max_length=120, help_text=_("Por ejemplo: «Día no laborable por decreto»."))
    norma = models.CharField(
        _("norma"), max_length=120, blank=True, help_text=_("El decreto o la resolución que lo dice.")
    )

    class Meta:
        verbose_name = _("día no laborable")
        verbose_name_plural = _("días no laborables")
        ordering = ["-dia"]

    def __str__(self) -> str:
        return f"{self.dia:%d/%m/%Y} · {self.nombre}"

    @classmethod
    def dias(cls) -> frozenset[datetime.date]:
        """All of them: a handful. One statement."""
        return frozenset(cls.objects.values_list("dia", flat=True))
