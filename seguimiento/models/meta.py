from django.db import models
from django.utils.translation import gettext_lazy as _

from cursos.models import Edicion
from instancias.models import Territorio


class MetaDeTerritorio(models.Model):
    """What a territory wants to reach in an edition: a share of its members, by a day."""

    edicion = models.ForeignKey(Edicion, on_delete=models.CASCADE, related_name="metas", verbose_name=_("edición"))
    territorio = models.ForeignKey(
        Territorio, on_delete=models.PROTECT, related_name="metas", verbose_name=_("territorio")
    )
    porcentaje = models.PositiveSmallIntegerField(_("porcentaje de integrantes"))
    para_el = models.DateField(_("para el"))

    class Meta:
        verbose_name = _("meta")
        verbose_name_plural = _("metas")
        ordering = ["para_el"]
        constraints = [
            models.UniqueConstraint(fields=["edicion", "territorio"], name="meta_una_por_territorio"),
            models.CheckConstraint(name="meta_entre_1_y_100", condition=models.Q(porcentaje__range=(1, 100))),
        ]

    def __str__(self) -> str:
        return f"{self.territorio_id}: {self.porcentaje} %"
