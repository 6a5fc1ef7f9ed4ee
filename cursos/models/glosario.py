from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from marco.derivados import CampoBuscable, CampoDeOrden, ConDerivados, GuardaDerivados
from marco.visibles import TextoVisible

from .derecho import Articulo
from .sin_ejemplos import SinEjemplos


class Termino(SinEjemplos, TextoVisible, GuardaDerivados):
    """A word of the glossary. Lessons link to it the first time they use it, in any of its forms."""

    clave = models.SlugField(
        _("clave"), max_length=60, unique=True, help_text=_("En minúsculas y con guiones. No la cambie.")
    )
    termino = models.CharField(_("término"), max_length=80)
    variantes = models.TextField(
        _("otras formas"),
        blank=True,
        help_text=_("Una por renglón: plurales, femeninos, siglas. Por ejemplo: «medidas de protección»."),
    )
    definicion = models.TextField(_("qué significa"), help_text=_("De 10 a 40 palabras, en oraciones cortas."))
    ejemplo = models.TextField(_("ejemplo"), help_text=_("Una oración de la zona, con nombres inventados."))
    articulo = models.ForeignKey(
        Articulo,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="terminos",
        verbose_name=_("artículo en que se apoya"),
    )
    busqueda = CampoBuscable(de=("termino", "variantes", "definicion"))
    orden_alfabetico = CampoDeOrden(de=("termino",))

    objects = ConDerivados.as_manager()

    textos_que_se_leen = ("termino", "definicion", "ejemplo")

    panels = [
        FieldPanel("termino"),
        FieldPanel("variantes"),
        FieldPanel("definicion"),
        FieldPanel("ejemplo"),
        FieldPanel("articulo"),
        FieldPanel("clave"),
    ]

    class Meta:
        verbose_name = _("término del glosario")
        verbose_name_plural = _("términos del glosario")
        ordering = ["orden_alfabetico", "pk"]
        constraints = [models.UniqueConstraint(Lower("termino"), name="termino_del_glosario_unico")]

    def __str__(self) -> str:
        return self.termino

    @property
    def formas(self) -> tuple[str, ...]:
        """Every way of writing it, the main one first."""
        renglones = (" ".join(renglon.split()) for renglon in self.variantes.splitlines())
        return (self.termino, *(renglon for renglon in renglones if renglon))

    def clean(self) -> None:
        """A form belongs to one term: two links for the same word would lead to different places."""
        super().clean()
        propias = {forma.casefold() for forma in self.formas}
        for otro in Termino.objects.exclude(pk=self.pk):
            comunes = propias & {forma.casefold() for forma in otro.formas}
            if comunes:
                datos = {"forma": sorted(comunes)[0], "otro": otro.termino}
                raise ValidationError(_("«%(forma)s» ya está en «%(otro)s». Déjela en uno solo.") % datos)
