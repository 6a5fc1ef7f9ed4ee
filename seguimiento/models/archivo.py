from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

DIAS_GUARDADO = datetime.timedelta(days=1)
SIN_SENALES = datetime.timedelta(seconds=90)  # after which whoever was writing it is taken for dead
CORTES = 2  # by the time limit of the base: once it may be busy, twice the file is too much for it
SIN_NADIE = datetime.timedelta(seconds=60)  # after which nobody seems to have come for it


class ArchivoPedido(models.Model):
    """A long file that somebody asked for: how far it is, and once written, where it waits until it expires.

    ``pedido`` says what is in it; ``ambito``, the territories that whoever asked for it reached then. ``turno`` names
    the one worker that writes it, and ``latido_en`` is its last sign of life.
    """

    class Estado(models.TextChoices):
        PEDIDO = "pedido", _("Por empezar")
        HACIENDO = "haciendo", _("Escribiéndose")
        LISTO = "listo", _("Listo")
        DETENIDO = "detenido", _("Detenido")
        FALLIDO = "fallido", _("No se pudo hacer")

    clave = models.UUIDField(_("clave"), default=uuid.uuid4, unique=True, editable=False)
    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="archivos", verbose_name=_("cuenta")
    )
    titulo = models.CharField(_("título"), max_length=120)
    nombre = models.CharField(_("nombre del archivo"), max_length=120)
    pedido = models.JSONField(_("qué lleva"))
    ambito = models.JSONField(_("ámbito"))
    estado = models.CharField(_("estado"), max_length=8, choices=Estado.choices, default=Estado.PEDIDO)
    hechas = models.PositiveIntegerField(_("filas escritas"), default=0)
    total = models.PositiveIntegerField(_("filas en total"), default=0)
    turno = models.CharField(_("turno"), max_length=32, blank=True)
    latido_en = models.DateTimeField(_("última señal"), null=True, blank=True)
    pedido_en = models.DateTimeField(_("pedido"))
    listo_en = models.DateTimeField(_("listo"), null=True, blank=True)
    vence_en = models.DateTimeField(_("vence"))
    cortes = models.PositiveSmallIntegerField(_("veces que la base lo cortó"), default=0)
    ruta = models.CharField(_("dónde está"), max_length=120, blank=True)
    bytes = models.PositiveBigIntegerField(_("tamaño"), default=0)
    # By number: whoever downloads it leaves their line of each one.
    de_quienes = models.JSONField(_("a quiénes nombra"), default=list)

    class Meta:
        verbose_name = _("archivo pedido")
        verbose_name_plural = _("archivos pedidos")
        ordering = ["-pedido_en", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="archivo_listo_con_ruta", condition=~models.Q(estado="listo") | ~models.Q(ruta="")
            ),
        ]

    def __str__(self) -> str:
        return self.nombre

    @property
    def en_curso(self) -> bool:
        return self.estado in (self.Estado.PEDIDO, self.Estado.HACIENDO)

    @property
    def es_demasiado(self) -> bool:
        return self.estado == self.Estado.FALLIDO and self.cortes >= CORTES

    def sin_nadie(self, ahora: datetime.datetime) -> bool:
        """Whether it waits and nobody is at it."""
        espera = SIN_SENALES if self.turno else SIN_NADIE
        return self.en_curso and (self.latido_en or self.pedido_en) <= ahora - espera
