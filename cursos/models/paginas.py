"""Pages of the courses: abstract mixins with the behaviour, thin swappable pages on top of Wagtail's page."""

import swapper
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from ..blocks import PasosBlock
from .direccion import DireccionNeutral


class CatalogoMixin(DireccionNeutral):
    """Behaviour of the page that lists the courses."""

    class Meta:
        abstract = True


class CursoMixin(DireccionNeutral):
    """Behaviour of a course: what it teaches, how long it takes, what its certificate says."""

    class Horas(models.TextChoices):
        CRONOLOGICAS = "cronologicas", _("cronológicas")
        ACADEMICAS = "academicas", _("académicas")

    presentacion = models.TextField(_("presentación"), blank=True, help_text=_("Una o dos oraciones."))
    aprendera = models.TextField(
        _("qué podrá hacer"), blank=True, help_text=_("Hasta tres líneas, una por renglón. Empiece con un verbo.")
    )
    horas = models.PositiveSmallIntegerField(_("horas"), null=True, blank=True, help_text=_("Van en el certificado."))
    tipo_de_horas = models.CharField(_("tipo de horas"), max_length=12, choices=Horas.choices, default=Horas.ACADEMICAS)
    revisado_el = models.DateField(_("revisión legal"), null=True, blank=True)

    class Meta:
        abstract = True


class ModuloMixin(DireccionNeutral):
    """Behaviour of a module: it groups lessons and evaluations; it is not completed by itself."""

    objetivos = models.TextField(_("objetivos"), blank=True, help_text=_("Hasta tres líneas, una por renglón."))
    horas = models.PositiveSmallIntegerField(_("horas"), null=True, blank=True)
    tarea = models.TextField(
        _("tarea para su instancia"), blank=True, help_text=_("Una tarea breve y aplicada. No pide datos de casos.")
    )

    class Meta:
        abstract = True


class LeccionMixin(DireccionNeutral):
    """Behaviour of a lesson: steps of one idea each."""

    presentacion = models.CharField(_("presentación"), max_length=200, blank=True)
    sabe_ahora = models.TextField(
        _("lo que ahora sabe"), blank=True, help_text=_("Tres líneas, una por renglón. Se muestran al terminar.")
    )
    tema_dificil = models.BooleanField(
        _("tema difícil"), default=False, help_text=_("Avisa antes de empezar que puede saltarlo o dejarlo.")
    )
    pasos = StreamField(PasosBlock(), verbose_name=_("pasos"), blank=True)

    class Meta:
        abstract = True

    @property
    def numero_de_pasos(self) -> int:
        """Steps as people count them: a hard subject begins with one that warns."""
        return len(self.pasos.raw_data) + (1 if self.tema_dificil else 0)


class CatalogoDeCursos(CatalogoMixin, Page):
    """Lists the courses."""

    subpage_types = ["cursos.Curso"]

    class Meta:
        swappable = swapper.swappable_setting("cursos", "CatalogoDeCursos")
        verbose_name = _("catálogo de cursos")
        verbose_name_plural = _("catálogos de cursos")


class Curso(CursoMixin, Page):
    """A course: the root of modules, lessons and evaluations."""

    content_panels = [
        *Page.content_panels,
        FieldPanel("presentacion"),
        FieldPanel("aprendera"),
        MultiFieldPanel(
            [FieldPanel("horas"), FieldPanel("tipo_de_horas"), FieldPanel("revisado_el")], heading=_("Certificado")
        ),
    ]
    parent_page_types = ["cursos.CatalogoDeCursos"]

    class Meta:
        swappable = swapper.swappable_setting("cursos", "Curso")
        verbose_name = _("curso")
        verbose_name_plural = _("cursos")


class Modulo(ModuloMixin, Page):
    """A module of a course."""

    content_panels = [
        *Page.content_panels,
        FieldPanel("objetivos"),
        FieldPanel("horas"),
        FieldPanel("tarea"),
    ]
    parent_page_types = ["cursos.Curso"]

    class Meta:
        swappable = swapper.swappable_setting("cursos", "Modulo")
        verbose_name = _("módulo")
        verbose_name_plural = _("módulos")


class Leccion(LeccionMixin, Page):
    """A lesson of a module."""

    content_panels = [
        *Page.content_panels,
        FieldPanel("presentacion"),
        FieldPanel("pasos"),
        FieldPanel("sabe_ahora"),
        FieldPanel("tema_dificil"),
    ]
    parent_page_types = ["cursos.Modulo"]
    subpage_types: list[str] = []

    class Meta:
        swappable = swapper.swappable_setting("cursos", "Leccion")
        verbose_name = _("lección")
        verbose_name_plural = _("lecciones")
