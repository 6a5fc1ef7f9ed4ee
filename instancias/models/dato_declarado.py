from django.db import models
from django.utils.translation import gettext_lazy as _

from .persona import Persona


class DatoDeclarado(models.Model):
    """A detail that a person said of themselves because they wanted to, with the notice that they read.

    Apart from ``Persona``: whoever reads people does not read this. Taken back, the value is emptied and the row says
    only that it was.
    """

    class Campo(models.TextChoices):
        SEXO = "sexo", _("Sexo")
        ORIGEN = "origen", _("Autoidentificación étnica")

    class Sexo(models.TextChoices):
        MUJER = "mujer", _("Mujer")
        HOMBRE = "hombre", _("Hombre")

    class Origen(models.TextChoices):
        """The categories with which INEI asks it in Peru."""

        QUECHUA = "quechua", _("Quechua")
        AIMARA = "aimara", _("Aimara")
        AMAZONIA = "amazonia", _("Nativo o indígena de la Amazonía")
        OTRO_PUEBLO = "otro_pueblo", _("Perteneciente a otro pueblo indígena u originario")
        AFROPERUANO = "afroperuano", _("Negro, moreno, zambo, mulato o afroperuano")
        BLANCO = "blanco", _("Blanco")
        MESTIZO = "mestizo", _("Mestizo")
        OTRO = "otro", _("Otro")

    persona = models.ForeignKey(Persona, on_delete=models.PROTECT, related_name="declarados", verbose_name=_("persona"))
    campo = models.CharField(_("dato"), max_length=8, choices=Campo.choices)
    valor = models.CharField(_("qué declaró"), max_length=12, blank=True)
    aviso = models.TextField(_("aviso que leyó"))
    declarado_en = models.DateTimeField(_("declarado"))
    retirado_en = models.DateTimeField(_("retirado"), null=True, blank=True)

    class Meta:
        verbose_name = _("dato declarado")
        verbose_name_plural = _("datos declarados")
        ordering = ["persona_id", "campo"]
        constraints = [
            models.UniqueConstraint(fields=["persona", "campo"], name="dato_declarado_uno_por_campo"),
            models.CheckConstraint(
                name="dato_declarado_retirado_vacio",
                condition=models.Q(retirado_en__isnull=True) | models.Q(valor=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.persona_id} · {self.campo}"
