from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from instancias.models import Territorio, TipoDeAsiento
from marco.lineas import LineasLimpias

from ..querysets import EncuentroQuerySet


class Encuentro(LineasLimpias):
    """A session or a workshop that the office calls: for the seats of a territory and of those below it.

    No kinds of seat means all of them. One that is called off stays, with its reason, so that people know.
    """

    identidad = models.UUIDField(_("identidad"), default=uuid.uuid4, unique=True, editable=False)
    titulo = models.CharField(_("qué es"), max_length=90)
    dia = models.DateField(_("día"))
    hora = models.TimeField(_("hora"))
    lugar = models.CharField(_("lugar"), max_length=120)
    territorio = models.ForeignKey(
        Territorio, on_delete=models.PROTECT, related_name="encuentros", verbose_name=_("territorio")
    )
    tipos_de_asiento = models.ManyToManyField(
        TipoDeAsiento, blank=True, related_name="encuentros", verbose_name=_("para qué asientos")
    )
    cancelado_en = models.DateTimeField(_("cancelado"), null=True, blank=True, editable=False)
    motivo = models.CharField(_("por qué se canceló"), max_length=200, blank=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("creado por"),
    )
    creado_en = models.DateTimeField(_("creado"), editable=False)

    objects: Any = EncuentroQuerySet.as_manager()

    class Meta:
        verbose_name = _("encuentro")
        verbose_name_plural = _("encuentros")
        ordering = ["dia", "hora", "pk"]
        indexes = [models.Index(fields=["dia", "territorio"], name="encuentro_por_dia")]
        constraints = [
            models.CheckConstraint(
                name="encuentro_cancelado_con_motivo",
                condition=models.Q(cancelado_en__isnull=True, motivo="")
                | (models.Q(cancelado_en__isnull=False) & ~models.Q(motivo="")),
            )
        ]

    def __str__(self) -> str:
        return self.titulo
