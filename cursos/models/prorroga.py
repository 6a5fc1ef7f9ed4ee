from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from instancias.models import Territorio

from ..querysets import ProrrogaQuerySet
from .avance import Inscripcion
from .edicion import Edicion

LARGO_DE_DISTRITO = 6  # letters of its code


class Prorroga(models.Model):
    """More days than the edition has, that somebody of the staff gave to a person or to a territory, and why.

    Those of a territory are of its own table; ``con_distritos``, of every table inside it too.

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
    con_distritos = models.BooleanField(_("con sus distritos"), default=False)
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

    se_quita = False  # of a page: whether it is taken back from there

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
            models.CheckConstraint(
                name="prorroga_con_distritos_es_de_un_territorio",
                condition=models.Q(con_distritos=False) | models.Q(territorio__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["inscripcion", "hasta"],
                condition=models.Q(retirada_en__isnull=True, inscripcion__isnull=False),
                name="prorroga_de_persona_una_vez",
            ),
            models.UniqueConstraint(
                fields=["edicion", "territorio", "con_distritos", "hasta"],
                condition=models.Q(retirada_en__isnull=True, territorio__isnull=False),
                name="prorroga_de_territorio_una_vez",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edicion_id} · {self.inscripcion_id or self.territorio_id} · {self.hasta}"

    @property
    def a_quien(self) -> str:
        """Whom it was given to, in words."""
        if self.inscripcion_id:
            return gettext("A la persona")
        if self.con_distritos:
            return gettext("A la provincia entera, con sus distritos")
        es_distrito = len(str(self.territorio_id)) == LARGO_DE_DISTRITO
        return gettext("A todo el distrito") if es_distrito else gettext("Solo a la instancia provincial")
