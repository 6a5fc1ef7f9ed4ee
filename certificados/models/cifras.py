from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cursos.models import Edicion
from instancias.models import Territorio

from ..querysets import DocumentoDeCifrasQuerySet
from .emitido import DocumentoEmitido


class DocumentoDeCifras(DocumentoEmitido):
    """What was counted in some territories on a day, frozen: an acta, a closing, or that an instancia is trained.

    ``clave`` is what makes it the same document: asked twice, also at once, there is one. ``huella`` is the digest of
    ``datos``. Nothing of it changes but its state, once, and the file made from it.
    """

    class Clase(models.TextChoices):
        ACTA = "acta", _("Acta")
        CIERRE = "cierre", _("Cierre")
        INSTANCIA = "instancia", _("Instancia capacitada")

    class Estado(models.TextChoices):
        VIGENTE = "vigente", _("Vigente")
        ANULADO = "anulado", _("Anulado")

    clase = models.CharField(_("clase"), max_length=10, choices=Clase.choices)
    clave = models.CharField(_("clave"), max_length=64, unique=True)
    territorios = models.ManyToManyField(Territorio, related_name="documentos_de_cifras", verbose_name=_("territorios"))
    edicion = models.ForeignKey(
        Edicion, on_delete=models.PROTECT, related_name="documentos_de_cifras", verbose_name=_("edición")
    )
    al = models.DateField(_("al día"))
    huella = models.CharField(_("huella de los datos"), max_length=64)
    emitido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("emitido por")
    )
    estado = models.CharField(_("estado"), max_length=8, choices=Estado.choices, default=Estado.VIGENTE)
    anulado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("anulado por")
    )
    motivo = models.CharField(_("motivo de anulación"), max_length=200, blank=True)

    objects = DocumentoDeCifrasQuerySet.as_manager()

    class Meta:
        verbose_name = _("documento de cifras")
        verbose_name_plural = _("documentos de cifras")
        ordering = ["-anio", "-numero"]
        constraints = [
            models.UniqueConstraint(fields=["anio", "numero"], name="documento_de_cifras_registro_unico"),
            models.CheckConstraint(
                name="documento_de_cifras_anulado_con_fecha_y_motivo",
                condition=(models.Q(estado="anulado", anulado_en__isnull=False) & ~models.Q(motivo=""))
                | models.Q(estado="vigente", anulado_en__isnull=True, motivo=""),
            ),
            models.CheckConstraint(
                name="documento_de_cifras_se_anula_despues",
                condition=models.Q(anulado_en__isnull=True) | models.Q(anulado_en__gte=models.F("emitido_en")),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once. What may change later (state, file) is changed by name, in ``services.cifras``."""
        if not self._state.adding:
            raise TypeError("A frozen document is not saved again.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A frozen document is not deleted.")
