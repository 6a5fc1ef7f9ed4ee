from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Suscripcion(models.Model):
    """An account asked for the summary of each week by e-mail. Nothing is sent until they open what came there."""

    cuenta = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("cuenta")
    )
    correo = models.EmailField(_("correo"))
    pedida_en = models.DateTimeField(_("pedida"))
    aviso_en = models.DateTimeField(_("mensaje para confirmar enviado"), null=True, blank=True)
    confirmada_en = models.DateTimeField(_("confirmada"), null=True, blank=True)

    class Meta:
        verbose_name = _("suscripción al resumen")
        verbose_name_plural = _("suscripciones al resumen")

    def __str__(self) -> str:
        return f"{self.cuenta_id}"


class EnvioDeResumen(models.Model):
    """The summary of a week to an account: it goes out once. ``semana`` is the Monday on which it is sent."""

    class Estado(models.TextChoices):
        POR_ENVIAR = "por_enviar", _("Por enviar")
        SALIENDO = "saliendo", _("Saliendo")
        ENVIADO = "enviado", _("Enviado")
        NO_SALIO = "no_salio", _("No salió")

    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("cuenta")
    )
    semana = models.DateField(_("semana"))
    estado = models.CharField(_("estado"), max_length=10, choices=Estado.choices, default=Estado.POR_ENVIAR)
    veces = models.PositiveSmallIntegerField(_("veces que se intentó"), default=0)
    tomado_en = models.DateTimeField(_("tomado"), null=True, blank=True)

    class Meta:
        verbose_name = _("envío del resumen")
        verbose_name_plural = _("envíos del resumen")
        ordering = ["-semana", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cuenta", "semana"], name="resumen_uno_por_cuenta_y_semana"),
        ]

    def __str__(self) -> str:
        return f"{self.cuenta_id} · {self.semana:%Y-%m-%d}"
