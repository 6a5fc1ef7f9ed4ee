from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from marco.visibles import TextoVisible

from .territorio import Territorio

# Three numbers of a help line, or those of a telephone with its city.
validar_telefono = RegexValidator(
    r"^[0-9]{3,9}\Z", _("Escriba solo los números, de 3 a 9, sin espacios. Por ejemplo: 062123456."), code="telefono"
)


class TelefonoDeZona(TextoVisible):
    """The number of a service of a territory: a police station, a health post. Never that of a person."""

    territorio = models.ForeignKey(
        Territorio, on_delete=models.CASCADE, related_name="telefonos", verbose_name=_("territorio")
    )
    servicio = models.CharField(
        _("servicio"), max_length=80, help_text=_("Como lo conoce la gente. Por ejemplo: «Comisaría».")
    )
    telefono = models.CharField(
        _("teléfono"), max_length=9, validators=[validar_telefono], help_text=_("El de la institución, no el personal.")
    )

    class Meta:
        verbose_name = _("teléfono de la zona")
        verbose_name_plural = _("teléfonos de la zona")
        ordering = ["territorio", "servicio", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["territorio", "servicio", "telefono"], name="telefono_de_zona_unico")
        ]

    def __str__(self) -> str:
        return f"{self.servicio} · {self.territorio}"
