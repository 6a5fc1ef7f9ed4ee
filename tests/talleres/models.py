"""A workshop in person: where and when. The page is what a trainer writes; what a person did points at its unit."""

from django.db import models
from wagtail.admin.panels import FieldPanel

from cursos.models.base import PaginaBase, enlace_a_la_base
from cursos.models.de_curso import DeCurso


class Taller(DeCurso, PaginaBase):
    page_ptr = enlace_a_la_base()

    lugar = models.CharField("lugar", max_length=120)
    dia = models.DateField("día")

    content_panels = [FieldPanel("title"), FieldPanel("lugar"), FieldPanel("dia")]
    parent_page_types = ["kuska_cursos.Modulo"]
    subpage_types: list[str] = []
    template = "talleres/vista_previa.html"  # what the trainer sees while writing

    class Meta:
        verbose_name = "taller"
        verbose_name_plural = "talleres"
