from typing import Any

import swapper
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, FieldRowPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.models import Page

from cursos.models.paginas import TITULO, DeCurso
from instancias.nombres import Nombres

from .. import reglas
from ..forms import EvaluacionForm, falta_en_la_otra


class EvaluacionMixin(DeCurso):
    """Behaviour of an evaluation: which kind, how many questions are drawn, what it takes to pass."""

    class Clase(models.TextChoices):
        ENTRADA = "entrada", _("De entrada")
        PRACTICA = "practica", _("Práctica")
        MODULO = "modulo", _("Del módulo")
        FINAL = "final", _("Final")
        ENCUESTA = "encuesta", _("Encuesta")

    clase = models.CharField(
        _("clase"),
        max_length=10,
        choices=Clase.choices,
        default=Clase.MODULO,
        help_text=_("Solo la del módulo y la final llevan nota. La práctica explica al momento y se repite."),
    )
    presentacion = models.TextField(
        _("presentación"), blank=True, help_text=_("Una o dos frases tranquilas. Ejemplo: «Responda con calma».")
    )
    sortear = models.PositiveSmallIntegerField(
        _("preguntas por intento"),
        null=True,
        blank=True,
        help_text=_("Cuántas se sortean para cada persona. Vacío: todas."),
    )
    nota_minima = models.PositiveSmallIntegerField(
        _("nota mínima (%)"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("70 % equivale a 14 de 20. La práctica y la encuesta no la usan."),
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

    preguntas_de = models.ForeignKey(
        swapper.get_model_name("evaluaciones", "Evaluacion"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="gemelas",
        verbose_name=_("usa las preguntas de"),
        help_text=_("Para la final: toma las de la de entrada, y a cada persona le toca la otra forma."),
    )

    class Meta:
        abstract = True

    @property
    def fuente(self) -> Any:
        """The page that holds its questions: another one, or itself."""
        return self.preguntas_de or self

    def incompletas(self, clase: str) -> list[int]:
        """Return the numbers of its own questions that lack something to be asked in an evaluation of this class."""
        preguntas = self.preguntas.all()
        if isinstance(preguntas, models.QuerySet):  # else they are of a revision, with their options
            preguntas = preguntas.prefetch_related("alternativas")
        return [n for n, una in enumerate(preguntas, 1) if reglas.problemas(una.lo_que_se_revisa(), clase)]

    def clases_que_la_usan(self) -> set[str]:
        """Return the classes of the published evaluations that take its questions."""
        return set(self.gemelas.live().values_list("clase", flat=True)) if self.pk else set()

    def falta_en_sus_preguntas(self) -> str:
        """Say which questions lack something for its class, or for one that takes them. Nothing when none does."""
        if self.preguntas_de:
            return falta_en_la_otra(self.preguntas_de, self.clase)
        for clase in [self.clase, *sorted(self.clases_que_la_usan())]:
            if malas := self.incompletas(clase):
                return gettext("Complete estas preguntas: %(lista)s.") % {"lista": ", ".join(map(str, malas))}
        return ""

    def save(self, *args: Any, clean: bool = True, **kwargs: Any) -> Any:
        """Keep what cannot be answered from going live, by whatever door: a date, a list, an import, the API."""
        if clean and self.live and (falta := self.falta_en_sus_preguntas()):
            mensaje = gettext("A «%(titulo)s» le falta algo. %(falta)s") % {"titulo": self.title, "falta": falta}
            raise ValidationError({NON_FIELD_ERRORS: mensaje})
        return super().save(*args, clean=clean, **kwargs)

    preview_modes = [
        ("", _("Como participante")),
        ("correcta", _("Respuesta correcta")),
        ("equivocada", _("Respuesta equivocada")),
    ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the trainer the questions as they are asked, or what each answer would be told. Nothing is stored."""
        hoy, nombres = timezone.localdate(), Nombres()
        preguntas = [nombres.poner_en(pregunta.contenido(hoy=hoy)) for pregunta in self.fuente.preguntas.all()]
        contexto: dict[str, Any] = {
            "titulo": self.title,
            "presentacion": nombres.poner(self.presentacion),
            "total": len(preguntas),
        }
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

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TITULO,
                    FieldPanel("clase"),
                    FieldPanel("presentacion"),
                    InlinePanel("preguntas", label=_("pregunta"), heading=_("Preguntas")),
                    CommentPanel(),
                ],
                heading=_("Preguntas"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("nota_minima"), FieldPanel("intentos")]),
                    FieldRowPanel([FieldPanel("sortear"), FieldPanel("dias_de_plazo")]),
                    FieldPanel("barajar"),
                    FieldPanel("preguntas_de"),
                ],
                heading=_("Reglas"),
            ),
        ]
    )
    page_description = _("Preguntas con sus alternativas. Cada alternativa explica algo a quien la elige.")
    base_form_class = EvaluacionForm
    parent_page_types = ["cursos.Modulo", "cursos.Curso"]
    subpage_types: list[str] = []

    class Meta:
        swappable = swapper.swappable_setting("evaluaciones", "Evaluacion")
        verbose_name = _("evaluación")
        verbose_name_plural = _("evaluaciones")

    def __str__(self) -> str:
        return self.title
