from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marco.identidad import nueva_identidad


class Instalacion(models.Model):
    """Which installation this is. One that is put back from a copy is another: phones and caches see that it changed.

    ``por_terminar_desde``: a copy was put back and what comes after is not done yet. Until then nothing is served.
    """

    identidad = models.CharField(_("identidad"), max_length=32, default=nueva_identidad)
    desde = models.DateTimeField(_("desde"), default=timezone.now)
    repuesta_de = models.CharField(_("repuesta de la copia"), max_length=120, blank=True, default="")
    por_terminar_desde = models.DateTimeField(_("por terminar desde"), null=True, blank=True)

    class Meta:
        verbose_name = _("instalación")
        verbose_name_plural = _("instalaciones")

    def __str__(self) -> str:
        return self.identidad


class CopiaDeRespaldo(models.Model):
    """A copy that was tried: what it holds, whether it is good, and what came of restoring it elsewhere."""

    class Estado(models.TextChoices):
        BUENA = "buena", _("Buena")
        NO_SE_HIZO = "no_se_hizo", _("No se hizo")
        BORRADA = "borrada", _("Ya cumplió su plazo")

    class Comprobacion(models.TextChoices):
        NINGUNA = "", _("Sin comprobar")
        RESTAURADA = "restaurada", _("Restaurada en otra parte y comparada")
        LEIDA = "leida", _("Leída entera y comparada, sin restaurar")
        MALA = "mala", _("No pasó la comprobación")

    nombre = models.CharField(_("archivo"), max_length=120, blank=True)
    hecha_en = models.DateTimeField(_("hecha"), db_index=True)
    estado = models.CharField(_("estado"), max_length=12, choices=Estado.choices)
    comprobacion = models.CharField(_("comprobación"), max_length=12, choices=Comprobacion.choices, blank=True)
    comprobada_en = models.DateTimeField(_("comprobada"), null=True, blank=True)
    detalle = models.CharField(_("qué pasó"), max_length=500, blank=True)
    tamano = models.PositiveBigIntegerField(_("tamaño en bytes"), default=0)
    segundos = models.FloatField(_("segundos"), default=0)
    archivos = models.PositiveIntegerField(_("archivos"), default=0)
    # Rows of each table of the database, by its name.
    filas = models.JSONField(_("filas"), default=dict)

    class Meta:
        verbose_name = _("copia de respaldo")
        verbose_name_plural = _("copias de respaldo")
        ordering = ["-hecha_en", "-pk"]

    def __str__(self) -> str:
        return self.nombre or f"{self.hecha_en:%Y-%m-%d}"
