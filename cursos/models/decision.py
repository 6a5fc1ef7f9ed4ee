from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import DecisionDeRetiroQuerySet
from .unidad import Unidad, VersionDeCurso


class DecisionDeRetiro(models.Model):
    """What a person said about parts that were taken away while somebody lacked them, and whom it reached. Only added.

    To stop asking may finish people. What they earn by it waits until ``firme_desde``, and until then it can be undone.
    ``cerrada_en`` is written by who issues the first paper: from there on it cannot. ``version`` is the version of the
    course whose decision stopped asking, when it was not about a paused part.
    """

    class Trato(models.TextChoices):
        DEJAR_DE_PEDIR = "dejar_de_pedir", _("Dejar de pedirla")
        SE_SIGUE_PIDIENDO = "se_sigue_pidiendo", _("Se sigue pidiendo: volverá")

    curso = models.ForeignKey(Unidad, on_delete=models.PROTECT, related_name="decisiones", verbose_name=_("curso"))
    unidades = models.ManyToManyField(Unidad, related_name="+", verbose_name=_("partes"))
    version = models.ForeignKey(
        VersionDeCurso, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("versión")
    )
    trato = models.CharField(_("decisión"), max_length=20, choices=Trato.choices)
    personas = models.PositiveIntegerField(_("personas a quienes les faltaba"), default=0)
    terminan = models.PositiveIntegerField(_("personas que terminaron por ella"), default=0)
    pierden = models.PositiveIntegerField(_("personas que la tenían a medias"), default=0)
    en = models.DateTimeField(_("fecha"))
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    firme_desde = models.DateTimeField(_("se puede deshacer hasta"))
    cerrada_en = models.DateTimeField(_("en firme"), null=True, blank=True)
    deshecha_en = models.DateTimeField(_("deshecha"), null=True, blank=True)
    deshecha_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = DecisionDeRetiroQuerySet.as_manager()

    class Meta:
        verbose_name = _("decisión sobre una parte retirada")
        verbose_name_plural = _("decisiones sobre partes retiradas")
        ordering = ["-en", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_firme_o_deshecha",
                condition=models.Q(cerrada_en__isnull=True) | models.Q(deshecha_en__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.curso_id} · {self.get_trato_display()}"
