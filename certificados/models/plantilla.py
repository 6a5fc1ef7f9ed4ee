from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.images import get_image_model_string
from wagtail.models import Orderable

from cursos.models import Unidad
from instancias.nombres_propios import CampoDeFirma
from marco.derivados import CampoBuscable, CampoDeOrden, ConDerivados, GuardaDerivados
from marco.lineas import LineasLimpias

NOTA_DE_HORAS = _(
    "Las horas del documento son las que declara la entidad: se escriben en el curso, pestaña «Certificado», que dice "
    "al lado cuánto se mide en pantalla."
)


class Plantilla(LineasLimpias, GuardaDerivados, ClusterableModel):
    """Who issues the certificates of a course, from where, with which words and signatures."""

    class Documento(models.TextChoices):
        CERTIFICADO = "certificado", _("Certificado (exige aprobar)")
        CONSTANCIA = "constancia", _("Constancia")

    nombre = models.CharField(_("nombre"), max_length=80, unique=True)
    curso = models.OneToOneField(
        Unidad,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plantilla",
        limit_choices_to={"clase": "curso"},
        verbose_name=_("curso"),
        help_text=_("Vacío: es la plantilla de los cursos que no tienen una propia."),
    )
    documento = models.CharField(_("documento"), max_length=12, choices=Documento.choices, default=Documento.CONSTANCIA)
    entidad = models.CharField(_("entidad que emite"), max_length=160)
    lugar = models.CharField(_("lugar"), max_length=80)
    modalidad = models.CharField(_("modalidad"), max_length=40, default="virtual")
    lema = models.CharField(_("denominación oficial del año"), max_length=160, blank=True)
    con_contenido = models.BooleanField(_("segunda página con el contenido"), default=True)
    busqueda = CampoBuscable(de=("nombre", "entidad"))
    orden_alfabetico = CampoDeOrden(de=("nombre",))

    objects = ConDerivados.as_manager()

    panels = [
        FieldPanel("nombre"),
        FieldPanel("curso"),
        MultiFieldPanel(
            [
                FieldPanel("documento"),
                FieldPanel("entidad"),
                FieldPanel("lugar"),
                FieldPanel("modalidad"),
                FieldPanel("lema"),
                FieldPanel("con_contenido"),
                HelpPanel(content=NOTA_DE_HORAS),
            ],
            heading=_("Texto"),
        ),
        InlinePanel("logos", label=_("logo"), max_num=4, heading=_("Logos, en orden protocolar")),
        InlinePanel("firmantes", label=_("firmante"), min_num=1, max_num=3, heading=_("Firmas")),
    ]

    class Meta:
        verbose_name = _("plantilla de certificado")
        verbose_name_plural = _("plantillas de certificado")
        ordering = ["orden_alfabetico", "pk"]

    def __str__(self) -> str:
        return self.nombre


class Firmante(LineasLimpias, Orderable):
    """Who signs, as printed under the line."""

    plantilla = ParentalKey(Plantilla, on_delete=models.CASCADE, related_name="firmantes")
    nombre = CampoDeFirma(_("nombre"), max_length=120)
    cargo = models.CharField(_("cargo"), max_length=120)
    entidad = models.CharField(_("entidad"), max_length=160)
    imagen = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("imagen de la firma"),
        help_text=_("Opcional. Una imagen no es una firma digital."),
    )

    panels = [FieldPanel("nombre"), FieldPanel("cargo"), FieldPanel("entidad"), FieldPanel("imagen")]

    class Meta(Orderable.Meta):
        verbose_name = _("firmante")
        verbose_name_plural = _("firmantes")

    def __str__(self) -> str:
        return self.nombre


class LogoDePlantilla(Orderable):
    """A logo of the top band."""

    plantilla = ParentalKey(Plantilla, on_delete=models.CASCADE, related_name="logos")
    imagen = models.ForeignKey(get_image_model_string(), on_delete=models.PROTECT, related_name="+")

    panels = [FieldPanel("imagen")]

    class Meta(Orderable.Meta):
        verbose_name = _("logo")
        verbose_name_plural = _("logos")

    def __str__(self) -> str:
        return str(self.imagen)
