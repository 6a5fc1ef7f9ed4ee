from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .persona import Persona


class EnlaceDeAcceso(models.Model):
    """A personal link to enter the first time: random, one use, seven days. Only its digest is kept."""

    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="enlaces", verbose_name=_("persona"))
    huella = models.CharField(_("huella del enlace"), max_length=64, unique=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("creado por")
    )
    creado_en = models.DateTimeField(_("creado"))
    vence_en = models.DateTimeField(_("vence"))
    usado_en = models.DateTimeField(_("usado"), null=True, blank=True)
    anulado_en = models.DateTimeField(_("anulado"), null=True, blank=True)

    class Meta:
        verbose_name = _("enlace de acceso")
        verbose_name_plural = _("enlaces de acceso")
        ordering = ["-creado_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["persona"],
                condition=models.Q(usado_en__isnull=True, anulado_en__isnull=True),
                name="enlace_uno_abierto_por_persona",
            ),
            models.CheckConstraint(name="enlace_vence_despues", condition=models.Q(vence_en__gt=models.F("creado_en"))),
        ]

    def __str__(self) -> str:
        return f"{self.persona_id} · {self.creado_en:%Y-%m-%d}"


class FrenoDeEntrada(models.Model):
    """Failed tries by account and address together. It slows guessing; it cannot lock another person out.

    ``huella`` is a keyed digest of purpose, account and address: the table names nobody.
    """

    huella = models.CharField(_("huella"), max_length=64, unique=True)
    fallos = models.PositiveIntegerField(_("fallos"), default=0)
    ultimo_en = models.DateTimeField(_("último fallo"))
    espera_hasta = models.DateTimeField(_("espera hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("freno de entrada")
        verbose_name_plural = _("frenos de entrada")

    def __str__(self) -> str:
        return f"{self.huella[:8]} · {self.fallos}"
