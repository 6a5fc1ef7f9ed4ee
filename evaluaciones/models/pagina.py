from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, FieldRowPanel, ObjectList, PublishingPanel, TabbedInterface

from cursos.models.base import PaginaBase, enlace_a_la_base
from cursos.models.de_curso import DeCurso
from cursos.models.paginas import TITULO
from marco.nombres import Nombres

from .. import reglas
from ..antes_de_publicar import antes_de_publicar
from ..forms import EvaluacionForm
from ..paneles import PanelDePreguntas
from ..revision import falta_en_el_lugar, falta_en_el_origen, falta_en_las_formas, problemas_de
from ..visible import de_las_clases, explicar, por_preguntar


class Evaluacion(DeCurso, PaginaBase):
    """An evaluation of a module or of a course: which kind, how many questions are drawn, what it takes to pass."""

    page_ptr = enlace_a_la_base()

    class Clase(models.TextChoices):
        ENTRADA = "entrada", _("De entrada")
        PRACTICA = "practica", _("Práctica")
        MODULO = "modulo", _("Del módulo")
        FINAL = "final", _("Final")
        ENCUESTA = "encuesta", _("Encuesta")
        APLICACION = "aplicacion", _("Encuesta de aplicación")

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
        validators=[MinValueValidator(1)],
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

    dias_despues = models.PositiveSmallIntegerField(
        _("días después de terminar"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("Solo la encuesta de aplicación: se abre tantos días después de terminar el curso. Vacío: 90."),
    )

    preguntas_de = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="gemelas",
        verbose_name=_("usa las preguntas de"),
        help_text=_("Para la final: toma las de la de entrada, y a cada persona le toca la otra forma."),
    )

    textos_que_se_leen = ("title", "presentacion")

    preview_modes = [
        ("", _("Como participante")),
        ("correcta", _("Respuesta correcta")),
        ("equivocada", _("Respuesta equivocada")),
    ]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TITULO,
                    FieldPanel("clase"),
                    FieldPanel("presentacion"),
                    PanelDePreguntas("preguntas", label=_("pregunta"), heading=_("Preguntas")),
                    CommentPanel(),
                    PublishingPanel(),
                ],
                heading=_("Preguntas"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("nota_minima"), FieldPanel("intentos")]),
                    FieldRowPanel([FieldPanel("sortear"), FieldPanel("dias_de_plazo")]),
                    FieldPanel("barajar"),
                    FieldPanel("dias_despues"),
                    FieldPanel("preguntas_de"),
                ],
                heading=_("Reglas"),
            ),
        ]
    )
    page_description = _("Preguntas con sus alternativas. Cada alternativa explica algo a quien la elige.")
    base_form_class = EvaluacionForm
    parent_page_types = ["kuska_cursos.Modulo", "kuska_cursos.Curso"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("evaluación")
        verbose_name_plural = _("evaluaciones")

    def __str__(self) -> str:
        return self.title

    @property
    def va_despues(self) -> bool:
        return self.preguntas_de_id is not None

    @property
    def fuente(self) -> Any:
        """The page that holds its questions: another one, or itself."""
        return self.preguntas_de or self

    def lee_la_fuente(self, cuenta: Any) -> bool:
        """Whether an account may read the questions that this page takes from another: only who may write that one."""
        if self.preguntas_de is None:
            return True
        return cuenta is not None and self.preguntas_de.specific.permissions_for_user(cuenta).can_edit()

    def incompletas(self, clase: str) -> list[int]:
        """Return the numbers of its own questions that lack something to be asked in an evaluation of this class."""
        preguntas = self.preguntas.all()
        if isinstance(preguntas, models.QuerySet):  # else they are of a revision, with their options
            preguntas = preguntas.prefetch_related("alternativas")
        return [n for n, una in enumerate(preguntas, 1) if problemas_de(una.lo_que_se_revisa(), clase)]

    def clases_que_la_usan(self) -> set[str]:
        """Return the classes of the published evaluations that take its questions."""
        return set(self.gemelas.live().values_list("clase", flat=True)) if self.pk else set()

    def clases_juntas(self) -> set[str]:
        """Return the classes that ask the same questions: its own, that of its source and those that take them too."""
        if not self.preguntas_de:
            return {self.clase, *self.clases_que_la_usan()}
        otras = self.preguntas_de.gemelas.live().exclude(pk=self.pk).values_list("clase", flat=True)
        return {self.clase, self.preguntas_de.clase, *otras}

    def faltas_para_publicar(self) -> list[str]:
        """Nothing to ask, or something that cannot be answered, does not go live."""
        faltas = super().faltas_para_publicar()
        if self.sortear == 0:
            faltas.append(gettext("En «preguntas por intento» ponga una o más, o déjelo vacío."))
        if falta := self.falta_en_su_lugar():
            faltas.append(falta)
        if falta := self.falta_en_sus_preguntas():
            faltas.append(falta)
        return faltas

    def falta_en_su_lugar(self, madre: Any = None) -> str:
        """Say that its class does not go where it is. What is published there since before stays as it is.

        ``madre``: of a page that is being made, which has no place in the tree yet.
        """
        ya = type(self).objects.filter(pk=self.pk, live=True, clase=self.clase)
        madre = self.get_parent() if self.path else madre
        if madre is None or not (falta := falta_en_el_lugar(self.clase, madre.specific)) or ya.exists():
            return ""
        return falta

    def can_move_to(self, parent: Any) -> bool:
        """What is published goes only where it would be published."""
        cabe: bool = super().can_move_to(parent)
        return cabe and not (self.live and falta_en_el_lugar(self.clase, parent.specific))

    def falta_en_lo_que_comparte(self) -> str:
        """Say that its class and those that ask the same questions cannot be together."""
        if reglas.se_pueden_juntar(self.clases_juntas()):
            return ""
        return gettext(
            "Una práctica dice las respuestas: no puede usar las mismas preguntas que una evaluación con nota o de"
            " entrada. Escriba otras preguntas."
        )

    def falta_en_sus_preguntas(self) -> str:
        """Say what its questions lack for its class, or for one that takes them. Nothing when they can be asked."""
        if falta := self.falta_en_lo_que_comparte():
            return falta
        propias = list(self.preguntas.all())
        if self.preguntas_de:
            if self.clases_que_la_usan():
                return gettext("Otra evaluación toma las preguntas de esta: no puede tomarlas a su vez de otra.")
            return falta_en_el_origen(
                self.preguntas_de,
                pk=self.pk,
                curso=self.pagina_del_curso(),
                clase=self.clase,
                propias=bool(propias),
            )
        if not propias:
            return gettext("Agregue al menos una pregunta.")
        for clase in [self.clase, *sorted(self.clases_que_la_usan())]:
            if malas := self.incompletas(clase):
                return gettext("Complete estas preguntas: %(lista)s.") % {"lista": ", ".join(map(str, malas))}
        return falta_en_las_formas(una.forma for una in propias)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the trainer the questions as they are asked, or what each answer would be told. Nothing is stored.

        The right to write this page is not the right to read another one: its keys are shown to who writes that one.
        """
        hoy, nombres = timezone.localdate(), Nombres()
        las_lee = self.lee_la_fuente(getattr(request, "user", None))
        fuente = self.fuente.preguntas.all() if las_lee else []
        preguntas = [
            # In their own order, but where that would be the answer.
            pregunta.mostrada(hoy=hoy).con_textos(nombres.poner_en).barajada(str(pregunta.clave), baraja=False)
            for pregunta in fuente
        ]
        contexto: dict[str, Any] = {
            "titulo": self.title,
            "ajenas": not las_lee,
            "faltas": self.faltas_para_publicar(),
            "lineas": antes_de_publicar(
                preguntas, clase=self.clase, textos=[getattr(self, campo) or "" for campo in self.textos_que_se_leen]
            ),
            "presentacion": nombres.poner(self.presentacion),
            "total": len(preguntas),
        }
        if mode_name:
            acierta = mode_name == "correcta"
            contexto["explicaciones"] = [
                explicar(pregunta, n, pregunta.clase.ejemplo(pregunta.contenido, acierta=acierta))
                for n, pregunta in enumerate(preguntas, 1)
            ]
        else:
            visibles = [por_preguntar(pregunta, n) for n, pregunta in enumerate(preguntas, 1)]
            contexto.update(de_las_clases(visibles), preguntas=visibles)
        return TemplateResponse(request, "kuska/evaluaciones/vista_previa.html", contexto)
