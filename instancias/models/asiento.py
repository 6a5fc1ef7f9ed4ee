from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import AsientoQuerySet
from .instancia import Instancia
from .institucion import Institucion

SIN_TOPE = 50


class TipoDeAsiento(models.Model):
    """A seat as the Reglamento lists it: article, number, how many, whether it presides.

    Source: D.S. 009-2016-MIMP, arts. 107.1 (provincial) and 109.1 (district), text of D.S. 006-2023-MIMP.
    """

    codigo = models.CharField(_("código"), max_length=10, unique=True)
    nivel = models.CharField(_("nivel"), max_length=10, choices=Instancia.Nivel.choices)
    articulo = models.CharField(_("artículo"), max_length=10)
    numeral = models.CharField(_("numeral"), max_length=10)
    nombre = models.CharField(_("nombre"), max_length=160)
    corto = models.CharField(_("nombre corto"), max_length=40)
    sector = models.CharField(_("sector"), max_length=30, choices=Institucion.Sector.choices)
    minimo = models.PositiveSmallIntegerField(_("mínimo"), default=1)
    maximo = models.PositiveSmallIntegerField(_("máximo"), null=True, blank=True)
    condicional = models.BooleanField(_("solo si existe en el lugar"), default=False)
    preside = models.BooleanField(_("preside"), default=False)
    orden = models.PositiveSmallIntegerField(_("orden legal"))
    version_de_norma = models.CharField(_("versión de la norma"), max_length=60)
    desde = models.DateField(_("vigente desde"), null=True, blank=True)
    hasta = models.DateField(_("vigente hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("tipo de asiento")
        verbose_name_plural = _("tipos de asiento")
        ordering = ["nivel", "orden"]
        constraints = [
            models.CheckConstraint(
                name="tipo_de_asiento_maximo_desde_minimo",
                condition=models.Q(maximo__isnull=True) | models.Q(maximo__gte=models.F("minimo")),
            ),
        ]

    def __str__(self) -> str:
        return self.nombre

    @property
    def tope(self) -> int:
        """How many of them a table opens at most; where the norm fixes no number, a reasonable one."""
        return self.maximo or SIN_TOPE

    @property
    def cita(self) -> str:
        """The article that asks for it, in short."""
        if self.numeral:
            return _("art. %(articulo)s, num. %(numeral)s") % {"articulo": self.articulo, "numeral": self.numeral}
        return _("art. %(articulo)s") % {"articulo": self.articulo}


class Asiento(models.Model):
    """An institutional place at a table. People rotate; the seat stays."""

    class Estado(models.TextChoices):
        EXIGIDO = "exigido", _("Exigido")
        NO_APLICA = "no_aplica", _("No aplica en este lugar")

    instancia = models.ForeignKey(
        Instancia, on_delete=models.PROTECT, related_name="asientos", verbose_name=_("instancia")
    )
    tipo = models.ForeignKey(
        TipoDeAsiento, on_delete=models.PROTECT, related_name="asientos", verbose_name=_("tipo de asiento")
    )
    numero = models.PositiveSmallIntegerField(_("número"), default=1)
    institucion = models.ForeignKey(
        Institucion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="asientos",
        verbose_name=_("institución u organización"),
    )
    estado = models.CharField(_("estado"), max_length=10, choices=Estado.choices, default=Estado.EXIGIDO)

    # Empty in seats from before this was kept: they were always there.
    abierto_en = models.DateTimeField(_("abierto"), null=True, editable=False, default=timezone.now)

    objects = AsientoQuerySet.as_manager()

    class Meta:
        verbose_name = _("asiento")
        verbose_name_plural = _("asientos")
        ordering = ["instancia_id", "tipo__orden", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["instancia", "tipo", "numero"], name="asiento_unico_en_su_instancia"),
            models.CheckConstraint(name="asiento_numero_desde_uno", condition=models.Q(numero__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.tipo.nombre} ({self.numero})" if self.numero > 1 else self.tipo.nombre
