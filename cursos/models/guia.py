"""What to do when somebody tells of a case: who hears it, what kind of thing they are told, and three steps.

It is content, the same for everybody. Nothing here, and no field of its page, is about a case.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from marco.visibles import TextoVisible

from .derecho import Articulo

PASO = 160


class ConClave(TextoVisible):
    """What the files of the guide know by a key: written in the editor, it takes one from its name."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.clave:
            base = slugify(self.nombre).replace("_", "-")[:33].strip("-") or "otro"
            repetida = type(self).objects.filter(clave=base).exists()
            self.clave = f"{base}-{get_random_string(6, '0123456789')}" if repetida else base
        super().save(*args, **kwargs)


class QuienAtiende(ConClave):
    """Who may be told: the seats of an instancia, by what the law asks of each."""

    clave = models.SlugField(_("clave"), max_length=40, unique=True)
    nombre = models.CharField(_("nombre"), max_length=60)
    orden = models.PositiveSmallIntegerField(_("orden"), default=0)

    panels = [FieldPanel("nombre"), FieldPanel("orden")]

    class Meta:
        verbose_name = _("quien atiende")
        verbose_name_plural = _("quienes atienden")
        ordering = ["orden", "pk"]

    def __str__(self) -> str:
        return self.nombre


class TipoDeRelato(ConClave):
    """A kind of thing that people are told, with a sentence that helps and another that harms."""

    clave = models.SlugField(_("clave"), max_length=40, unique=True)
    nombre = models.CharField(_("nombre"), max_length=60)
    diga = models.CharField(_("qué decir"), max_length=PASO, help_text=_("Una oración, entre «»."))
    no_diga = models.CharField(_("qué no decir"), max_length=PASO, help_text=_("Una oración, entre «»."))
    orden = models.PositiveSmallIntegerField(_("orden"), default=0)

    panels = [FieldPanel("nombre"), FieldPanel("diga"), FieldPanel("no_diga"), FieldPanel("orden")]

    class Meta:
        verbose_name = _("tipo de relato")
        verbose_name_plural = _("tipos de relato")
        ordering = ["orden", "pk"]

    def __str__(self) -> str:
        return self.nombre


class Orientacion(TextoVisible):
    """Three steps for who hears one kind of thing, and the article that they rest on: one at least."""

    quien = models.ForeignKey(
        QuienAtiende, on_delete=models.CASCADE, related_name="orientaciones", verbose_name=_("quien atiende")
    )
    relato = models.ForeignKey(
        TipoDeRelato, on_delete=models.CASCADE, related_name="orientaciones", verbose_name=_("qué le cuentan")
    )
    paso_1 = models.CharField(_("primer paso"), max_length=PASO, help_text=_("Una o dos oraciones cortas."))
    paso_2 = models.CharField(_("segundo paso"), max_length=PASO)
    paso_3 = models.CharField(_("tercer paso"), max_length=PASO)
    articulo = models.ForeignKey(
        Articulo, on_delete=models.PROTECT, related_name="+", verbose_name=_("artículo en que se apoya")
    )
    otro_articulo = models.ForeignKey(
        Articulo, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("otro artículo")
    )

    panels = [
        FieldPanel("quien"),
        FieldPanel("relato"),
        FieldPanel("paso_1"),
        FieldPanel("paso_2"),
        FieldPanel("paso_3"),
        FieldPanel("articulo"),
        FieldPanel("otro_articulo"),
    ]

    class Meta:
        verbose_name = _("orientación")
        verbose_name_plural = _("orientaciones")
        ordering = ["relato__orden", "quien__orden", "pk"]
        constraints = [models.UniqueConstraint(fields=["quien", "relato"], name="orientacion_unica")]

    def __str__(self) -> str:
        return f"{self.relato} · {self.quien}"

    def clean(self) -> None:
        """An answer keeps its place, so that no other is left without one; and what it rests on is told once."""
        super().clean()
        previa = type(self).objects.filter(pk=self.pk).values_list("quien", "relato").first() if self.pk else None
        if previa and previa != (self.quien_id, self.relato_id):
            raise ValidationError(_("Una respuesta no cambia de lugar. Corrija la que está en el otro."))
        if self.otro_articulo_id and self.otro_articulo_id == self.articulo_id:
            raise ValidationError({"otro_articulo": _("Es el mismo artículo. Elija otro, o déjelo vacío.")})

    @property
    def pasos(self) -> tuple[str, str, str]:
        return (self.paso_1, self.paso_2, self.paso_3)

    @property
    def articulos(self) -> tuple[Articulo, ...]:
        return (self.articulo, self.otro_articulo) if self.otro_articulo else (self.articulo,)
