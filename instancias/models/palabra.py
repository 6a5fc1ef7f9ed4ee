from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marco.visibles import TextoVisible

from ..querysets import PalabraQuerySet
from .instancia import Instancia
from .territorio import Territorio


class Palabra(TextoVisible):
    """What a word of the lists means, as somebody of the staff said. It holds in a territory and all below it.

    ``clave`` is the word as it is compared, ``significa`` the code of a kind of seat, the UBIGEO of a district or a
    quality. Nothing of it is about a person.
    """

    class Clase(models.TextChoices):
        ASIENTO = "asiento", _("Asiento")
        DISTRITO = "distrito", _("Distrito")
        CALIDAD = "calidad", _("Calidad")

    clase = models.CharField(_("clase"), max_length=8, choices=Clase.choices)
    leida = models.CharField(_("palabra"), max_length=120)
    clave = models.CharField(_("clave"), max_length=120)
    nivel = models.CharField(_("nivel"), max_length=10, choices=Instancia.Nivel.choices, blank=True)
    significa = models.CharField(_("significa"), max_length=10)
    ambito = models.ForeignKey(Territorio, on_delete=models.CASCADE, related_name="palabras", verbose_name=_("vale en"))
    dicha_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("dicha por")
    )
    dicha_en = models.DateTimeField(_("dicha"))

    objects = PalabraQuerySet.as_manager()

    class Meta:
        verbose_name = _("palabra")
        verbose_name_plural = _("palabras")
        ordering = ["clase", "clave", "ambito_id"]
        constraints = [
            models.UniqueConstraint(fields=["clase", "nivel", "clave", "ambito"], name="palabra_unica_en_su_ambito"),
            models.CheckConstraint(name="palabra_con_clave", condition=~models.Q(clave="")),
        ]

    def __str__(self) -> str:
        return self.leida
