from django.db import models
from django.utils.translation import gettext_lazy as _

from .persona import Persona


class Consentimiento(models.Model):
    """What a person was told about their data and accepted, with the exact text (Ley 29733, art. 13.5)."""

    persona = models.ForeignKey(
        Persona, on_delete=models.PROTECT, related_name="consentimientos", verbose_name=_("persona")
    )
    version = models.CharField(_("versión"), max_length=40)
    texto = models.TextField(_("texto mostrado"))
    aceptado_en = models.DateTimeField(_("aceptado"))
    retirado_en = models.DateTimeField(_("retirado"), null=True, blank=True)

    class Meta:
        verbose_name = _("consentimiento")
        verbose_name_plural = _("consentimientos")
        ordering = ["-aceptado_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["persona", "version"],
                condition=models.Q(retirado_en__isnull=True),
                name="consentimiento_vigente_unico",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.persona_id} · {self.version}"
