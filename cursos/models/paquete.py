from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from instancias.models import Persona


class Paquete(models.Model):
    """Something done on a phone, kept there and received here, once by its identifier.

    Its hour is that of the server: a phone may have any. What could not be applied keeps what it said (``datos``), why
    in a code and in the sentence that the phone was told, and waits until somebody of the staff notes it. What was
    applied is told by the progress or the answer that it made: of it only its mark (``huella``) stays.
    """

    class Estado(models.TextChoices):
        APLICADO = "aplicado", _("Aplicado")
        SIN_APLICAR = "sin_aplicar", _("Sin aplicar")

    identificador = models.UUIDField(_("identificador"), unique=True, editable=False)
    persona = models.ForeignKey(Persona, on_delete=models.PROTECT, related_name="+", verbose_name=_("persona"))
    clase = models.CharField(_("clase"), max_length=20)
    lugar = models.CharField(_("lugar"), max_length=40, blank=True)
    huella = models.CharField(_("huella"), max_length=64)
    estado = models.CharField(_("estado"), max_length=11, choices=Estado.choices)
    motivo = models.CharField(_("motivo"), max_length=40, blank=True)
    mensaje = models.TextField(_("mensaje"), blank=True)
    datos = models.JSONField(_("lo que decía"), null=True)
    recibido_en = models.DateTimeField(_("recibido"))
    anotado_en = models.DateTimeField(_("anotado"), null=True)
    anotado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("anotado por")
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("paquete")
        verbose_name_plural = _("paquetes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="paquete_sin_aplicar_dice_por_que",
                condition=models.Q(estado="aplicado", motivo="", datos__isnull=True, anotado_en__isnull=True)
                | (models.Q(estado="sin_aplicar") & ~models.Q(motivo="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["persona"],
                condition=models.Q(estado="sin_aplicar", anotado_en__isnull=True),
                name="paquete_por_anotar",
            ),
        ]

    def __str__(self) -> str:
        return str(self.identificador)
