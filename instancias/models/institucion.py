from django.db import models
from django.utils.translation import gettext_lazy as _

from marco.derivados import CampoBuscable, CampoDeOrden, ConDerivados, GuardaDerivados
from marco.lineas import LineasLimpias


class Institucion(LineasLimpias, GuardaDerivados):
    """Who names the people of a seat: a municipality, a police station, a school, an organisation."""

    class Sector(models.TextChoices):
        GOBIERNO_LOCAL = "gobierno_local", _("Gobierno local")
        EJECUTIVO = "ejecutivo", _("Poder Ejecutivo")
        POLICIA = "policia", _("Policía Nacional")
        EDUCACION = "educacion", _("Educación")
        SALUD = "salud", _("Salud")
        JUSTICIA = "justicia", _("Justicia")
        MIMP = "mimp", _("Mujer y poblaciones vulnerables")
        SOCIEDAD = "sociedad", _("Sociedad civil y comunidades")

    nombre = models.CharField(_("nombre"), max_length=160, unique=True)
    sector = models.CharField(_("sector"), max_length=30, choices=Sector.choices)
    busqueda = CampoBuscable(de=("nombre",))
    orden_alfabetico = CampoDeOrden(de=("nombre",))

    objects = ConDerivados.as_manager()

    class Meta:
        verbose_name = _("institución")
        verbose_name_plural = _("instituciones")
        ordering = ["orden_alfabetico", "pk"]

    def __str__(self) -> str:
        return self.nombre
