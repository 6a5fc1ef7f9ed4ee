from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cursos.models import Inscripcion, Unidad


class IntentoMas(models.Model):
    """Somebody of the staff gave a person one more try after the last one. Kept: it explains the extra attempt.

    ``despues_de`` is the number of attempts already sent. It makes the act happen once, however many times it is asked.
    """

    inscripcion = models.ForeignKey(
        Inscripcion, on_delete=models.PROTECT, related_name="intentos_mas", verbose_name=_("inscripción")
    )
    unidad = models.ForeignKey(
        Unidad, on_delete=models.PROTECT, related_name="intentos_mas", verbose_name=_("evaluación")
    )
    despues_de = models.PositiveSmallIntegerField(_("intentos enviados"))
    motivo = models.CharField(_("motivo"), max_length=200)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("por")
    )
    dado_en = models.DateTimeField(_("dado"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("intento más")
        verbose_name_plural = _("intentos más")
        ordering = ["dado_en"]
        constraints = [
            models.UniqueConstraint(fields=["inscripcion", "unidad", "despues_de"], name="intento_mas_una_vez")
        ]

    def __str__(self) -> str:
        return f"{self.inscripcion_id} · {self.unidad_id} · {self.despues_de}"
