from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cursos.models import Edicion
from instancias.models import Territorio


class Publicacion(models.Model):
    """The open figures of a province on the last day of a month: made once, and never changed.

    ``cifras`` and ``asientos`` are told to anybody. ``contadas`` is not: how many finished at each table on
    ``personas_al``, kept to know whether another month may be told after it (``marco.grupos``).
    """

    edicion = models.ForeignKey(
        Edicion, on_delete=models.CASCADE, related_name="publicaciones", verbose_name=_("edición")
    )
    provincia = models.ForeignKey(
        Territorio, on_delete=models.PROTECT, related_name="publicaciones", verbose_name=_("provincia")
    )
    corte = models.DateField(_("último día que cuenta"))
    personas_al = models.DateField(_("último día de las cifras de personas"))
    cifras = models.JSONField(_("cifras"))
    asientos = models.JSONField(_("asientos"))
    contadas = models.JSONField(_("personas contadas"))
    publicada_en = models.DateTimeField(_("publicada"))

    class Meta:
        verbose_name = _("publicación de cifras")
        verbose_name_plural = _("publicaciones de cifras")
        ordering = ["-corte", "provincia_id"]
        constraints = [
            models.UniqueConstraint(fields=["edicion", "provincia", "corte"], name="publicacion_una_por_corte"),
            models.CheckConstraint(
                name="publicacion_personas_hasta_el_corte", condition=models.Q(personas_al__lte=models.F("corte"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provincia_id} · {self.corte:%Y-%m-%d}"
