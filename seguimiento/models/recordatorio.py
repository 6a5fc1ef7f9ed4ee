from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from instancias.models import Asiento, Persona


class Recordatorio(models.Model):
    """Somebody of the staff said «Ya avisé»: who was told, why, when. The row hides for seven days."""

    class Motivo(models.TextChoices):
        AYUDA = "ayuda", _("Necesita ayuda")
        SOLO_EVALUACION = "solo_evaluacion", _("Solo le falta la evaluación")
        DETENIDO = "detenido", _("Sin actividad en 14 días")
        NO_ENTRO = "no_entro", _("Todavía no entra")
        APLICACION = "aplicacion", _("Le falta contar qué aplicó")
        VACANTE = "vacante", _("Asiento sin persona")
        PENDIENTE = "pendiente", _("Todavía no termina")

    persona = models.ForeignKey(
        Persona,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recordatorios",
        verbose_name=_("persona"),
    )
    asiento = models.ForeignKey(
        Asiento,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recordatorios",
        verbose_name=_("asiento"),
    )
    motivo = models.CharField(_("motivo"), max_length=16, choices=Motivo.choices)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("por")
    )
    hecho_en = models.DateTimeField(_("hecho"))
    hecho_el = models.DateField(_("día"))

    class Meta:
        verbose_name = _("recordatorio")
        verbose_name_plural = _("recordatorios")
        ordering = ["-hecho_en"]
        constraints = [
            models.CheckConstraint(
                name="recordatorio_a_persona_o_asiento",
                condition=models.Q(persona__isnull=False, asiento__isnull=True)
                | models.Q(persona__isnull=True, asiento__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["persona", "motivo", "hecho_el"],
                condition=models.Q(persona__isnull=False),
                name="recordatorio_uno_por_dia_y_persona",
            ),
            models.UniqueConstraint(
                fields=["asiento", "motivo", "hecho_el"],
                condition=models.Q(asiento__isnull=False),
                name="recordatorio_uno_por_dia_y_asiento",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_motivo_display()} · {self.hecho_el:%Y-%m-%d}"
