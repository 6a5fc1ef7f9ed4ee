from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marco.derivados import CampoBuscable, CampoDeOrden, GuardaDerivados

from ..nombres_propios import CampoDeNombre
from ..querysets import PersonaQuerySet
from ..validators import validar_celular


class Persona(GuardaDerivados):
    """A member of a table: only identity and a way to reach them. Nothing about cases, health or family.

    ``absorbida_por``: it turned out to be the same person as another register, that stays. This one is hidden: it holds
    no seat and does not come in, and its document names the one that stays, which is never hidden itself.
    """

    class Documento(models.TextChoices):
        DNI = "dni", _("DNI")
        CARNE_DE_EXTRANJERIA = "ce", _("Carné de extranjería")
        CODIGO = "codigo", _("Código de participante")

    tipo_de_documento = models.CharField(
        _("tipo de documento"), max_length=8, choices=Documento.choices, default=Documento.DNI
    )
    documento = models.CharField(_("número de documento"), max_length=12)
    nombres = CampoDeNombre(_("nombres"), max_length=80)
    apellidos = CampoDeNombre(_("apellidos"), max_length=80)
    celular = models.CharField(_("celular"), max_length=9, blank=True, validators=[validar_celular])
    correo = models.EmailField(
        _("correo"),
        max_length=120,
        blank=True,
        help_text=_("Solo si prefiere recibir por correo su enlace para entrar. Puede quedar vacío."),
    )
    cuenta = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="persona",
        verbose_name=_("cuenta"),
    )
    datos_revisados_en = models.DateTimeField(_("datos revisados"), null=True, blank=True)
    # The version of the notice that was last shown and answered: another one is asked at the next entry.
    aviso_visto = models.CharField(_("aviso de datos visto"), max_length=40, blank=True, default="", editable=False)
    # Their data were taken away because they asked: what is left names nobody.
    suprimida_en = models.DateTimeField(_("datos suprimidos"), null=True, blank=True, editable=False)
    ultimo_ingreso_en = models.DateTimeField(_("último ingreso"), null=True, blank=True)
    activa = models.BooleanField(_("activa"), default=True)
    absorbida_por = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="absorbidas",
        verbose_name=_("queda en"),
    )
    ahorra_datos = models.BooleanField(_("ahorra datos"), default=False)
    creada_en = models.DateTimeField(_("creada"), auto_now_add=True)
    busqueda = CampoBuscable(de=("nombres", "apellidos", "documento", "celular"))
    orden_alfabetico = CampoDeOrden(de=("apellidos", "nombres"))

    objects = PersonaQuerySet.as_manager()

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("personas")
        ordering = ["orden_alfabetico", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tipo_de_documento", "documento"], name="persona_documento_unico"),
            models.CheckConstraint(name="persona_con_documento", condition=~models.Q(documento="")),
            models.CheckConstraint(
                name="persona_absorbida_no_entra",
                condition=models.Q(absorbida_por__isnull=True) | models.Q(activa=False),
            ),
            models.CheckConstraint(
                name="persona_no_se_absorbe_a_si_misma",
                condition=models.Q(absorbida_por__isnull=True) | ~models.Q(absorbida_por=models.F("id")),
            ),
        ]
        indexes = [
            models.Index(fields=["documento"], name="persona_por_documento"),
            models.Index(fields=["orden_alfabetico"], name="persona_por_orden"),
        ]

    def __str__(self) -> str:
        return self.nombre_completo

    def no_acepta(self) -> bool:
        """Whether this person answered the notice on their data and accepts none today. One statement."""
        return type(self).objects.filter(pk=self.pk).sin_aceptar().exists()

    @property
    def nombre_completo(self) -> str:
        """First names and surnames, as the certificate prints them."""
        return f"{self.nombres} {self.apellidos}".strip()

    @property
    def documento_velado(self) -> str:
        """The last two characters: its owner knows which it is, and nobody learns it."""
        return "•" * max(len(self.documento) - 2, 0) + self.documento[-2:]

    @property
    def nombre_discreto(self) -> str:
        """First name and initial: enough to recognise oneself, too little for a stranger."""
        primero = self.nombres.split()[0] if self.nombres else ""
        return f"{primero} {self.apellidos[:1].upper()}." if self.apellidos else primero
