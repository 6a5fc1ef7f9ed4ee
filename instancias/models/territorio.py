from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from ..querysets import TerritorioQuerySet
from ..validators import validar_ubigeo

models.CharField.register_lookup(Length)


class Territorio(models.Model):
    """A department, province or district, keyed by its INEI code.

    The code is text and already a materialised path (10 → 1006 → 100601): scope is a prefix. RENIEC numbers
    districts in another order, so its code is an alias in a column of its own and never a key.
    """

    class Nivel(models.TextChoices):
        DEPARTAMENTO = "departamento", _("Departamento")
        PROVINCIA = "provincia", _("Provincia")
        DISTRITO = "distrito", _("Distrito")

    ubigeo = models.CharField(_("ubigeo INEI"), max_length=6, primary_key=True, validators=[validar_ubigeo])
    nivel = models.CharField(_("nivel"), max_length=12, choices=Nivel.choices)
    nombre = models.CharField(_("nombre"), max_length=80)
    nombre_alterno = models.CharField(_("otro nombre"), max_length=80, blank=True)
    sigla = models.CharField(_("sigla"), max_length=4, blank=True)
    capital = models.CharField(_("capital"), max_length=80, blank=True)
    codigo_reniec = models.CharField(_("código RENIEC"), max_length=6, blank=True, db_index=True)
    norma_de_creacion = models.CharField(_("norma de creación"), max_length=80, blank=True)
    fila = models.PositiveSmallIntegerField(_("fila en el mosaico"), null=True, blank=True)
    columna = models.PositiveSmallIntegerField(_("columna en el mosaico"), null=True, blank=True)
    contorno = models.JSONField(
        _("contorno"), default=list, blank=True, help_text=_("Anillos de pares longitud, latitud (WGS84).")
    )
    desde = models.DateField(_("vigente desde"), null=True, blank=True)
    hasta = models.DateField(_("vigente hasta"), null=True, blank=True)

    objects = TerritorioQuerySet.as_manager()

    class Meta:
        verbose_name = _("territorio")
        verbose_name_plural = _("territorios")
        ordering = ["ubigeo"]
        constraints = [
            models.CheckConstraint(
                name="territorio_nivel_segun_codigo",
                condition=models.Q(ubigeo__length=2, nivel="departamento")
                | models.Q(ubigeo__length=4, nivel="provincia")
                | models.Q(ubigeo__length=6, nivel="distrito"),
            ),
        ]

    def __str__(self) -> str:
        return self.nombre
