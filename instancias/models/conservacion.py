"""How long each class of data is kept, and what each run took away."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


def _dias(nombre: str, por_defecto: int, minimo: int, ayuda: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        nombre,
        default=por_defecto,
        validators=[MinValueValidator(minimo), MaxValueValidator(3650)],
        help_text=ayuda,
    )


@register_setting(icon="history")
class PlazosDeConservacion(BaseGenericSetting):
    """For how many days a site keeps what is not evidence. Each has a least: that of the law, or that of the use."""

    listas = _dias(
        _("listas y hojas sin guardar (días)"), 30, 1, _("Mínimo 1. Después se borran sus nombres y documentos.")
    )
    borradores = _dias(
        _("listas que nadie ordenó (días)"), 7, 1, _("Mínimo 1. Hojas de las que nadie dijo qué son sus columnas.")
    )
    enlaces = _dias(_("enlaces e invitaciones (días)"), 90, 30, _("Mínimo 30, después de usarse, vencer o anularse."))
    avisos = _dias(_("recordatorios hechos (días)"), 365, 90, _("Mínimo 90."))
    dudas = _dias(_("dudas de las lecciones (días)"), 180, 30, _("Mínimo 30, desde que se preguntaron."))
    rastro = _dias(
        _("rastro de actos y accesos (días)"), 1095, 730, _("Mínimo 730: dos años (DS 016-2024-JUS, art. 46).")
    )

    class Meta:
        verbose_name = _("plazos de conservación")
        verbose_name_plural = _("plazos de conservación")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def actuales(cls) -> PlazosDeConservacion:
        """Those that the site wrote, or those by default. Reading them writes nothing."""
        return cls.base_queryset().first() or cls()


class Retencion(models.Model):
    """A run of what takes away the data whose time is over: when, who asked, and how much of each class."""

    hecha_en = models.DateTimeField(_("hecha"))
    pedida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("pedida por"),
    )  # fmt: skip
    quitadas = models.JSONField(_("qué se quitó"), default=dict)

    class Meta:
        verbose_name = _("retención")
        verbose_name_plural = _("retenciones")
        ordering = ["-hecha_en", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk} · {self.hecha_en:%Y-%m-%d}"
