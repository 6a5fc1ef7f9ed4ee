from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import PersonaQuerySet
from ..validators import validar_celular


class Persona(models.Model):
    """A member of a table: only identity and a way to reach them. Nothing about cases, health or family."""

    class Documento(models.TextChoices):
        DNI = "dni", _("DNI")
        CARNE_DE_EXTRANJERIA = "ce", _("Carné de extranjería")
        CODIGO = "codigo", _("Código de participante")

    tipo_de_documento = models.CharField(
        _("tipo de documento"), max_length=8, choices=Documento.choices, default=Documento.DNI
    )
    documento = models.CharField(_("número de documento"), max_length=12)
    nombres = models.CharField(_("nombres"), max_length=80)
    apellidos = models.CharField(_("apellidos"), max_length=80)
    celular = models.CharField(_("celular"), max_length=9, blank=True, validators=[validar_celular])
    cuenta = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="persona",
        verbose_name=_("cuenta"),
    )
    datos_revisados_en = models.DateTimeField(_("datos revisados"), null=True, blank=True)
    ultimo_ingreso_en = models.DateTimeField(_("último ingreso"), null=True, blank=True)
    activa = models.BooleanField(_("activa"), default=True)
    ahorra_datos = models.BooleanField(_("ahorra datos"), default=False)
    creada_en = models.DateTimeField(_("creada"), auto_now_add=True)

    objects = PersonaQuerySet.as_manager()

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("personas")
        ordering = ["apellidos", "nombres"]
        constraints = [
            models.UniqueConstraint(fields=["tipo_de_documento", "documento"], name="persona_documento_unico"),
            models.CheckConstraint(name="persona_con_documento", condition=~models.Q(documento="")),
        ]
        indexes = [models.Index(fields=["documento"], name="persona_por_documento")]

    def __str__(self) -> str:
        return self.nombre_completo

    @property
    def nombre_completo(self) -> str:
        """First names and surnames, as the certificate prints them."""
        return f"{self.nombres} {self.apellidos}".strip()

    @property
    def nombre_discreto(self) -> str:
        """First name and initial: enough to recognise oneself, too little for a stranger."""
        primero = self.nombres.split()[0] if self.nombres else ""
        return f"{primero} {self.apellidos[:1].upper()}." if self.apellidos else primero
