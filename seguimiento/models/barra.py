from __future__ import annotations

from django.core.cache import cache
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

CLAVE_DE_CACHE = "kuska:barra-de-instancia"
ENTRE_1_Y_100 = [MinValueValidator(1), MaxValueValidator(100)]
AYUDA = _(
    "Una instancia puede certificarse cuando llega a esta parte de sus asientos exigidos, completos, y entre ellos "
    "está el que la preside. Lo que ya se certificó se mide con la barra del día en que se hizo."
)


def _olvidar() -> None:
    cache.delete(CLAVE_DE_CACHE)


@register_setting(icon="success")
class BarraDeInstancia(BaseGenericSetting):
    """How many of its seats must be trained for an instancia to be certified, by level, in per cent.

    ``solo_titulares``: of which of its people a trained seat needs the course.
    """

    distrital = models.PositiveSmallIntegerField(_("instancia distrital (%)"), default=70, validators=ENTRE_1_Y_100)
    provincial = models.PositiveSmallIntegerField(_("instancia provincial (%)"), default=70, validators=ENTRE_1_Y_100)

    solo_titulares = models.BooleanField(
        _("un asiento está completo solo cuando terminó su titular"),
        default=False,
        help_text=_(
            "Sin marcar, basta que termine su titular o su alterno/a. Al cambiarlo, el Panel vuelve a contar los "
            "asientos completos de todos los días; los cierres, las actas y lo que ya se certificó no cambian."
        ),
    )

    panels = [
        HelpPanel(content=AYUDA),
        FieldPanel("distrital"),
        FieldPanel("provincial"),
        FieldPanel("solo_titulares"),
    ]

    class Meta:
        verbose_name = _("barra para certificar una instancia")
        verbose_name_plural = _("barra para certificar una instancia")

    def __str__(self) -> str:
        return f"{self.distrital} % · {self.provincial} %"

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        _olvidar()
        transaction.on_commit(_olvidar)  # before it, another process remembers again what was

    def de(self, *, provincial: bool) -> int:
        return self.provincial if provincial else self.distrital

    @classmethod
    def actual(cls) -> BarraDeInstancia:
        """Return the setting, kept in the cache for a minute so that pages pay no statement. Nobody set it: as made."""
        barra = cache.get(CLAVE_DE_CACHE)
        if barra is None:
            barra = cls.objects.order_by("pk").first() or cls()
            cache.set(CLAVE_DE_CACHE, barra, 60)
        return barra
