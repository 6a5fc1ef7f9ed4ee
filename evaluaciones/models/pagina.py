import swapper
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page


class EvaluacionMixin(models.Model):
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


class Evaluacion(EvaluacionMixin, Page):
    """An evaluation of a module or of a course."""

    content_panels = [
        *Page.content_panels,
        FieldPanel("clase"),
        FieldPanel("presentacion"),
        MultiFieldPanel(
            [FieldPanel("sortear"), FieldPanel("nota_minima"), FieldPanel("intentos"), FieldPanel("barajar")],
            heading=_("Reglas"),
        ),
        InlinePanel("preguntas", label=_("pregunta"), heading=_("Preguntas")),
    ]
    parent_page_types = ["cursos.Modulo", "cursos.Curso"]
    subpage_types: list[str] = []

    class Meta:
        swappable = swapper.swappable_setting("evaluaciones", "Evaluacion")
        verbose_name = _("evaluación")
        verbose_name_plural = _("evaluaciones")
