from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from marco.otra_version import FormularioQueAvisa
from marco.visibles import TextoVisible


class Portada(TextoVisible, Page):
    """Home page: one sentence, two doors, and the help lines."""

    frase = models.CharField(
        _("frase"),
        max_length=200,
        default=_("Cursos para quienes integran las instancias de concertación."),
        help_text=_("Una sola oración que dice para qué es este espacio. Sin nombrar el tema."),
    )

    content_panels = [*Page.content_panels, FieldPanel("frase")]
    base_form_class = FormularioQueAvisa
    template = "cms/portada.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["kuska_cursos.CatalogoDeCursos"]
    max_count = 1

    class Meta:
        verbose_name = _("portada")
        verbose_name_plural = _("portadas")
