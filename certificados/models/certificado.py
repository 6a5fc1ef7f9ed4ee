from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cursos.models import Edicion, Inscripcion, Unidad
from instancias.models import Persona, Territorio
from marco.derivados import CampoBuscable, GuardaDerivados

from ..querysets import CertificadoQuerySet
from .emitido import DocumentoEmitido


class ContadorDeRegistro(models.Model):
    """Last registry number given in a year. It only grows: a number is never used again."""

    anio = models.PositiveSmallIntegerField(_("año"), primary_key=True)
    ultimo = models.PositiveIntegerField(_("último número"), default=0)

    class Meta:
        verbose_name = _("contador de registro")
        verbose_name_plural = _("contadores de registro")

    def __str__(self) -> str:
        return f"{self.anio}: {self.ultimo}"


class Certificado(DocumentoEmitido, GuardaDerivados):
    """Proof that a person finished a course, frozen on the day it was issued. The row is the proof; the PDF shows it.

    ``datos`` holds everything the document prints: name, document, title, hours, seat, instance, dates, place,
    entity, signers, contents. Correcting means issuing another that replaces this one.
    """

    class Documento(models.TextChoices):
        CERTIFICADO = "certificado", _("Certificado")
        CONSTANCIA = "constancia", _("Constancia")

    class Estado(models.TextChoices):
        VIGENTE = "vigente", _("Vigente")
        REEMPLAZADO = "reemplazado", _("Reemplazado")
        ANULADO = "anulado", _("Anulado")

    persona = models.ForeignKey(
        Persona, on_delete=models.PROTECT, related_name="certificados", verbose_name=_("persona")
    )
    curso = models.ForeignKey(Unidad, on_delete=models.PROTECT, related_name="certificados", verbose_name=_("curso"))
    edicion = models.ForeignKey(
        Edicion, on_delete=models.PROTECT, related_name="certificados", verbose_name=_("edición")
    )
    inscripcion = models.ForeignKey(
        Inscripcion, on_delete=models.PROTECT, related_name="certificados", verbose_name=_("inscripción")
    )
    territorio = models.ForeignKey(
        Territorio, on_delete=models.PROTECT, related_name="certificados", verbose_name=_("territorio")
    )
    documento = models.CharField(_("documento"), max_length=12, choices=Documento.choices)
    estado = models.CharField(_("estado"), max_length=12, choices=Estado.choices, default=Estado.VIGENTE)
    reemplaza_a = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reemplazado_por",
        verbose_name=_("reemplaza a"),
    )
    # Its person asked to take their data away: the row stays for the figures, and proves nothing.
    suprimido_en = models.DateTimeField(_("datos suprimidos"), null=True, blank=True)
    busqueda = CampoBuscable(de=("datos__nombre", "datos__numero_de_documento"))

    objects = CertificadoQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificado")
        verbose_name_plural = _("certificados")
        ordering = ["-anio", "-numero"]
        constraints = [
            models.UniqueConstraint(fields=["anio", "numero"], name="certificado_registro_unico"),
            models.UniqueConstraint(
                fields=["persona", "edicion"],
                condition=models.Q(estado="vigente"),
                name="certificado_uno_vigente_por_persona_y_edicion",
            ),
            models.CheckConstraint(
                name="certificado_anulado_con_fecha",
                condition=models.Q(estado="anulado", anulado_en__isnull=False)
                | (~models.Q(estado="anulado") & models.Q(anulado_en__isnull=True)),
            ),
            models.CheckConstraint(
                name="certificado_se_anula_despues_de_emitirse",
                condition=models.Q(anulado_en__isnull=True) | models.Q(anulado_en__gte=models.F("emitido_en")),
            ),
        ]
        indexes = [models.Index(fields=["territorio", "estado"], name="certificado_por_territorio")]


class ActoDeCertificado(models.Model):
    """What was done to a certificate, by whom and why. Only added."""

    class Acto(models.TextChoices):
        EMITIR = "emitir", _("Emitido")
        REEMPLAZAR = "reemplazar", _("Reemplazado")
        ANULAR = "anular", _("Anulado")

    certificado = models.ForeignKey(
        Certificado, on_delete=models.PROTECT, related_name="actos", verbose_name=_("certificado")
    )
    acto = models.CharField(_("acto"), max_length=12, choices=Acto.choices)
    motivo = models.CharField(_("motivo"), max_length=200, blank=True)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    en = models.DateTimeField(_("fecha"))

    class Meta:
        verbose_name = _("acto de certificado")
        verbose_name_plural = _("actos de certificado")
        ordering = ["en", "pk"]

    def __str__(self) -> str:
        return f"{self.certificado_id} · {self.get_acto_display()}"
