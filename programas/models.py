from django.db import models
from django.utils.translation import gettext_lazy as _

from cursos.models.base import BASE


class ContenidoCargado(models.Model):
    """What a file of the programme became: the page of a stable key, and what the file said when it was loaded.

    With it, loading knows a file that changed from a page that somebody edited, and overwrites nobody's work.
    ``claves`` names the questions of an evaluation as the file does.
    """

    clave = models.CharField(_("clave"), max_length=80, unique=True)
    pagina = models.OneToOneField(
        BASE,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contenido_cargado",
        verbose_name=_("página"),
    )
    huella = models.CharField(_("huella del archivo"), max_length=64)
    claves = models.JSONField(_("claves de las preguntas"), default=dict, blank=True)
    cargado_en = models.DateTimeField(_("cargado"))
    retirado_en = models.DateTimeField(_("retirado"), null=True, blank=True)

    class Meta:
        verbose_name = _("contenido cargado")
        verbose_name_plural = _("contenidos cargados")
        ordering = ["clave"]

    def __str__(self) -> str:
        return self.clave
