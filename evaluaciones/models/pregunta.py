import dataclasses
import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, model_from_serializable_data
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from cursos.models import Articulo, Unidad
from marco.visibles import TextoVisible

from ..campos import CampoPregunta
from ..clases import clase_de, opciones
from ..libro import PreguntaMostrada, Repaso
from ..paneles import PanelDeClases, PanelDeFilas
from ..querysets import VersionDePreguntaQuerySet


class Pregunta(TextoVisible, ClusterableModel, Orderable):
    """A question as the trainer edits it. Evidence never points here: see ``VersionDePregunta``."""

    class Dificultad(models.IntegerChoices):
        BASICA = 1, _("Básica")
        MEDIA = 2, _("Media")
        APLICADA = 3, _("Aplicada a un caso")

    class Forma(models.TextChoices):
        A = "A", _("Forma A")
        B = "B", _("Forma B")
        RESERVA = "C", _("Reserva: solo en intentos de más")

    evaluacion = ParentalKey(
        "kuska_evaluaciones.Evaluacion",
        on_delete=models.CASCADE,
        related_name="preguntas",
        verbose_name=_("evaluación"),
    )
    # In the form, hidden: rows of a draft have no number yet, and the question must stay the same one.
    clave = models.UUIDField(_("clave"), default=uuid.uuid4, blank=True)
    tipo = models.CharField(_("tipo"), max_length=30, choices=opciones, default="una")
    # What its kind keeps of it, when that is not in rows of its own.
    datos = models.JSONField(_("datos de su clase"), default=dict, blank=True, editable=False)
    texto = models.TextField(_("pregunta"), help_text=_("Hasta 60 palabras, con su caso."))
    articulo = models.ForeignKey(
        Articulo, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("artículo")
    )
    leccion = models.ForeignKey(
        Unidad,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lección para repasar"),
    )
    dificultad = models.PositiveSmallIntegerField(
        _("dificultad"), choices=Dificultad.choices, default=Dificultad.BASICA
    )
    objetivo = models.PositiveSmallIntegerField(
        _("objetivo del módulo"), default=1, help_text=_("El número del objetivo. El sorteo los reparte.")
    )
    otro_objetivo = models.PositiveSmallIntegerField(
        _("otro objetivo"),
        null=True,
        blank=True,
        help_text=_("Solo si el caso pregunta por dos. No cambia el sorteo."),
    )
    forma = models.CharField(
        _("forma"),
        max_length=1,
        choices=Forma.choices,
        blank=True,
        help_text=_("Para la de entrada y la final: quien empieza con la A termina con la B. Vacía: va en las dos."),
    )
    motivo_del_cambio = models.CharField(
        _("por qué cambió la respuesta correcta"),
        max_length=200,
        blank=True,
        help_text=_("Solo si cambia cuál es la correcta. Ejemplo: «La Ley 32298 cambió el plazo»."),
    )

    panels = [
        FieldPanel("clave", widget=forms.HiddenInput, classname="w-hidden"),
        FieldPanel("tipo"),
        FieldPanel("texto"),
        PanelDeFilas("alternativas", label=_("alternativa"), heading=_("Alternativas"), min_num=2, max_num=5),
        PanelDeClases(),
        FieldRowPanel([FieldPanel("articulo"), FieldPanel("leccion")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("objetivo"), FieldPanel("otro_objetivo")]),
                FieldRowPanel([FieldPanel("dificultad"), FieldPanel("forma")]),
                FieldPanel("motivo_del_cambio"),
            ],
            heading=_("Sorteo y cambios"),
            classname="collapsed",
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("pregunta")
        verbose_name_plural = _("preguntas")

    def __str__(self) -> str:
        return self.texto[:60]

    def clean(self) -> None:
        super().clean()
        if self.otro_objetivo and self.otro_objetivo == self.objetivo:
            raise ValidationError({"otro_objetivo": _("Es el mismo objetivo de al lado. Ponga otro o déjelo vacío.")})

    def mostrada(self, *, hoy: date) -> PreguntaMostrada:
        """Return the question as it is asked, with the wording of the law in force on that day."""
        leccion = self.leccion
        return dataclasses.replace(
            self.lo_que_se_revisa(),
            **self.ley_del(hoy),
            leccion=Repaso(leccion.numero, leccion.titulo, leccion.orden) if leccion else None,
            objetivo=self.objetivo,
            dificultad=self.dificultad,
            forma=self.forma,
        )

    def lo_que_se_revisa(self) -> PreguntaMostrada:
        """Return the part that ``reglas.problemas`` reads."""
        return PreguntaMostrada(
            clave=str(self.clave),
            tipo=self.tipo,
            texto=self.texto.strip(),
            contenido=clase_de(self.tipo).contenido_de_la_fila(self),
        )

    def ley_del(self, dia: date) -> dict[str, str]:
        """Return what it cites, and what that says on a day."""
        return {"cita": self.articulo.cita if self.articulo else "", "ley": self._redaccion_del(dia)}

    def _redaccion_del(self, hoy: date) -> str:
        redacciones = self.articulo.redacciones.all() if self.articulo else []
        vigentes = (r.resumen for r in redacciones if r.vigente_desde <= hoy and (r.vigente_hasta or hoy) >= hoy)
        return next(vigentes, "").strip()


