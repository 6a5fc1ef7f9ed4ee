from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from ..validators import validar_logo

CLAVE_DE_CACHE = "kuska:ajustes"


@register_setting(icon="cog")
class AjustesDelAula(BaseGenericSetting):
    """What a site says about itself: names, help lines, way out, switches. All neutral, all changeable."""

    nombre_del_espacio = models.CharField(_("nombre del espacio"), max_length=60, default="Aula de la Instancia")
    entidad = models.CharField(_("entidad que emite"), max_length=160, blank=True)
    programa = models.CharField(_("nombre del programa"), max_length=80, blank=True)
    logo = models.FileField(_("logo (SVG o PNG)"), upload_to="logos/", blank=True)
    linea_de_ayuda = models.CharField(_("línea de ayuda"), max_length=12, default="100")
    texto_linea_de_ayuda = models.CharField(
        _("texto de la línea de ayuda"), max_length=80, default="Línea 100, gratis, 24 horas"
    )
    emergencia = models.CharField(_("emergencias"), max_length=12, default="105")
    texto_emergencia = models.CharField(_("texto de emergencias"), max_length=80, default="Policía 105")
    pagina_de_salida = models.URLField(
        _("página de «Salir rápido»"),
        default="https://www.senamhi.gob.pe/",
        help_text=_("Una página neutral, como la del clima."),
    )
    whatsapp_activo = models.BooleanField(
        _("usar WhatsApp"),
        default=True,
        help_text=_("Apáguelo si su entidad no lo aprobó formalmente; quedará «Copiar mensaje»."),
    )
    mensaje_enlace = models.TextField(
        _("mensaje con el enlace personal"),
        default=(
            "Buenos días, {nombre}. Le comparto su enlace personal para el aula de la instancia: {enlace} "
            "Sirve una vez y vence en 7 días. Le saluda {facilitadora}."
        ),
    )
    mensaje_recordatorio = models.TextField(
        _("mensaje de recordatorio"),
        default=("Buenos días, {nombre}. {motivo} Puede entrar aquí: {enlace} Le saluda {facilitadora}."),
    )
    version_del_aviso = models.CharField(_("versión del aviso de datos"), max_length=20, default="1")
    aviso_de_datos = models.TextField(
        _("aviso sobre sus datos"),
        default=(
            "Usamos su nombre, documento, cargo y avance solo para esta capacitación y su certificado.\n"
            "Los ve el equipo del CEM de su zona. No se publican ni se venden.\n"
            "Puede pedir verlos, corregirlos o borrarlos escribiendo al CEM."
        ),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("nombre_del_espacio"),
                FieldPanel("entidad"),
                FieldPanel("programa"),
                FieldPanel(
                    "logo", heading=_("Logo"), help_text=_("Una imagen PNG, JPEG o WebP, cuadrada, de hasta 512 KB.")
                ),
            ],
            heading=_("Identidad"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("linea_de_ayuda"),
                FieldPanel("texto_linea_de_ayuda"),
                FieldPanel("emergencia"),
                FieldPanel("texto_emergencia"),
                FieldPanel("pagina_de_salida"),
            ],
            heading=_("Ayuda y salida"),
        ),
        MultiFieldPanel(
            [FieldPanel("whatsapp_activo"), FieldPanel("mensaje_enlace"), FieldPanel("mensaje_recordatorio")],
            heading=_("Mensajes"),
        ),
        MultiFieldPanel([FieldPanel("version_del_aviso"), FieldPanel("aviso_de_datos")], heading=_("Datos personales")),
    ]

    class Meta:
        verbose_name = _("ajustes del aula")
        verbose_name_plural = _("ajustes del aula")

    def __str__(self) -> str:
        return self.nombre_del_espacio

    def clean(self) -> None:
        super().clean()
        if self.logo and not self.logo._committed:  # one that was there before is not judged again
            try:
                validar_logo(self.logo)
            except ValidationError as error:
                raise ValidationError({"logo": error}) from error

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        cache.delete(CLAVE_DE_CACHE)

    @classmethod
    def actuales(cls) -> "AjustesDelAula":
        """Return the settings of the site, kept in the cache for a minute so that pages pay no statement."""
        ajustes = cache.get(CLAVE_DE_CACHE)
        if ajustes is None:
            ajustes = cls.load()
            cache.set(CLAVE_DE_CACHE, ajustes, 60)
        return ajustes
