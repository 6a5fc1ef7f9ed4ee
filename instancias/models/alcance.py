from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .territorio import Territorio


class Alcance(models.Model):
    """What a staff member may see and do: a role over a territory and all below it, with dates."""

    class Rol(models.TextChoices):
        COORDINACION = "coordinacion", _("Coordinación")

    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alcances", verbose_name=_("cuenta")
    )
    territorio = models.ForeignKey(
        Territorio, on_delete=models.PROTECT, related_name="alcances", verbose_name=_("territorio")
    )
    rol = models.CharField(_("rol"), max_length=12, choices=Rol.choices, default=Rol.COORDINACION)
    desde = models.DateField(_("desde"))
    hasta = models.DateField(_("hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("alcance")
        verbose_name_plural = _("alcances")
        ordering = ["cuenta_id", "territorio_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cuenta", "territorio", "rol"],
                condition=models.Q(hasta__isnull=True),
                name="alcance_vigente_unico",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cuenta} · {self.get_rol_display()} · {self.territorio}"
