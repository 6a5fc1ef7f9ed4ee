from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from instancias.models import Territorio

from ..querysets import ProrrogaQuerySet
from .avance import Inscripcion
from .edicion import Edicion


class Prorroga(models.Model):
    """More days than the edition has, that somebody of the staff gave to a person or to a territory, and why.

    Kept as it was given: it explains what was done after the last day. Taken back, it says by whom and when.
    """

    edicion = models.ForeignKey(Edicion, on_delete=models.PROTECT, related_name="prorrogas", verbose_name=_("edición"))
    inscripcion = models.ForeignKey(
        Inscripcion,
        on_delete=models.PROTECT,
        null=True,
        related_name="prorrogas",
        verbose_name=_("inscripción"),
    )
    territorio = models.ForeignKey(
        Territorio, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("territorio")
    )
    hasta = models.DateField(_("hasta"))
    motivo = models.CharField(_("motivo"), max_length=200)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("por")
    )
    dada_en = models.DateTimeField(_("dada"))
    retirada_en = models.DateTimeField(_("retirada"), null=True)
    retirada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("retirada por")
    )

    objects = ProrrogaQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("prórroga")
        verbose_name_plural = _("prórrogas")
        ordering = ["-dada_en", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="prorroga_de_una_persona_o_de_un_territorio",
                condition=models.Q(inscripcion__isnull=False, territorio__isnull=True)
                | models.Q(inscripcion__isnull=True, territorio__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["inscripcion", "hasta"],
                condition=models.Q(retirada_en__isnull=True, inscripcion__isnull=False),
                name="prorroga_de_persona_una_vez",
            ),
            models.UniqueConstraint(
                fields=["edicion", "territorio", "hasta"],
                condition=models.Q(retirada_en__isnull=True, territorio__isnull=False),
                name="prorroga_de_territorio_una_vez",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edicion_id} · {self.inscripcion_id or self.territorio_id} · {self.hasta}"
