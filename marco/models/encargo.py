from __future__ import annotations

import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class EncargoQuerySet(models.QuerySet):
    def pendientes(self) -> Self:
        return self.filter(detenido_en__isnull=True)

    def por_enviar(self, ahora: datetime.datetime) -> Self:
        """Those whose moment came: never sent, lost on the way, or to be tried again."""
        return self.pendientes().filter(proximo_en__lte=ahora)

    def empezados(self) -> Self:
        """Those that a worker took, and that never said how they ended."""
        return self.pendientes().filter(intentos__gt=0, motivo="")

    def detenidos(self) -> Self:
        return self.filter(detenido_en__isnull=False)


class Encargo(models.Model):
    """Work that somebody asked for and nobody did yet. Done, the row goes; failed again and again, it stops and waits.

    ``clave`` is what makes it the same work: asked twice, there is one. ``proximo_en``: when it is sent again if nobody
    said that it was done. ``motivo``: the last failure, without data of anybody.
    """

    clave = models.CharField(_("clave"), max_length=64, unique=True)
    tarea = models.CharField(_("tarea"), max_length=100)
    argumentos = models.JSONField(_("de qué"), default=list)
    pedido_en = models.DateTimeField(_("pedido"))
    proximo_en = models.DateTimeField(_("se envía otra vez"))
    intentos = models.PositiveSmallIntegerField(_("veces que se intentó"), default=0)
    motivo = models.CharField(_("por qué falló"), max_length=200, blank=True)
    detenido_en = models.DateTimeField(_("detenido"), null=True, blank=True)

    objects = EncargoQuerySet.as_manager()

    class Meta:
        verbose_name = _("encargo")
        verbose_name_plural = _("encargos")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["detenido_en", "proximo_en"], name="encargo_por_enviar")]

    def __str__(self) -> str:
        return f"{self.tarea} {self.argumentos}"
