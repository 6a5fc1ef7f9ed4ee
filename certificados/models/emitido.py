from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentoEmitido(models.Model):
    """What every paper of this room has: a registry number, two codes, frozen data, and the file made from them.

    The row is the proof and the PDF shows it. Numbers come from one book, whatever the kind of paper.
    """

    anio = models.PositiveSmallIntegerField(_("año de registro"))
    numero = models.PositiveIntegerField(_("número de registro"))
    codigo_largo = models.CharField(_("código de verificación"), max_length=40, unique=True)
    codigo_corto = models.CharField(_("código impreso"), max_length=10, unique=True)
    datos = models.JSONField(_("datos impresos"))
    emitido_en = models.DateTimeField(_("emitido"))
    anulado_en = models.DateTimeField(_("anulado"), null=True, blank=True)
    pdf = models.CharField(_("archivo PDF"), max_length=120, blank=True)
    pdf_bytes = models.PositiveIntegerField(_("tamaño del PDF"), null=True, blank=True)
    pdf_sha256 = models.CharField(_("huella del PDF"), max_length=64, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.registro

    @property
    def registro(self) -> str:
        """Registry number as printed: «0012-2026»."""
        return f"{self.numero:04d}-{self.anio}"
