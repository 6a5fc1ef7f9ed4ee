import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from cursos.models import Inscripcion, Unidad

from ..querysets import IntentoQuerySet
from .pregunta import VersionDePregunta


class Intento(models.Model):
    """One sitting of an evaluation. The form is frozen at the start; it is sent once and graded once.

    ``formulario`` holds, in the order shown, each question exactly as asked (version, text, options in their
    shuffled order, key and explanations). ``reglas`` holds what it took to pass that day. Neither leaves the
    server whole.
    """

    class Estado(models.TextChoices):
        EN_CURSO = "en_curso", _("En curso")
        ENVIADO = "enviado", _("Enviado")
        CERRADO = "cerrado", _("Cerrado sin enviar")

    inscripcion = models.ForeignKey(
        Inscripcion, on_delete=models.PROTECT, related_name="intentos", verbose_name=_("inscripción")
    )
    unidad = models.ForeignKey(Unidad, on_delete=models.PROTECT, related_name="intentos", verbose_name=_("evaluación"))
    clave = models.UUIDField(_("clave"), default=uuid.uuid4, unique=True, editable=False)
    numero = models.PositiveSmallIntegerField(_("número de intento"))
    estado = models.CharField(_("estado"), max_length=10, choices=Estado.choices, default=Estado.EN_CURSO)
    formulario = models.JSONField(_("formulario mostrado"))
    reglas = models.JSONField(_("reglas del día"))
    iniciado_en = models.DateTimeField(_("iniciado"))
    vence_en = models.DateTimeField(_("vence"), null=True, blank=True)
    enviado_en = models.DateTimeField(_("enviado"), null=True, blank=True)
    puntos = models.PositiveSmallIntegerField(_("puntos"), null=True, blank=True)
    puntos_posibles = models.PositiveSmallIntegerField(_("puntos posibles"))
    aprobado = models.BooleanField(_("aprobado"), null=True, blank=True)

    objects = IntentoQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("intento")
        verbose_name_plural = _("intentos")
        ordering = ["inscripcion_id", "unidad_id", "numero"]
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
                    estado="enviado", enviado_en__isnull=False, puntos__isnull=False, aprobado__isnull=False
                )
                | (~models.Q(estado="enviado") & models.Q(puntos__isnull=True, aprobado__isnull=True)),
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

    The last line by ``secuencia`` is the answer. Sending writes one final line (``definitiva``) for each question.
    """

    intento = models.ForeignKey(Intento, on_delete=models.PROTECT, related_name="respuestas", verbose_name=_("intento"))
    version = models.ForeignKey(
        VersionDePregunta, on_delete=models.PROTECT, related_name="respuestas", verbose_name=_("pregunta")
    )
    operacion = models.UUIDField(_("operación"), unique=True)
    secuencia = models.PositiveIntegerField(_("secuencia"))
    elegidas = models.JSONField(_("alternativas elegidas"), default=list)
    definitiva = models.BooleanField(_("definitiva"), default=False)
    acierto = models.BooleanField(_("acierto"), null=True, blank=True)
    recibida_en = models.DateTimeField(_("recibida"))

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
                condition=models.Q(definitiva=False, acierto__isnull=True)
                | models.Q(definitiva=True, acierto__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intento_id} · {self.secuencia}"
