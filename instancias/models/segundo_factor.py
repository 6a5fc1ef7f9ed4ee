from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SegundoFactor(models.Model):
    """What an account shows besides its key: an application of codes, a machine, or a printed sheet of codes.

    ``secreto`` is closed with a key of the settings. ``usos`` only grows: the last step of the clock that was used, or
    what a machine counts. One that was removed stays without its secret, to be told of.
    """

    class Clase(models.TextChoices):
        APLICACION = "aplicacion", _("Aplicación de códigos")
        EQUIPO = "equipo", _("Huella, rostro o PIN de un equipo")
        HOJA = "hoja", _("Hoja impresa de códigos")

    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="segundos_factores", verbose_name=_("cuenta")
    )
    clase = models.CharField(_("clase"), max_length=12, choices=Clase.choices)
    nombre = models.CharField(_("nombre"), max_length=60, blank=True)
    secreto = models.TextField(_("secreto"), blank=True)
    credencial = models.CharField(_("huella de la credencial"), max_length=64, blank=True)
    usos = models.BigIntegerField(_("último uso contado"), default=0)
    creado_en = models.DateTimeField(_("creado"))
    usado_en = models.DateTimeField(_("usado"), null=True, blank=True)
    quitado_en = models.DateTimeField(_("quitado"), null=True, blank=True)
    quitado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quitado por"),
    )
    motivo = models.CharField(_("motivo"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("segundo factor")
        verbose_name_plural = _("segundos factores")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cuenta", "clase"],
                condition=models.Q(quitado_en__isnull=True) & ~models.Q(clase="equipo"),
                name="segundo_factor_uno_por_clase",
            ),
            models.UniqueConstraint(
                fields=["credencial"],
                condition=models.Q(quitado_en__isnull=True) & ~models.Q(credencial=""),
                name="segundo_factor_credencial_unica",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cuenta_id} · {self.clase}"


class CodigoDeUnUso(models.Model):
    """A code of a printed sheet. Only its keyed digest is kept, and it is used once."""

    factor = models.ForeignKey(
        SegundoFactor, on_delete=models.CASCADE, related_name="codigos", verbose_name=_("segundo factor")
    )
    huella = models.CharField(_("huella"), max_length=64, unique=True)
    usado_en = models.DateTimeField(_("usado"), null=True, blank=True)

    class Meta:
        verbose_name = _("código de un uso")
        verbose_name_plural = _("códigos de un uso")

    def __str__(self) -> str:
        return f"{self.factor_id} · {self.pk}"
