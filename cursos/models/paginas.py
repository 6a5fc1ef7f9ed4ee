"""Pages of the courses: abstract mixins with the behaviour, thin swappable pages on top of Wagtail's page."""

from __future__ import annotations

from typing import Any

import swapper
from django import forms
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import CommentPanel, FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page

from ..blocks import PasosBlock
from ..forms import FormularioDeCurso, FormularioDeLeccion, FormularioDeModulo
from .direccion import DireccionNeutral

TAMANIOS = [
    {"name": "celular", "icon": "mobile-alt", "device_width": 360, "label": _("Ver como en un celular")},
    {"name": "tableta", "icon": "tablet-alt", "device_width": 768, "label": _("Ver como en una tableta")},
    {"name": "computadora", "icon": "desktop", "device_width": 1280, "label": _("Ver como en una computadora")},
]

# Wagtail's own panel of the title fills the address in, which here has no field.
TITULO = FieldPanel("title", help_text=_("Como lo leerán las personas: corto y claro."))


class DeCurso(DireccionNeutral):
    """What every page of a course does: people reach it by its direct address, never through the tree."""

    admin_default_ordering = "ord"  # as people meet them
    private_page_options: list[str] = []  # who sees a course is said by its edition

    class Meta:
        abstract = True

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return TAMANIOS

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Publish it and register it together, or neither: what is live and is no unit cannot be finished."""
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    def direccion_directa(self) -> str | None:
        """Return the address where people see this page, or nothing when it was never published."""
        unidad = getattr(self, "unidad", None)
        return unidad and unidad.get_absolute_url()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Members go to the direct address. Who writes is not a member: they see here what was published."""
        if self._la_escribe(getattr(request, "user", None)):
            return self.publicado_para_quien_escribe(request)
        direccion = self.direccion_directa()
        if not direccion:
            raise Http404
        return redirect(direccion)

    def publicado_para_quien_escribe(self, request: HttpRequest) -> HttpResponse:
        return self.serve_preview(request, self.default_preview_mode)

    def _la_escribe(self, cuenta: Any) -> bool:
        es_personal = cuenta is not None and cuenta.is_authenticated and getattr(cuenta, "persona", None) is None
        return es_personal and self.permissions_for_user(cuenta).can_edit()


class CatalogoMixin(DeCurso):
    """Behaviour of the page that holds the courses. People see theirs in «Inicio»."""

    preview_modes: list[tuple[str, str]] = []

    class Meta:
        abstract = True

    def direccion_directa(self) -> str | None:
        return reverse("cursos:inicio")

    def publicado_para_quien_escribe(self, request: HttpRequest) -> HttpResponse:
        return redirect("wagtailadmin_explore", self.pk)

    @classmethod
    def clean_parent_page_models(cls) -> list[Any]:
        """Anywhere the host says, but not inside a course."""
        return [modelo for modelo in super().clean_parent_page_models() if not issubclass(modelo, DeCurso)]


