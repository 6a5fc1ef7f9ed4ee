from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportacionDePadron(models.Model):
    """A sheet under review: what was read and what each row will do. Its rows are emptied once decided."""

    class Estado(models.TextChoices):
        POR_REVISAR = "por_revisar", _("Por revisar")
        CONFIRMADA = "confirmada", _("Confirmada")
        DESCARTADA = "descartada", _("Descartada")

    class Esquema(models.TextChoices):
        INEI = "inei", _("INEI")
        RENIEC = "reniec", _("RENIEC")

    archivo = models.CharField(_("archivo"), max_length=160)
    huella = models.CharField(_("huella del archivo"), max_length=64)
    esquema = models.CharField(_("códigos de distrito"), max_length=8, choices=Esquema.choices)
    estado = models.CharField(_("estado"), max_length=12, choices=Estado.choices, default=Estado.POR_REVISAR)
    filas = models.JSONField(_("filas"), default=list)
    resumen = models.JSONField(_("resumen"), default=dict)
    subida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("subida por")
    )
    subida_en = models.DateTimeField(_("subida"))
    decidida_en = models.DateTimeField(_("decidida"), null=True, blank=True)

    class Meta:
        verbose_name = _("importación de padrón")
        verbose_name_plural = _("importaciones de padrón")
        ordering = ["-subida_en"]

    def __str__(self) -> str:
        return self.archivo
