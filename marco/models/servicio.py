"""What the service keeps of itself. Nothing of anybody: numbers of rows, names of tasks, moments."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Comprobacion(models.Model):
    """A run of the rules of what is kept: when, how many rows broke one, and which.

    ``resultados`` are those of ``marco.invariantes``, as plain data. ``rapida``: the slow ones were left out.
    """

    empezada_en = models.DateTimeField(_("empezada"))
    terminada_en = models.DateTimeField(_("terminada"))
    rapida = models.BooleanField(_("rápida"), default=False)
    reglas = models.PositiveIntegerField(_("reglas"))
    rotas = models.PositiveIntegerField(_("reglas que no se cumplen"))
    resultados = models.JSONField(_("resultados"))

    class Meta:
        verbose_name = _("comprobación")
        verbose_name_plural = _("comprobaciones")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.empezada_en:%Y-%m-%d} · {self.rotas}/{self.reglas}"


class Latido(models.Model):
    """Something that has to happen again and again, and when it last did: the clock, with its worker.

    ``visto``: what was found then, where it looks at something.
    """

    RELOJ, TLS, AVISOS, SEGUIDAS = "reloj", "tls", "avisos", "seguidas"

    clave = models.CharField(_("qué"), max_length=20, primary_key=True)
    en = models.DateTimeField(_("la última vez"))
    visto = models.JSONField(_("lo que se vio"), default=dict, blank=True)

    class Meta:
        verbose_name = _("latido")
        verbose_name_plural = _("latidos")
        default_permissions = ()

    def __str__(self) -> str:
        return self.clave
