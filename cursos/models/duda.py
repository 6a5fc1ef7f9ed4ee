from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marco.visibles import TextoVisible

from ..querysets import DudaQuerySet, NotaQuerySet
from .avance import Inscripcion
from .unidad import Unidad


class Duda(TextoVisible):
    """What a person asked in a step of a lesson, and what was answered to them. It proves nothing: it has its time.

    ``paso`` is what the step is known by in its lesson; its number and its title are those of that day, for when it is
    no longer there. ``operacion`` is of the form: sent twice, it is one. ``leida_en`` is when the person said that they
    read the answer; a corrected answer is new again. Taken away at the request of its person, its texts are empty.
    """

    inscripcion = models.ForeignKey(
        Inscripcion, on_delete=models.PROTECT, related_name="dudas", verbose_name=_("inscripción")
    )
    unidad = models.ForeignKey(Unidad, on_delete=models.PROTECT, related_name="+", verbose_name=_("lección"))
    paso = models.CharField(_("paso"), max_length=64, blank=True)
    numero_de_paso = models.PositiveSmallIntegerField(_("número de paso"))
    titulo_del_paso = models.CharField(_("título del paso"), max_length=255, blank=True)
    texto = models.TextField(_("duda"), blank=True)
    operacion = models.UUIDField(_("operación"))
    hecha_en = models.DateTimeField(_("hecha"))
    respuesta = models.TextField(_("respuesta"), blank=True)
    respondida_en = models.DateTimeField(_("respondida"), null=True)
    respondida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("respondida por"),
    )  # fmt: skip
    leida_en = models.DateTimeField(_("respuesta leída"), null=True)

    objects = DudaQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("duda")
        verbose_name_plural = _("dudas")
        ordering = ["-hecha_en", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["inscripcion", "operacion"], name="duda_una_por_envio"),
        ]
        indexes = [models.Index(fields=["respondida_en", "hecha_en"], name="duda_por_responder")]

    def __str__(self) -> str:
        return f"{self.inscripcion_id} · {self.unidad_id} · {self.numero_de_paso}"


class NotaDeLeccion(TextoVisible):
    """A question with its answer that everybody reads under a step, written anew by who publishes the course.

    It names nobody and outlives the doubt that it came from. It is seen while its step is in the lesson.
    """

    unidad = models.ForeignKey(Unidad, on_delete=models.PROTECT, related_name="notas", verbose_name=_("lección"))
    paso = models.CharField(_("paso"), max_length=64)
    duda = models.ForeignKey(
        Duda, on_delete=models.SET_NULL, null=True, related_name="notas", verbose_name=_("nació de")
    )
    pregunta = models.CharField(_("pregunta"), max_length=200)
    texto = models.TextField(_("respuesta"))
    publicada_en = models.DateTimeField(_("publicada"))
    publicada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("publicada por"),
    )  # fmt: skip
    retirada_en = models.DateTimeField(_("quitada"), null=True)
    retirada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        verbose_name=_("quitada por"),
    )  # fmt: skip

    objects = NotaQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("nota de lección")
        verbose_name_plural = _("notas de lección")
        ordering = ["publicada_en", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["duda"], condition=models.Q(retirada_en__isnull=True), name="nota_una_a_la_vez_por_duda"
            ),
        ]

    def __str__(self) -> str:
        return self.pregunta