class CursoMixin(DeCurso):
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
    revisado_el = models.DateField(
        _("revisión legal"),
        null=True,
        blank=True,
        help_text=_("Día en que alguien revisó que las normas sigan vigentes."),
    )

    base_form_class = FormularioDeCurso

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("Como participante"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "cursos/vista_previa_curso.html"


class ModuloMixin(DeCurso):
    """Behaviour of a module: it groups lessons and evaluations; it is not completed by itself."""

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

    class Meta:
        abstract = True

    def direccion_directa(self) -> str | None:
        curso = self.get_parent().specific
        return curso.direccion_directa() if isinstance(curso, CursoMixin) else None

    def publicado_para_quien_escribe(self, request: HttpRequest) -> HttpResponse:
        """A module is seen in its course."""
        return redirect(self.get_parent().get_url(request))


class LeccionMixin(DeCurso):
    """Behaviour of a lesson: steps of one idea each."""

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
        "instancias.TipoDeAsiento",
        blank=True,
        related_name="+",
        verbose_name=_("asientos"),
        help_text=_("Sin marcar: es para todas las personas. Con alguno: es opcional y lo ven primero esos asientos."),
    )

    base_form_class = FormularioDeLeccion

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("Como participante")), ("ahorro", _("Ahorro de datos"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "cursos/vista_previa_leccion.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {"page": self, "object": self, "request": request, "ahorro": mode_name == "ahorro"}

    @property
    def numero_de_pasos(self) -> int:
        """Steps as people count them: a hard subject begins with one that warns."""
        return len(self.pasos.raw_data) + (1 if self.tema_dificil else 0)


def _pestanias(*grupos: tuple[Any, list[Any]]) -> TabbedInterface:
    """Tabs of the editor: only what a trainer uses. The address makes itself and the menu is not of pages."""
    primera, *otras = [ObjectList(paneles, heading=titulo) for titulo, paneles in grupos]
    return TabbedInterface([ObjectList([*primera.children, CommentPanel()], heading=primera.heading), *otras])


class CatalogoDeCursos(CatalogoMixin, Page):
    """Holds the courses."""

    edit_handler = _pestanias((_("Contenido"), [TITULO]))
    subpage_types = ["cursos.Curso"]

    class Meta:
        swappable = swapper.swappable_setting("cursos", "CatalogoDeCursos")
        verbose_name = _("catálogo de cursos")
        verbose_name_plural = _("catálogos de cursos")


class Curso(CursoMixin, Page):
    """A course: the root of modules, lessons and evaluations."""

    edit_handler = _pestanias(
        (_("Contenido"), [TITULO, FieldPanel("presentacion"), FieldPanel("aprendera")]),
        (_("Quién lo lleva"), [HelpPanel(template="cursos/admin/quien_lo_lleva.html")]),
        (
            _("Certificado"),
            [
                MultiFieldPanel([FieldPanel("horas"), FieldPanel("tipo_de_horas")], heading=_("Horas")),
                FieldPanel("revisado_el"),
            ],
        ),
    )
    page_description = _("Un curso completo: sus módulos, sus lecciones y sus evaluaciones.")
    parent_page_types = ["cursos.CatalogoDeCursos"]

    class Meta:
        swappable = swapper.swappable_setting("cursos", "Curso")
        verbose_name = _("curso")
        verbose_name_plural = _("cursos")


class Modulo(ModuloMixin, Page):
    """A module of a course."""

    edit_handler = _pestanias(
        (
            _("Contenido"),
            [TITULO, FieldPanel("objetivos"), FieldPanel("horas"), FieldPanel("tarea"), FieldPanel("rutas")],
        )
    )
    page_description = _("Un grupo de lecciones del mismo tema. Publíquelo antes que ellas.")
    parent_page_types = ["cursos.Curso"]

    class Meta:
        swappable = swapper.swappable_setting("cursos", "Modulo")
        verbose_name = _("módulo")
        verbose_name_plural = _("módulos")


class Leccion(LeccionMixin, Page):
    """A lesson of a module."""

    edit_handler = _pestanias(
        (_("Contenido"), [TITULO, FieldPanel("presentacion"), FieldPanel("pasos")]),
        (_("Cierre y cuidado"), [FieldPanel("sabe_ahora"), FieldPanel("tema_dificil"), FieldPanel("guion")]),
        (_("Quién la lee"), [FieldPanel("asientos", widget=forms.CheckboxSelectMultiple)]),
    )
    page_description = _("Pasos breves, de una idea cada uno. Empieza con seis pasos de ejemplo para escribir encima.")
    parent_page_types = ["cursos.Modulo"]
    subpage_types: list[str] = []

    class Meta:
        swappable = swapper.swappable_setting("cursos", "Leccion")
        verbose_name = _("lección")
        verbose_name_plural = _("lecciones")
