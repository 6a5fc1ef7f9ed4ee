import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .persona import Persona


def ultimo_dia_entero(vence_en: datetime.datetime) -> datetime.date:
    """The last day on which it opens at any hour: what is told to people."""
    return timezone.localdate(vence_en) - datetime.timedelta(days=1)


class EnlaceDeAcceso(models.Model):
    """A personal link to enter the first time: random, one use, seven days. Only its digest is kept.

    ``abierto_en``: when somebody first looked at its page in a browser. Only a hint for whoever sent it.
    """

    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="enlaces", verbose_name=_("persona"))
    huella = models.CharField(_("huella del enlace"), max_length=64, unique=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("creado por")
    )
    creado_en = models.DateTimeField(_("creado"))
    vence_en = models.DateTimeField(_("vence"))
    abierto_en = models.DateTimeField(_("abierto"), null=True, blank=True)
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

    @property
    def ultimo_dia(self) -> datetime.date:
        return ultimo_dia_entero(self.vence_en)

    def __str__(self) -> str:
        return f"{self.persona_id} · {self.creado_en:%Y-%m-%d}"


class EnvioPorCorreo(models.Model):
    """A personal link that somebody asked to send by e-mail. It goes out once, or not at all.

    The link is made when its turn comes: until then there is no secret to keep.
    """

    class Estado(models.TextChoices):
        POR_ENVIAR = "por_enviar", _("Por enviar")
        SALIENDO = "saliendo", _("Saliendo")
        ENVIADO = "enviado", _("Enviado")
        NO_SALIO = "no_salio", _("No salió")

    persona = models.ForeignKey(
        Persona, on_delete=models.CASCADE, related_name="envios_por_correo", verbose_name=_("persona")
    )
    pedido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("pedido por")
    )
    pedido_en = models.DateTimeField(_("pedido"))
    estado = models.CharField(_("estado"), max_length=10, choices=Estado.choices, default=Estado.POR_ENVIAR)
    tomado_en = models.DateTimeField(_("tomado"), null=True, blank=True)
    enlace = models.OneToOneField(
        EnlaceDeAcceso,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="envio_por_correo",
        verbose_name=_("enlace"),
    )

    class Meta:
        verbose_name = _("envío por correo")
        verbose_name_plural = _("envíos por correo")
        ordering = ["-pedido_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["persona"],
                condition=models.Q(estado__in=["por_enviar", "saliendo"]),
                name="envio_uno_en_camino_por_persona",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.persona_id} · {self.estado}"


class FrenoDeEntrada(models.Model):
    """Failed tries of one layer of the brakes: an account from an address, an address, an account, a key.

    ``huella`` is a keyed digest of what is counted: the rows name nobody. The rule is in ``acceso.topes``.
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
