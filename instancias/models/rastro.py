from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marco.solo_crece import Linea, SoloCrece

ANIOS = 2  # DS 016-2024-JUS, art. 46
LOTE_DE_OLVIDO = 5000


class RastroQuerySet(SoloCrece):
    def de_personas(self, numeros: list[int]) -> RastroQuerySet:
        return self.filter(persona__in=numeros)

    def encabezados(self) -> RastroQuerySet:
        """One of each group: what a request did, whoever it was about."""
        return self.filter(encabeza=True)

    def olvidar_viejas(self, *, ahora: datetime.datetime) -> int:
        """Take away, from the oldest on, a lot of lines of more than two years. Returns how many."""
        limite = ahora.replace(year=ahora.year - ANIOS, day=min(ahora.day, 28))
        primeras = self.order_by("pk").values_list("pk", "en")[:LOTE_DE_OLVIDO]
        viejas = [numero for numero, en in primeras if en < limite]
        # Numbers and hours grow together: with a young line among the first ones, the rest are younger.
        return models.QuerySet(self.model, using=self.db).filter(pk__in=viejas).delete()[0] if viejas else 0


class LineaDeRastro(Linea):
    """Somebody looked at, took or changed what is of somebody else: a group of lines a request, a line a person.

    The first of a group tells the whole of it (``encabeza``). People are numbers: it outlives accounts and registers.
    """

    class Acto(models.TextChoices):
        VIO = "vio", _("Vio")
        BUSCO = "busco", _("Buscó")
        SACO = "saco", _("Descargó")
        CAMBIO = "cambio", _("Cambió")
        ENTRO = "entro", _("Entró")
        SALIO = "salio", _("Salió")
        NO_ENTRO = "no_entro", _("No pudo entrar")

    # What is only ever done to somebody else: on one's own data nobody leaves a line.
    SOBRE_OTRA = frozenset({Acto.VIO, Acto.BUSCO, Acto.SACO, Acto.CAMBIO})

    class Papel(models.TextChoices):
        ADMINISTRACION = "administra", _("Administración")
        COORDINACION = "coordina", _("Coordinación")
        EDICION = "escribe", _("Capacitación")
        INTEGRANTE = "integra", _("Integrante")
        SISTEMA = "sistema", _("El aula, por sí sola")
        NADIE = "nadie", _("Sin cuenta")

    referencia = models.CharField(_("referencia"), max_length=32, db_index=True)
    encabeza = models.BooleanField(_("encabeza"), default=True)
    en = models.DateTimeField(_("cuándo"))
    acto = models.CharField(_("acto"), max_length=8, choices=Acto.choices)
    pantalla = models.CharField(_("pantalla"), max_length=100, blank=True)
    # What kind of search, which change: never what was typed.
    detalle = models.CharField(_("detalle"), max_length=60, blank=True)
    cuenta = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("cuenta"),
    )
    papel = models.CharField(_("papel"), max_length=10, choices=Papel.choices)
    lugar = models.CharField(_("territorio de la cuenta"), max_length=6, blank=True)
    persona = models.PositiveBigIntegerField(_("número de la persona"), null=True)
    cuantas = models.PositiveIntegerField(_("cuántas personas"), default=1)

    objects = RastroQuerySet.as_manager()

    class Meta:
        verbose_name = _("línea del rastro")
        verbose_name_plural = _("líneas del rastro")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["persona", "-id"], name="rastro_de_una_persona", condition=models.Q(persona__isnull=False)
            ),
            models.Index(fields=["cuenta", "-id"], name="rastro_de_una_cuenta", condition=models.Q(encabeza=True)),
        ]

    def __str__(self) -> str:
        return f"{self.pk} · {self.acto} · {self.cuantas}"
