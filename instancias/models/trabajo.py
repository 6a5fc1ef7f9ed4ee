from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

SE_GUARDA = datetime.timedelta(days=1)
SIN_SENALES = datetime.timedelta(seconds=90)  # after which whoever was at it is taken for dead
CORTES = 2  # by the time limit of the base: once it may be busy, twice it is too much for one go
SIN_NADIE = datetime.timedelta(seconds=60)  # after which nobody seems to have come for it


class Trabajo(models.Model):
    """Long work that somebody asked for: how far it is, and once done, what came of it until it expires.

    ``clase`` is its kind (``instancias.trabajos``); ``pedido`` says of what; ``ambito``, the territories that whoever
    asked for it must still reach. ``turno`` names the one worker at it, and ``latido_en`` is its last sign of life,
    ahead of the clock where its kind may be silent for long.
    What came of it is a file (``ruta``) or what its kind wrote in ``resultado``.
    """

    class Estado(models.TextChoices):
        PEDIDO = "pedido", _("Por empezar")
        HACIENDO = "haciendo", _("En marcha")
        LISTO = "listo", _("Listo")
        DETENIDO = "detenido", _("Detenido")
        FALLIDO = "fallido", _("No se pudo hacer")

    clave = models.UUIDField(_("clave"), default=uuid.uuid4, unique=True, editable=False)
    clase = models.CharField(_("clase"), max_length=40)
    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="trabajos", verbose_name=_("cuenta")
    )
    titulo = models.CharField(_("título"), max_length=120)
    nombre = models.CharField(_("nombre del archivo"), max_length=120, blank=True)
    pedido = models.JSONField(_("de qué"))
    ambito = models.JSONField(_("ámbito"))
    estado = models.CharField(_("estado"), max_length=8, choices=Estado.choices, default=Estado.PEDIDO)
    hechas = models.PositiveIntegerField(_("hechas"), default=0)
    total = models.PositiveIntegerField(_("en total"), default=0)
    turno = models.CharField(_("turno"), max_length=32, blank=True)
    latido_en = models.DateTimeField(_("última señal"), null=True, blank=True)
    pedido_en = models.DateTimeField(_("pedido"))
    listo_en = models.DateTimeField(_("listo"), null=True, blank=True)
    vence_en = models.DateTimeField(_("vence"))
    cortes = models.PositiveSmallIntegerField(_("veces que la base lo cortó"), default=0)
    # A sentence for whoever asked, without data of anybody. While it is under way: what it waits for.
    motivo = models.CharField(_("por qué no se pudo"), max_length=200, blank=True)
    resultado = models.JSONField(_("lo que resultó"), default=dict, blank=True)
    ruta = models.CharField(_("dónde está"), max_length=120, blank=True)
    bytes = models.PositiveBigIntegerField(_("tamaño"), default=0)
    # By number: whoever downloads it leaves their line of each one.
    de_quienes = models.JSONField(_("a quiénes nombra"), default=list, blank=True)

    class Meta:
        verbose_name = _("trabajo")
        verbose_name_plural = _("trabajos")
        ordering = ["-pedido_en", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="trabajo_listo_con_algo",
                condition=~models.Q(estado="listo") | ~models.Q(ruta="") | ~models.Q(resultado={}),
            ),
        ]

    def __str__(self) -> str:
        return self.titulo

    @property
    def en_curso(self) -> bool:
        return self.estado in (self.Estado.PEDIDO, self.Estado.HACIENDO)

    @property
    def espera(self) -> bool:
        """Whether it cannot go on until something else is done."""
        return self.en_curso and bool(self.motivo)

    @property
    def es_demasiado(self) -> bool:
        return self.estado == self.Estado.FALLIDO and self.cortes >= CORTES

    def sin_nadie(self, ahora: datetime.datetime) -> bool:
        """Whether it waits and nobody is at it."""
        espera = SIN_SENALES if self.turno else SIN_NADIE
        return self.en_curso and (self.latido_en or self.pedido_en) <= ahora - espera
