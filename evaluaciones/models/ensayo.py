from django.db import models
from django.utils.translation import gettext_lazy as _

from cursos.models import Inscripcion, Unidad


class Ensayo(models.Model):
    """What a person chose in a step «Decida», one row a try. It is never marked: nobody of the staff reads what one
    person chose, and nothing that counts for the course does (decision 35).

    ``paso`` is what the step is known by in its lesson. ``repaso_en`` is the unit before which it was asked again.
    ``acierto`` is empty for what only a person could judge.
    """

    inscripcion = models.ForeignKey(
        Inscripcion, on_delete=models.PROTECT, related_name="ensayos", verbose_name=_("inscripción")
    )
    unidad = models.ForeignKey(Unidad, on_delete=models.PROTECT, related_name="+", verbose_name=_("lección"))
    paso = models.CharField(_("paso"), max_length=64)
    vez = models.PositiveSmallIntegerField(_("vez"))
    valor = models.JSONField(_("respuesta"))
    acierto = models.BooleanField(_("acierto"), null=True)
    repaso_en = models.ForeignKey(
        Unidad, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("repasado antes de")
    )
    respondido_en = models.DateTimeField(_("respondido"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ensayo")
        verbose_name_plural = _("ensayos")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["inscripcion", "unidad", "paso", "vez"], name="ensayo_una_fila_por_vez"),
            models.CheckConstraint(name="ensayo_desde_la_primera_vez", condition=models.Q(vez__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.inscripcion_id} · {self.unidad_id} · {self.paso} · {self.vez}"
