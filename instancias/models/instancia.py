from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from marco.lineas import LineasLimpias

from ..querysets import InstanciaQuerySet
from .territorio import Territorio


class Instancia(LineasLimpias):
    """A table of concertation of a province or district (Ley 30364, arts. 38 and 39; Reglamento, arts. 107 to 110).

    ``atendida_por`` says that a district has no table of its own and that another one serves it: which is the
    case is a fact of the data, not of the code.
    """

    class Nivel(models.TextChoices):
        PROVINCIAL = "provincial", _("Provincial")
        DISTRITAL = "distrital", _("Distrital")

    nivel = models.CharField(_("nivel"), max_length=10, choices=Nivel.choices)
    territorio = models.ForeignKey(
        Territorio, on_delete=models.PROTECT, related_name="instancias", verbose_name=_("territorio")
    )
    atendida_por = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="atiende_a",
        verbose_name=_("atendida por"),
        help_text=_("Si este distrito no tiene instancia propia, la que lo atiende."),
    )
    norma_de_creacion = models.CharField(_("ordenanza de creación"), max_length=120, blank=True)
    instalada_el = models.DateField(_("fecha de instalación"), null=True, blank=True)
    sesiona_cada = models.CharField(
        _("frecuencia de sesiones"),
        max_length=60,
        blank=True,
        help_text=_("Según su reglamento interno. Por ejemplo: «cada dos meses»."),
    )

    objects = InstanciaQuerySet.as_manager()

    class Meta:
        verbose_name = _("instancia")
        verbose_name_plural = _("instancias")
        ordering = ["territorio_id"]
        constraints = [
            models.UniqueConstraint(fields=["nivel", "territorio"], name="instancia_una_por_territorio"),
        ]

    def __str__(self) -> str:
        return self.nombre

    def clean(self) -> None:
        super().clean()
        largo = 4 if self.nivel == self.Nivel.PROVINCIAL else 6
        if self.territorio_id and len(self.territorio_id) != largo:
            raise ValidationError(
                {"territorio": _("Una instancia provincial va en una provincia y una distrital, en un distrito.")}
            )

    @property
    def nombre(self) -> str:
        """Official name, as certificates and minutes write it."""
        if self.nivel == self.Nivel.PROVINCIAL:
            return _("Instancia Provincial de Concertación de %(ambito)s") % {"ambito": self.territorio.nombre}
        return _("Instancia Distrital de Concertación de %(ambito)s") % {"ambito": self.territorio.nombre}

    @property
    def es_propia(self) -> bool:
        """Whether the district has its own table."""
        return self.atendida_por_id is None
