import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from instancias.models import Persona, Territorio

from ..querysets import AvanceQuerySet, InscripcionQuerySet
from .decision import DecisionDeRetiro
from .edicion import Edicion
from .unidad import Unidad, VersionDeCurso


class Inscripcion(models.Model):
    """A person in an edition, with the counters that pages and reports read.

    The counters change in the same transaction as the fact they count. The district is stored here, so that a
    report by territory needs no join. Finished stays finished, unless what finished it is undone: ``decision`` is the
    last one that changed what is asked of this person, ``version_anterior`` what a decision about a version left.
    """

    class Estado(models.TextChoices):
        POR_EMPEZAR = "por_empezar", _("Por empezar")
        EN_CURSO = "en_curso", _("En curso")
        TERMINADA = "terminada", _("Terminada")

    persona = models.ForeignKey(
        Persona, on_delete=models.PROTECT, related_name="inscripciones", verbose_name=_("persona")
    )
    edicion = models.ForeignKey(
        Edicion, on_delete=models.PROTECT, related_name="inscripciones", verbose_name=_("edición")
    )
    curso = models.ForeignKey(Unidad, on_delete=models.PROTECT, related_name="+", verbose_name=_("curso"))
    version = models.ForeignKey(
        VersionDeCurso, on_delete=models.PROTECT, related_name="inscripciones", verbose_name=_("versión")
    )
    territorio = models.ForeignKey(
        Territorio, on_delete=models.PROTECT, related_name="inscripciones", verbose_name=_("territorio")
    )
    version_anterior = models.ForeignKey(
        VersionDeCurso, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decision = models.ForeignKey(
        DecisionDeRetiro,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inscripciones",
        verbose_name=_("decisión que le alcanzó"),
    )
    estado = models.CharField(_("estado"), max_length=12, choices=Estado.choices, default=Estado.POR_EMPEZAR)
    requeridas = models.PositiveSmallIntegerField(_("unidades que pide"), default=0)
    hechas = models.PositiveSmallIntegerField(_("unidades hechas"), default=0)
    unidad_actual = models.ForeignKey(
        Unidad, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unidad actual")
    )
    paso_actual = models.PositiveSmallIntegerField(_("paso actual"), default=0)
    creada_en = models.DateTimeField(_("creada"))
    iniciada_en = models.DateTimeField(_("iniciada"), null=True, blank=True)
    terminada_en = models.DateTimeField(_("terminada"), null=True, blank=True)
    # When the end was written down: later than it, where what closes an evaluation is its limit. Empty in old rows.
    termino_anotado_en = models.DateTimeField(_("término anotado"), null=True, editable=False)
    ultima_actividad_en = models.DateTimeField(_("última actividad"), null=True, blank=True)
    retirada_en = models.DateTimeField(_("retirada"), null=True, blank=True)
    # Until when this person may go on, where the staff gave more days than the edition has: see ``Prorroga``.
    hasta = models.DateField(_("hasta"), null=True, blank=True, editable=False)

    objects = InscripcionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("inscripción")
        verbose_name_plural = _("inscripciones")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["persona", "edicion"], name="inscripcion_una_por_persona_y_edicion"),
            models.CheckConstraint(
                name="inscripcion_hechas_hasta_requeridas", condition=models.Q(hechas__lte=models.F("requeridas"))
            ),
            models.CheckConstraint(
                name="inscripcion_terminada_con_fecha",
                condition=models.Q(estado="terminada", terminada_en__isnull=False)
                | (~models.Q(estado="terminada") & models.Q(terminada_en__isnull=True)),
            ),
            models.CheckConstraint(
                name="inscripcion_termina_despues_de_empezar",
                condition=models.Q(terminada_en__isnull=True) | models.Q(terminada_en__gte=models.F("iniciada_en")),
            ),
        ]
        indexes = [
            models.Index(fields=["edicion", "territorio", "estado"], name="inscripcion_por_territorio"),
            models.Index(fields=["persona", "curso"], name="inscripcion_por_curso"),
        ]

    def __str__(self) -> str:
        return f"{self.persona_id} · {self.edicion_id} · {self.get_estado_display()}"

    @property
    def con_prorroga(self) -> bool:
        """Whether this person has more days than the edition."""
        termina = self.edicion.termina
        return termina is not None and self.hasta is not None and self.hasta > termina

    @property
    def ultimo_dia(self) -> datetime.date | None:
        """The last day on which what this person does counts, that one included; None without end."""
        return self.hasta if self.con_prorroga else self.edicion.termina

    def termino(self, dia: datetime.date) -> bool:
        """Whether that day passed: nothing more is taken; lessons are read, and what was done stays."""
        ultimo = self.ultimo_dia
        return ultimo is not None and ultimo < dia


class Avance(models.Model):
    """How far a person is in a unit. It only grows: a repeat, a second phone or an old tab change nothing.

    ``vistos`` are the steps seen, by identifier (``services.pasos`` reads and writes it): a step that the trainer
    inserts, moves or removes takes nobody's place. Empty in a row from before: then the first ``paso`` were seen.
    """

    class Estado(models.TextChoices):
        EN_CURSO = "en_curso", _("En curso")
        TERMINADA = "terminada", _("Terminada")

    inscripcion = models.ForeignKey(
        Inscripcion, on_delete=models.PROTECT, related_name="avances", verbose_name=_("inscripción")
    )
    unidad = models.ForeignKey(Unidad, on_delete=models.PROTECT, related_name="avances", verbose_name=_("unidad"))
    estado = models.CharField(_("estado"), max_length=10, choices=Estado.choices, default=Estado.EN_CURSO)
    paso = models.PositiveSmallIntegerField(_("último paso visto"), default=0)
    vistos = models.TextField(_("pasos vistos"), blank=True, default="")
    iniciado_en = models.DateTimeField(_("iniciado"))
    terminado_en = models.DateTimeField(_("terminado"), null=True, blank=True)

    objects = AvanceQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("avance")
        verbose_name_plural = _("avances")
        constraints = [
            models.UniqueConstraint(fields=["inscripcion", "unidad"], name="avance_uno_por_unidad"),
            models.CheckConstraint(
                name="avance_terminado_con_fecha",
                condition=models.Q(estado="terminada", terminado_en__isnull=False)
                | models.Q(estado="en_curso", terminado_en__isnull=True),
            ),
            models.CheckConstraint(
                name="avance_termina_despues_de_empezar",
                condition=models.Q(terminado_en__isnull=True) | models.Q(terminado_en__gte=models.F("iniciado_en")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inscripcion_id} · {self.unidad_id} · {self.get_estado_display()}"
