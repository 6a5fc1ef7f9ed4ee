from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel

from marco.derivados import CampoBuscable, ConDerivados, GuardaDerivados
from marco.visibles import TextoVisible

from .sin_ejemplos import SinEjemplos

# Kinds of norm that Spanish says with «la»; the rest take «el».
FEMENINAS = ("Ley", "Resolución", "Ordenanza", "Constitución", "Directiva")


class Norma(TextoVisible, GuardaDerivados):
    """A legal norm that content cites."""

    clave = models.SlugField(_("clave"), max_length=40, unique=True)
    tipo = models.CharField(_("tipo"), max_length=60)
    numero = models.CharField(_("número"), max_length=40)
    titulo = models.CharField(_("título"), max_length=300)
    publicada = models.DateField(_("publicada"), null=True, blank=True)
    busqueda = CampoBuscable(de=("tipo", "numero", "titulo"))

    objects = ConDerivados.as_manager()

    class Meta:
        verbose_name = _("norma")
        verbose_name_plural = _("normas")
        ordering = ["tipo", "numero"]

    def __str__(self) -> str:
        return f"{self.tipo} {self.numero}"


class ArticuloManager(models.Manager.from_queryset(ConDerivados)):
    """An article is always named with its norm: bring both at once."""

    def get_queryset(self) -> ConDerivados:
        return super().get_queryset().select_related("norma")


class Articulo(TextoVisible, GuardaDerivados, ClusterableModel):
    """An article of a norm; ``numero_tuo`` is where the consolidated text (TUO) renumbered it."""

    norma = models.ForeignKey(Norma, on_delete=models.PROTECT, related_name="articulos", verbose_name=_("norma"))
    clave = models.CharField(_("clave"), max_length=60, unique=True)
    numero = models.CharField(_("número"), max_length=40)
    numero_tuo = models.CharField(_("número en el TUO"), max_length=20, blank=True)
    titulo = models.CharField(_("de qué trata"), max_length=200)
    busqueda = CampoBuscable(de=("numero", "titulo", "clave"))

    objects = ArticuloManager()

    panels = [
        FieldPanel("norma"),
        FieldPanel("clave"),
        FieldPanel("numero"),
        FieldPanel("numero_tuo"),
        FieldPanel("titulo"),
        InlinePanel("redacciones", label=_("redacción"), heading=_("Redacciones, con sus fechas")),
    ]

    class Meta:
        verbose_name = _("artículo")
        verbose_name_plural = _("artículos")
        ordering = ["norma__tipo", "norma__numero", "pk"]
        constraints = [models.UniqueConstraint(fields=["norma", "numero"], name="articulo_unico_en_su_norma")]

    def __str__(self) -> str:
        return self.cita

    @property
    def cita(self) -> str:
        """How the content cites it, with both numbers: «art. 16 de la Ley 30364 (TUO, art. 19)»."""
        # A disposition has a name instead of a number: «segunda disposición complementaria final».
        parte = _("art. %(numero)s") % {"numero": self.numero} if self.numero[:1].isdigit() else self.numero
        datos = {"parte": parte, "norma": self.norma, "tuo": self.numero_tuo}
        if self.norma.tipo.startswith(FEMENINAS):
            cita = _("%(parte)s de la %(norma)s") % datos
        else:
            cita = _("%(parte)s del %(norma)s") % datos
        return _("%(cita)s (TUO, art. %(tuo)s)") % {"cita": cita, "tuo": self.numero_tuo} if self.numero_tuo else cita

    def redaccion_del(self, dia: datetime.date) -> RedaccionDeArticulo | None:
        """Return the wording in force on a day."""
        return (
            RedaccionDeArticulo.objects.filter(
                Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=dia), articulo=self.pk, vigente_desde__lte=dia
            )
            .order_by("-vigente_desde")
            .first()
        )


class RedaccionDeArticulo(SinEjemplos, TextoVisible):
    """A wording of an article, valid from a day to another. The law has dates."""

    articulo = ParentalKey(Articulo, on_delete=models.CASCADE, related_name="redacciones", verbose_name=_("artículo"))
    vigente_desde = models.DateField(_("vigente desde"))
    vigente_hasta = models.DateField(_("vigente hasta"), null=True, blank=True)
    modificada_por = models.ForeignKey(
        Norma, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("modificada por")
    )
    resumen = models.TextField(_("qué dice, en palabras propias"))

    textos_que_se_leen = ("resumen",)

    class Meta:
        verbose_name = _("redacción de artículo")
        verbose_name_plural = _("redacciones de artículo")
        ordering = ["-vigente_desde"]
        constraints = [
            models.UniqueConstraint(fields=["articulo", "vigente_desde"], name="redaccion_unica_por_fecha"),
            models.UniqueConstraint(
                fields=["articulo"], condition=models.Q(vigente_hasta__isnull=True), name="redaccion_vigente_unica"
            ),
            models.CheckConstraint(
                name="redaccion_termina_despues",
                condition=models.Q(vigente_hasta__isnull=True) | models.Q(vigente_hasta__gte=models.F("vigente_desde")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.articulo_id} · {self.vigente_desde:%Y-%m-%d}"
