from typing import Any

import swapper
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page

from cursos.models import Unidad
from cursos.models.direccion import DireccionNeutral

from .. import reglas
from ..forms import EvaluacionForm


class EvaluacionMixin(DireccionNeutral):
    """Behaviour of an evaluation: which kind, how many questions are drawn, what it takes to pass."""

    class Clase(models.TextChoices):
        ENTRADA = "entrada", _("De entrada")
        PRACTICA = "practica", _("Práctica")
        MODULO = "modulo", _("Del módulo")
        FINAL = "final", _("Final")
        ENCUESTA = "encuesta", _("Encuesta")

    clase = models.CharField(_("clase"), max_length=10, choices=Clase.choices, default=Clase.MODULO)
    presentacion = models.TextField(_("presentación"), blank=True)
    sortear = models.PositiveSmallIntegerField(
        _("preguntas por intento"), null=True, blank=True, help_text=_("Vacío: todas.")
    )
    nota_minima = models.PositiveSmallIntegerField(
        _("nota mínima (%)"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("70 % equivale a 14 de 20."),
    )
    intentos = models.PositiveSmallIntegerField(
        _("intentos"), default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    barajar = models.BooleanField(_("barajar alternativas"), default=True)
    dias_de_plazo = models.PositiveSmallIntegerField(
        _("días para enviarla"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Cuentan desde que la persona empieza. Vacío: sin límite, lo más tranquilo."),
    )

    class Meta:
        abstract = True

    preview_modes = [
        ("", _("Como participante")),
        ("correcta", _("Respuesta correcta")),
        ("equivocada", _("Respuesta equivocada")),
    ]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The tree only knows the way: who may see it, and what, is said at the direct address."""
        unidad = Unidad.objects.filter(pagina=self.pk).select_related("curso").first()
        if unidad is None or unidad.curso is None:
            raise Http404
        return redirect("evaluaciones:evaluacion", unidad.curso.numero, unidad.numero)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the trainer the questions as they are asked, or what each answer would be told. Nothing is stored."""
        hoy = timezone.localdate()
        preguntas = [pregunta.contenido(hoy=hoy) for pregunta in self.preguntas.all()]
        contexto: dict[str, Any] = {"titulo": self.title, "presentacion": self.presentacion, "total": len(preguntas)}
        if mode_name:
            acierta = mode_name == "correcta"
            contexto["explicaciones"] = [
                reglas.explicar(pregunta, n, reglas.ejemplo(pregunta, acierta=acierta))
                for n, pregunta in enumerate(preguntas, 1)
            ]
        else:
            contexto["preguntas"] = [reglas.por_preguntar(pregunta, n) for n, pregunta in enumerate(preguntas, 1)]
        return TemplateResponse(request, "evaluaciones/vista_previa.html", contexto)


class Evaluacion(EvaluacionMixin, Page):
    """An evaluation of a module or of a course."""

    content_panels = [
        *Page.content_panels,
        FieldPanel("clase"),
        FieldPanel("presentacion"),
        InlinePanel("preguntas", label=_("pregunta"), heading=_("Preguntas")),
    ]
    # The address is made by itself and says nothing: there is nothing to promote.
    promote_panels: list[Any] = []
    settings_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("nota_minima"), FieldPanel("intentos")]),
                FieldRowPanel([FieldPanel("sortear"), FieldPanel("dias_de_plazo")]),
                FieldPanel("barajar"),
            ],
            heading=_("Reglas"),
        ),
        *Page.settings_panels,
    ]
    base_form_class = EvaluacionForm
    parent_page_types = ["cursos.Modulo", "cursos.Curso"]
    subpage_types: list[str] = []

    class Meta:
        swappable = swapper.swappable_setting("evaluaciones", "Evaluacion")
        verbose_name = _("evaluación")
        verbose_name_plural = _("evaluaciones")

    def __str__(self) -> str:
        return self.title
