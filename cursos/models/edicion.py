from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from instancias.models import Territorio, TipoDeAsiento
from marco.visibles import TextoVisible

from ..querysets import EdicionQuerySet
from .unidad import Unidad


class Edicion(TextoVisible):
    """A course opened to territories and kinds of seat, between two days. No kinds means all of them."""

    curso = models.ForeignKey(
        Unidad,
        on_delete=models.PROTECT,
        related_name="ediciones",
        limit_choices_to={"clase": "curso"},
        verbose_name=_("curso"),
    )
    nombre = models.CharField(_("nombre"), max_length=120)
    territorios = models.ManyToManyField(Territorio, related_name="ediciones", verbose_name=_("territorios"))
    tipos_de_asiento = models.ManyToManyField(
        TipoDeAsiento, blank=True, related_name="ediciones", verbose_name=_("tipos de asiento")
    )
    inicia = models.DateField(_("inicia"))
    termina = models.DateField(_("termina"), null=True, blank=True)
    abierta = models.BooleanField(_("abierta"), default=True)

    objects = EdicionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edición")
        verbose_name_plural = _("ediciones")
        ordering = ["-inicia"]
        constraints = [
            models.CheckConstraint(
                name="edicion_termina_despues_de_iniciar",
                condition=models.Q(termina__isnull=True) | models.Q(termina__gte=models.F("inicia")),
            ),
            models.UniqueConstraint(fields=["curso", "nombre"], name="edicion_nombre_unico_en_su_curso"),
        ]

    def __str__(self) -> str:
        return f"{self.curso} · {self.nombre}"

    def clean(self) -> None:
        """Each enrolment keeps the course of its edition: with people in it, an edition does not go to another one."""
        super().clean()
        if self.pk and self.curso_id and self.inscripciones.exclude(curso_id=self.curso_id).exists():
            raise ValidationError(
                {"curso": _("Esta edición ya tiene personas: su curso no se cambia. Abra otra edición para ese curso.")}
            )