class Alternativa(TextoVisible, Orderable):
    """An option of a question, with the explanation that it teaches."""

    pregunta = ParentalKey(Pregunta, on_delete=models.CASCADE, related_name="alternativas")
    clave = models.UUIDField(_("clave"), default=uuid.uuid4, blank=True)
    texto = models.CharField(_("texto"), max_length=300)
    correcta = models.BooleanField(_("es correcta"), default=False)
    explicacion = models.TextField(
        _("por qué"), blank=True, help_text=_("Explica esta alternativa y nombra la norma. La verá quien la elija.")
    )

    panels = [
        FieldPanel("clave", widget=forms.HiddenInput, classname="w-hidden"),
        FieldPanel("texto"),
        FieldPanel("correcta"),
        FieldPanel("explicacion"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("alternativa")
        verbose_name_plural = _("alternativas")

    def __str__(self) -> str:
        return self.texto[:60]

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False) -> Any:
        """Read an option of a revision. Its question may be gone from the database and come back with it.

        The relation is set by the question that holds it; checking the old number would drop the option.
        """
        propios = {campo: valor for campo, valor in data.items() if campo != "pregunta"}
        return model_from_serializable_data(cls, propios, check_fks=check_fks, strict_fks=strict_fks)


class VersionDePregunta(models.Model):
    """A question exactly as published once. Written by publishing, never changed, never deleted.

    ``clave`` is the question, stable through its versions and unique inside its evaluation: a copied page copies
    keys. The law in it is that of the day of publishing: what is asked carries the law of its own day (``publicado``).
    ``contenido`` is a ``libro.PreguntaMostrada``. ``motivo`` says why what is right changed.
    """

    clave = models.UUIDField(_("clave de la pregunta"))
    numero = models.PositiveIntegerField(_("número"))
    evaluacion = models.ForeignKey(
        Unidad, on_delete=models.PROTECT, related_name="preguntas", verbose_name=_("evaluación")
    )
    huella = models.CharField(_("huella"), max_length=64)
    contenido = CampoPregunta(_("contenido"))
    vigente = models.BooleanField(_("vigente"), default=True)
    motivo = models.CharField(_("por qué cambió la respuesta correcta"), max_length=200, blank=True)
    orden = models.PositiveSmallIntegerField(_("orden"), default=0)
    creada_en = models.DateTimeField(_("creada"))

    objects = VersionDePreguntaQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("versión de pregunta")
        verbose_name_plural = _("versiones de pregunta")
        ordering = ["evaluacion_id", "orden"]
        constraints = [
            models.UniqueConstraint(fields=["evaluacion", "clave", "numero"], name="version_de_pregunta_unica"),
            models.UniqueConstraint(
                fields=["evaluacion", "clave"],
                condition=models.Q(vigente=True),
                name="version_de_pregunta_vigente_unica",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clave} v{self.numero}"
