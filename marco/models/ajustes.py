import hashlib
from dataclasses import dataclass

from django.conf import global_settings, settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from ..contrato import segundo_factor_de_fabrica
from ..fotos import reescribir
from ..marcas import cambiar, formas_de
from ..oficina import NombreConArticulo, aviso_de_fabrica, oficina_de_fabrica
from ..peticion import peticion
from ..preparadas import preparada
from ..validators import validar_logo
from ..visibles import TextoVisible
from .nombre import CLAVE_DE_CACHE, EN_LA_PETICION, NombreInstitucional, olvidar_ajustes

LADO_DEL_LOGO = 512
LLAVE_DE_SOLO_LECTURA = "kuska:solo-lectura"


@dataclass(frozen=True)
class LineaDeAyuda:
    """A line of the footer: what it says and the number that the phone dials."""

    texto: str
    numero: str


# The texts of the footer, in their order, and the name that each one is about.
DE_UN_NOMBRE = ("nombre", "corto", "antes", "norma", "numero")
LINEAS = {"texto_linea_de_ayuda": "linea", "texto_emergencia": "emergencia"}


@register_setting(icon="cog")
class AjustesDelAula(TextoVisible, BaseGenericSetting):
    """What a site says about itself: names, help lines, way out, switches. All neutral, all changeable."""

    nombre_del_espacio = models.CharField(_("nombre del espacio"), max_length=60, default="Aula de la Instancia")
    entidad = models.CharField(_("entidad que emite"), max_length=160, blank=True)
    programa = models.CharField(_("nombre del programa"), max_length=80, blank=True)
    oficina = models.CharField(
        _("oficina que acompaña"),
        max_length=80,
        default=oficina_de_fabrica,
        help_text=_("Como se dice, con «el» o «la». Ejemplo: «el centro». Así la nombran los avisos y los botones."),
    )
    logo = models.FileField(_("logo (SVG o PNG)"), upload_to="logos/", blank=True)
    texto_linea_de_ayuda = models.CharField(
        _("texto de la línea de ayuda"),
        max_length=80,
        default="{linea}, gratis, 24 horas",
        help_text=_("Con {linea}: el número se cambia en Instancias, Nombres que cambian."),
    )
    texto_emergencia = models.CharField(
        _("texto de emergencias"),
        max_length=80,
        default="Policía {emergencia}",
        help_text=_("Con {emergencia}: el número se cambia en Instancias, Nombres que cambian."),
    )
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
    correo_activo = models.BooleanField(
        _("enviar enlaces por correo"),
        default=False,
        help_text=_(
            "Solo a quienes dejaron su correo; y el resumen de la semana, a quien coordina y lo pidió. Enciéndalo si "
            "su entidad lo aprobó y el sitio ya puede enviar."
        ),
    )
    mensaje_enlace = models.TextField(
        _("mensaje con el enlace personal"),
        default=(
            "Buenos días, {nombre}. Le comparto su enlace personal para el aula de la instancia: {enlace} "
            "Sirve una vez, hasta el {vence}. Le saluda {facilitadora}."
        ),
    )
    mensaje_recordatorio = models.TextField(
        _("mensaje de recordatorio"),
        default=("Buenos días, {nombre}. {motivo} Puede entrar aquí: {enlace} Le saluda {facilitadora}."),
    )
    transparencia_activa = models.BooleanField(
        _("publicar la página de transparencia"),
        default=False,
        help_text=_(
            "Cualquiera verá en /transparencia los asientos de cada instancia y cuántas personas terminaron, sin "
            "nombres, con las cifras del último día de cada mes."
        ),
    )
    licencia_de_los_datos = models.CharField(
        _("licencia de los datos abiertos"),
        max_length=120,
        default="Creative Commons Atribución 4.0 Internacional (CC BY 4.0)",
    )
    segundo_factor = models.BooleanField(
        _("pedir un segundo paso a quien trabaja aquí"),
        default=segundo_factor_de_fabrica,
        help_text=_(
            "Además de su clave: una aplicación de códigos, un equipo con huella o PIN, o una hoja impresa de códigos. "
            "A los integrantes nunca se les pide."
        ),
    )
    segundo_factor_desde = models.DateField(
        _("obligatorio desde"),
        null=True,
        blank=True,
        help_text=_("Hasta ese día se ofrece al entrar y puede dejarse para después. Vacío: desde ya."),
    )
    # Since when somebody left the site for reading only; empty while it saves.
    solo_lectura_desde = models.DateTimeField(_("solo lectura desde"), null=True, blank=True, editable=False)
    version_del_aviso = models.CharField(_("versión del aviso de datos"), max_length=20, default="1")
    aviso_de_datos = models.TextField(
        _("aviso sobre sus datos"),
        default=aviso_de_fabrica,
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("nombre_del_espacio"),
                FieldPanel("entidad"),
                FieldPanel("programa"),
                FieldPanel("oficina"),
                FieldPanel(
                    "logo", heading=_("Logo"), help_text=_("Una imagen PNG, JPEG o WebP, cuadrada, de hasta 512 KB.")
                ),
            ],
            heading=_("Identidad"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("texto_linea_de_ayuda"),
                FieldPanel("texto_emergencia"),
                FieldPanel("pagina_de_salida"),
            ],
            heading=_("Ayuda y salida"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("whatsapp_activo"),
                FieldPanel("correo_activo"),
                FieldPanel("mensaje_enlace"),
                FieldPanel("mensaje_recordatorio"),
            ],
            heading=_("Mensajes"),
        ),
        MultiFieldPanel(
            [FieldPanel("transparencia_activa"), FieldPanel("licencia_de_los_datos")], heading=_("Transparencia")
        ),
        MultiFieldPanel(
            [FieldPanel("segundo_factor"), FieldPanel("segundo_factor_desde")], heading=_("Seguridad del personal")
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
        for campo, clave in LINEAS.items():
            if f"{{{clave}" not in getattr(self, campo):
                raise ValidationError({campo: _("Escriba {%(clave)s} donde va el número.") % {"clave": clave}})
        sin_remitente = settings.DEFAULT_FROM_EMAIL == global_settings.DEFAULT_FROM_EMAIL
        if self.correo_activo and (sin_remitente or settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")):
            falta = _("El sitio todavía no puede enviar. Pida a quien lo instaló EMAIL_HOST y DEFAULT_FROM_EMAIL.")
            raise ValidationError({"correo_activo": falta})
        if self.logo and not self.logo._committed:  # one that was there before is not judged again
            try:
                validar_logo(self.logo)
                reescribir(self.logo.file)
            except ValidationError as error:
                raise ValidationError({"logo": error}) from error

    def save(self, *args, **kwargs) -> None:
        if self.logo and not self.logo._committed:  # seen by everybody: nothing of who took it goes with it
            self.logo = ContentFile(reescribir(self.logo.file, lado=LADO_DEL_LOGO), name=self.logo.name)
        super().save(*args, **kwargs)
        cache.delete(LLAVE_DE_SOLO_LECTURA)
        olvidar_ajustes()

    @property
    def clave_del_aviso(self) -> str:
        """Which notice this is: its version and the digest of its words. Words that change make it another one."""
        huella = hashlib.sha256(self.aviso_de_datos.encode()).hexdigest()[:12]
        return f"{self.version_del_aviso}-{huella}"

    @property
    def la_oficina(self) -> NombreConArticulo:
        return NombreConArticulo(self.oficina)

    def lineas_de_ayuda(self) -> list[LineaDeAyuda]:
        """Return the help lines in their order, with the names and the numbers of today."""
        return self._lineas(NombreInstitucional.vigentes())

    def _lineas(self, formas: dict[str, str]) -> list[LineaDeAyuda]:
        return [
            LineaDeAyuda(cambiar(getattr(self, campo), formas), formas.get(f"{clave}.numero", ""))
            for campo, clave in LINEAS.items()
        ]

    @classmethod
    def actuales(cls) -> "AjustesDelAula":
        """Return the settings of the site: kept in the cache for a minute, so that pages pay no statement, and asked
        once in a request.
        """
        en_curso = peticion()
        if en_curso is None:
            return cls._de_la_cache()
        if EN_LA_PETICION not in en_curso.__dict__:
            setattr(en_curso, EN_LA_PETICION, cls._de_la_cache())
        return en_curso.__dict__[EN_LA_PETICION]

    @classmethod
    def _de_la_cache(cls) -> "AjustesDelAula":
        ajustes = cache.get(CLAVE_DE_CACHE)
        if ajustes is None:
            ajustes = cls._con_sus_lineas() or cls()  # reading writes nothing: there may be no room for it
            formas = getattr(ajustes, "formas", None) or NombreInstitucional.vigentes()
            ajustes.lineas = ajustes._lineas(formas)
            cache.set(CLAVE_DE_CACHE, ajustes, 60)
        return ajustes

    @classmethod
    def esta_en_solo_lectura(cls) -> bool:
        """Whether somebody left the site for reading only. It writes nothing, not even the row of the settings."""
        en_curso = peticion()
        ajustes = en_curso.__dict__.get(EN_LA_PETICION) if en_curso else None
        if ajustes is None and (ajustes := cache.get(CLAVE_DE_CACHE)) is not None and en_curso:
            setattr(en_curso, EN_LA_PETICION, ajustes)  # the page that comes after asks for them
        if ajustes is not None:
            return ajustes.solo_lectura_desde is not None
        esta = cache.get(LLAVE_DE_SOLO_LECTURA)
        if esta is None:
            esta = cls.base_queryset().filter(solo_lectura_desde__isnull=False).exists()
            cache.set(LLAVE_DE_SOLO_LECTURA, esta, 60)
        return bool(esta)

    @classmethod
    def _con_sus_lineas(cls) -> "AjustesDelAula | None":
        """Read the row with the names that its help lines have today, in one statement: every page pays it."""
        ajustes: AjustesDelAula | None = con_los_nombres_de_sus_lineas.primera()
        if ajustes is None:
            return None
        formas = NombreInstitucional.de_fabrica()
        for clave in LINEAS.values():
            campos = {campo: getattr(ajustes, f"{clave}_{campo}") for campo in DE_UN_NOMBRE}
            if campos["nombre"] is not None:
                formas = formas | formas_de(NombreInstitucional(clave=clave, **campos))
        if all("{" not in linea.texto for linea in ajustes._lineas(formas)):
            ajustes.formas = formas  # else a line names something more
        return ajustes


@preparada
def con_los_nombres_de_sus_lineas() -> models.QuerySet[AjustesDelAula]:
    """The row of the settings, with each column of the names that its help lines say."""
    filas = {clave: NombreInstitucional.objects.filter(clave=clave) for clave in LINEAS.values()}
    pedidas = {
        f"{clave}_{campo}": Subquery(fila.values(campo)[:1]) for clave, fila in filas.items() for campo in DE_UN_NOMBRE
    }
    return AjustesDelAula.base_queryset().annotate(**pedidas).order_by("pk")[:1]


def lineas_de_fabrica() -> list[LineaDeAyuda]:
    """Return the help lines as this room ships them, without asking the database: for a page that tells a failure."""
    return AjustesDelAula()._lineas(NombreInstitucional.de_fabrica())
