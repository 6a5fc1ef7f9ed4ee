from django.db import models
from django.utils.translation import gettext_lazy as _

from marco.derivados import CampoDeOrden, ConDerivados, GuardaDerivados
from marco.lineas import LineasLimpias

from ..nombres_propios import CampoDeFirma
from .territorio import Territorio


class Oficina(LineasLimpias, GuardaDerivados):
    """The office that accompanies the tables of some districts. Its public name is data: it has changed before."""

    nombre = models.CharField(_("nombre"), max_length=120, unique=True)
    telefono = models.CharField(_("teléfono"), max_length=20, blank=True)
    whatsapp = models.CharField(_("WhatsApp"), max_length=9, blank=True)
    horario = models.CharField(_("horario"), max_length=120, blank=True)
    facilitadora = CampoDeFirma(_("persona facilitadora"), max_length=120, blank=True)
    orden_alfabetico = CampoDeOrden(de=("nombre",))

    objects = ConDerivados.as_manager()

    class Meta:
        verbose_name = _("centro")
        verbose_name_plural = _("centros")
        ordering = ["orden_alfabetico", "pk"]

    def __str__(self) -> str:
        return self.nombre


class Cobertura(models.Model):
    """Which districts an office serves, and since when: many to many, with dates."""

    oficina = models.ForeignKey(Oficina, on_delete=models.CASCADE, related_name="coberturas", verbose_name=_("centro"))
    territorio = models.ForeignKey(
        Territorio, on_delete=models.PROTECT, related_name="coberturas", verbose_name=_("territorio")
    )
    desde = models.DateField(_("desde"))
    hasta = models.DateField(_("hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("cobertura")
        verbose_name_plural = _("coberturas")
        ordering = ["territorio_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["oficina", "territorio"], condition=models.Q(hasta__isnull=True), name="cobertura_vigente_unica"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.oficina} · {self.territorio}"
