import uuid
from fractions import Fraction

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cursos.models import Inscripcion, Unidad

from ..campos import CampoFormulario, CampoPuntos, CampoReglas
from ..libro import Nota
from ..querysets import IntentoQuerySet, RespuestaQuerySet
from .pregunta import VersionDePregunta


class EstadoDeNota(models.TextChoices):
    CALIFICADA = "calificada", _("Calificada")
    POR_CALIFICAR = "por_calificar", _("Por calificar")


class Intento(models.Model):
    """One sitting of an evaluation. The form is frozen at the start; it is sent once and graded once.

    ``formulario`` (``libro.Formulario``) holds, in the order shown, each question exactly as asked, with its key and
    explanations. ``reglas`` (``libro.Reglas``) holds what it took to pass that day. Neither leaves the server whole.

    ``nota`` says whether it has its mark: once sent it may wait for a person to mark an answer, and until then it is
    neither passed nor failed. ``puntos`` may be a fraction of a question.

    ``cierre`` is empty when the person sent it, and says what closed it when nobody did: then ``enviado_en`` is the
    moment it closed. ``recibo`` is what the person got for sending it, signed, and ``codigo_de_recibo`` how it is named
    aloud; both are empty when nobody sent it. ``clave_vista``: its right answers were shown while it was not passed, as
    was done once.
    """

    class Estado(models.TextChoices):
        EN_CURSO = "en_curso", _("En curso")
        ENVIADO = "enviado", _("Enviado")
        CERRADO = "cerrado", _("Cerrado sin enviar")

    class Cierre(models.TextChoices):
        PLAZO = "plazo", _("Terminó su plazo")
        EDICION = "edicion", _("Terminó la edición")

    inscripcion = models.ForeignKey(
        Inscripcion, on_delete=models.PROTECT, related_name="intentos", verbose_name=_("inscripción")
    )
    unidad = models.ForeignKey(Unidad, on_delete=models.PROTECT, related_name="intentos", verbose_name=_("evaluación"))
    clave = models.UUIDField(_("clave"), default=uuid.uuid4, unique=True, editable=False)
    numero = models.PositiveSmallIntegerField(_("número de intento"))
    estado = models.CharField(_("estado"), max_length=10, choices=Estado.choices, default=Estado.EN_CURSO)
    formulario = CampoFormulario(_("formulario mostrado"))
    reglas = CampoReglas(_("reglas del día"))
    iniciado_en = models.DateTimeField(_("iniciado"))
    vence_en = models.DateTimeField(_("vence"), null=True, blank=True)
    enviado_en = models.DateTimeField(_("enviado"), null=True, blank=True)
    nota = models.CharField(_("nota"), max_length=14, choices=EstadoDeNota.choices, blank=True)
    puntos = CampoPuntos(_("puntos"), null=True, blank=True)
    puntos_posibles = models.PositiveSmallIntegerField(_("puntos posibles"))
    aprobado = models.BooleanField(_("aprobado"), null=True, blank=True)
    cierre = models.CharField(_("por qué se cerró"), max_length=8, choices=Cierre.choices, blank=True)
    clave_vista = models.BooleanField(_("ya vio las respuestas correctas"), default=False, editable=False)
    recibo = models.TextField(_("recibo firmado"), blank=True, editable=False)
    codigo_de_recibo = models.CharField(_("código del recibo"), max_length=12, blank=True, editable=False)

    objects = IntentoQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("intento")
        verbose_name_plural = _("intentos")
        ordering = ["inscripcion_id", "unidad_id", "numero"]
        indexes = [
            # Not unique: that two codes are the same one day must not refuse what somebody sends.
            models.Index(
                fields=["codigo_de_recibo"], condition=~models.Q(codigo_de_recibo=""), name="intento_por_su_recibo"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["inscripcion", "unidad", "numero"], name="intento_numero_unico"),
            models.UniqueConstraint(
                fields=["inscripcion", "unidad"],
                condition=models.Q(estado="en_curso"),
                name="intento_uno_en_curso",
            ),
            models.CheckConstraint(
                name="intento_enviado_con_resultado",
                condition=models.Q(
                    estado="enviado",
                    enviado_en__isnull=False,
                    nota="calificada",
                    puntos__isnull=False,
                    aprobado__isnull=False,
                )
                | models.Q(
                    estado="enviado",
                    enviado_en__isnull=False,
                    nota="por_calificar",
                    puntos__isnull=True,
                    aprobado__isnull=True,
                )
                | (~models.Q(estado="enviado") & models.Q(nota="", puntos__isnull=True, aprobado__isnull=True)),
            ),
            models.CheckConstraint(
                name="intento_se_envia_despues_de_empezar",
                condition=models.Q(enviado_en__isnull=True) | models.Q(enviado_en__gte=models.F("iniciado_en")),
            ),
            models.CheckConstraint(
                name="intento_puntos_hasta_posibles",
                condition=models.Q(puntos__isnull=True) | models.Q(puntos__lte=models.F("puntos_posibles")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inscripcion_id} · {self.unidad_id} · {self.numero}"


class Respuesta(models.Model):
    """A line of the ledger: what was answered to a question, when, under which operation. Only added, never edited.

    The last line by ``secuencia`` is the answer. Sending writes one final line (``definitiva``) for each question, with
    its mark: ``puntos`` of ``maximo``, or to be marked by a person, which is the one thing written later.
    ``valor`` is JSON of the kind of the question, in the order it was given.
    """

    intento = models.ForeignKey(Intento, on_delete=models.PROTECT, related_name="respuestas", verbose_name=_("intento"))
    version = models.ForeignKey(
        VersionDePregunta, on_delete=models.PROTECT, related_name="respuestas", verbose_name=_("pregunta")
    )
    operacion = models.UUIDField(_("operación"), unique=True)
    secuencia = models.PositiveIntegerField(_("secuencia"))
    valor = models.JSONField(_("respuesta"), null=True)
    definitiva = models.BooleanField(_("definitiva"), default=False)
    nota = models.CharField(_("nota"), max_length=14, choices=EstadoDeNota.choices, blank=True)
    puntos = CampoPuntos(_("puntos"), null=True, blank=True)
    maximo = models.PositiveSmallIntegerField(_("de"), default=1)
    calificada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("calificada por"),
    )
    calificada_en = models.DateTimeField(_("calificada"), null=True, blank=True)
    recibida_en = models.DateTimeField(_("recibida"))

    objects = RespuestaQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("respuesta")
        verbose_name_plural = _("respuestas")
        ordering = ["intento_id", "secuencia"]
        constraints = [
            models.UniqueConstraint(fields=["intento", "secuencia"], name="respuesta_secuencia_unica"),
            models.UniqueConstraint(
                fields=["intento", "version"],
                condition=models.Q(definitiva=True),
                name="respuesta_definitiva_unica",
            ),
            models.CheckConstraint(
                name="respuesta_definitiva_calificada",
                condition=models.Q(definitiva=False, nota="", puntos__isnull=True)
                | models.Q(definitiva=True, nota="calificada", puntos__isnull=False)
                | models.Q(definitiva=True, nota="por_calificar", puntos__isnull=True),
            ),
            models.CheckConstraint(
                name="respuesta_puntos_hasta_maximo",
                condition=models.Q(puntos__isnull=True)
                | models.Q(puntos__gte=0, puntos__lte=models.F("maximo"), maximo__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intento_id} · {self.secuencia}"

    @property
    def nota_dada(self) -> Nota | None:
        """The mark of a final line; None of one that is not."""
        if not self.nota:
            return None
        return Nota(None if self.puntos is None else Fraction(self.puntos), self.maximo)
