"""Pages of the courses, on top of the base page of the site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.fields import StreamField

from ..blocks import PasosBlock
from ..forms import SIN_HORAS, FormularioDeCurso, FormularioDeLeccion, FormularioDeModulo
from ..validators import faltas_para_publicar
from .base import PaginaBase, enlace_a_la_base
from .de_curso import DeCurso

# Wagtail's own panel of the title fills the address in, which here has no field.
TITULO = FieldPanel("title", help_text=_("Como lo leerán las personas: corto y claro."))


def _pestanias(*grupos: tuple[Any, list[Any]]) -> TabbedInterface:
    """Tabs of the editor: only what a trainer uses. The address makes itself and the menu is not of pages."""
    primera, *otras = [ObjectList(paneles, heading=titulo) for titulo, paneles in grupos]
    de_la_primera = [*primera.children, CommentPanel(), PublishingPanel()]
    return TabbedInterface([ObjectList(de_la_primera, heading=primera.heading), *otras])


class CatalogoDeCursos(DeCurso, PaginaBase):
    """Holds the courses. People see theirs in «Inicio»."""

    page_ptr = enlace_a_la_base()

    preview_modes: list[tuple[str, str]] = []

    edit_handler = _pestanias((_("Contenido"), [TITULO]))
    subpage_types = ["kuska_cursos.Curso"]

    class Meta:
        verbose_name = _("catálogo de cursos")
        verbose_name_plural = _("catálogos de cursos")

    def direccion_directa(self) -> str | None:
        return reverse("kuska_cursos:inicio")

    def publicado_para_quien_escribe(self, request: HttpRequest) -> HttpResponse:
        return redirect("wagtailadmin_explore", self.pk)

    @classmethod
    def clean_parent_page_models(cls) -> list[Any]:
        """Anywhere the host says, but not inside a course."""
        return [modelo for modelo in super().clean_parent_page_models() if not issubclass(modelo, DeCurso)]


class Curso(DeCurso, PaginaBase):
    """A course: what it teaches, how long it takes, what its certificate says."""

    page_ptr = enlace_a_la_base()

    class Horas(models.TextChoices):
        CRONOLOGICAS = "cronologicas", _("cronológicas")
        ACADEMICAS = "academicas", _("académicas")

    presentacion = models.TextField(_("presentación"), blank=True, help_text=_("Una o dos oraciones."))
    aprendera = models.TextField(
        _("qué podrá hacer"), blank=True, help_text=_("Hasta tres líneas, una por renglón. Empiece con un verbo.")
    )
    horas = models.PositiveSmallIntegerField(
        _("horas"), null=True, blank=True, help_text=_("Las que declara la entidad. Van en el certificado.")
    )
    tipo_de_horas = models.CharField(_("tipo de horas"), max_length=12, choices=Horas.choices, default=Horas.ACADEMICAS)
    revisado_el = models.DateField(
        _("revisión legal"),
        null=True,
        blank=True,
        help_text=_("Día en que alguien revisó que las normas sigan vigentes."),
    )

    base_form_class = FormularioDeCurso
    textos_que_se_leen = ("title", "presentacion", "aprendera")

    edit_handler = _pestanias(
        (_("Contenido"), [TITULO, FieldPanel("presentacion"), FieldPanel("aprendera")]),
        (_("Quién lo lleva"), [HelpPanel(template="kuska/cursos/admin/quien_lo_lleva.html")]),
        (
            _("Certificado"),
            [
                MultiFieldPanel(
                    [
                        FieldPanel("horas"),
                        FieldPanel("tipo_de_horas"),
                        HelpPanel(template="kuska/cursos/admin/horas.html"),
                    ],
                    heading=_("Horas"),
                ),
                FieldPanel("revisado_el"),
            ],
        ),
    )
    page_description = _("Un curso completo: sus módulos, sus lecciones y sus evaluaciones.")
    parent_page_types = ["kuska_cursos.CatalogoDeCursos"]

    class Meta:
        verbose_name = _("curso")
        verbose_name_plural = _("cursos")

    def faltas_para_publicar(self) -> list[str]:
        return [*super().faltas_para_publicar(), *([] if self.horas else [str(SIN_HORAS)])]

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("Como participante"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "kuska/cursos/vista_previa_curso.html"


class Modulo(DeCurso, PaginaBase):
    """A module: it groups lessons and evaluations; it is not completed by itself."""

    page_ptr = enlace_a_la_base()

    objetivos = models.TextField(_("objetivos"), blank=True, help_text=_("Hasta tres líneas, una por renglón."))
    horas = models.PositiveSmallIntegerField(_("horas"), null=True, blank=True)
    tarea = models.TextField(
        _("tarea para su instancia"), blank=True, help_text=_("Una tarea breve y aplicada. No pide datos de casos.")
    )
    rutas = models.BooleanField(
        _("sus lecciones son por asiento"),
        default=False,
        help_text=_("Cada lección dice a qué asientos toca. Es opcional y no va en el certificado."),
    )

    preview_modes: list[tuple[str, str]] = []
    base_form_class = FormularioDeModulo
    textos_que_se_leen = ("title", "objetivos", "tarea")

    edit_handler = _pestanias(
        (
            _("Contenido"),
            [
                TITULO,
                FieldPanel("objetivos"),
                FieldPanel("horas"),
                HelpPanel(template="kuska/cursos/admin/horas.html"),
                FieldPanel("tarea"),
                FieldPanel("rutas"),
            ],
        )
    )
    page_description = _("Un grupo de lecciones del mismo tema. Publíquelo antes que ellas.")
    parent_page_types = ["kuska_cursos.Curso"]

    class Meta:
        verbose_name = _("módulo")
        verbose_name_plural = _("módulos")

    def direccion_directa(self) -> str | None:
        curso = self.get_parent().specific
        return curso.direccion_directa() if isinstance(curso, Curso) else None

    def publicado_para_quien_escribe(self, request: HttpRequest) -> HttpResponse:
        """A module is seen in its course."""
        return redirect(self.get_parent().get_url(request))


class Leccion(DeCurso, PaginaBase):
    """A lesson: steps of one idea each."""

    page_ptr = enlace_a_la_base()

    presentacion = models.CharField(_("presentación"), max_length=200, blank=True)
    sabe_ahora = models.TextField(
        _("lo que ahora sabe"), blank=True, help_text=_("Tres líneas, una por renglón. Se muestran al terminar.")
    )
    tema_dificil = models.BooleanField(
        _("tema difícil"), default=False, help_text=_("Avisa antes de empezar que puede saltarlo o dejarlo.")
    )
    pasos = StreamField(PasosBlock(), verbose_name=_("pasos"), blank=True)
    guion = models.TextField(
        _("guion de audio"),
        blank=True,
        help_text=_("La lección contada en voz alta, hasta 3 minutos. No se muestra: es para quien la grabe."),
    )
    asientos = ParentalManyToManyField(
        "kuska_instancias.TipoDeAsiento",
        blank=True,
        related_name="+",
        verbose_name=_("asientos"),
        help_text=_("Sin marcar: es para todas las personas. Con alguno: es opcional y lo ven primero esos asientos."),
    )

    base_form_class = FormularioDeLeccion
    textos_que_se_leen = ("title", "presentacion", "sabe_ahora")

    edit_handler = _pestanias(
        (_("Contenido"), [TITULO, FieldPanel("presentacion"), FieldPanel("pasos")]),
        (_("Cierre y cuidado"), [FieldPanel("sabe_ahora"), FieldPanel("tema_dificil"), FieldPanel("guion")]),
        (_("Quién la lee"), [FieldPanel("asientos", widget=forms.CheckboxSelectMultiple)]),
    )
    page_description = _("Pasos breves, de una idea cada uno. Empieza con seis pasos de ejemplo para escribir encima.")
    parent_page_types = ["kuska_cursos.Modulo"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("lección")
        verbose_name_plural = _("lecciones")

    def faltas_para_publicar(self) -> list[str]:
        return [*super().faltas_para_publicar(), *faltas_para_publicar(self.pasos.raw_data)]

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("Como participante")), ("ahorro", _("Ahorro de datos"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "kuska/cursos/vista_previa_leccion.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {"page": self, "object": self, "request": request, "ahorro": mode_name == "ahorro"}

    @property
    def numero_de_pasos(self) -> int:
        """Steps as people count them: a hard subject begins with one that warns."""
        return len(self.pasos.raw_data) + (1 if self.tema_dificil else 0)
