from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from ..marcas import formas_de


class NombreInstitucional(models.Model):
    """What a service or an office is called today, what it was called before, and the norm that changed it.

    Texts name it by its key, between braces: when the name changes, it changes here and nowhere else.
    """

    clave = models.CharField(
        _("clave"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[a-z]+$", _("Solo letras minúsculas, sin tildes."))],
        help_text=_("Con ella lo nombran los textos. Si es «cem», se escribe {cem} o {cem.corto}. No la cambie."),
    )
    nombre = models.CharField(
        _("nombre completo"), max_length=160, help_text=_("Con su sigla entre paréntesis, como se lee la primera vez.")
    )
    corto = models.CharField(_("nombre corto o sigla"), max_length=80)
    antes = models.CharField(_("cómo se llamaba antes"), max_length=160, blank=True)
    norma = models.CharField(
        _("norma que lo cambió"), max_length=120, blank=True, help_text=_("Por ejemplo: «D.S. 003-2025-MIMP».")
    )
    desde = models.DateField(_("se llama así desde"), null=True, blank=True)

    panels = [
        FieldPanel("nombre"),
        FieldPanel("corto"),
        FieldRowPanel([FieldPanel("norma"), FieldPanel("desde")]),
        FieldPanel("antes"),
        FieldPanel("clave"),
    ]

    class Meta:
        verbose_name = _("nombre que puede cambiar")
        verbose_name_plural = _("nombres que pueden cambiar")
        ordering = ["clave"]

    def __str__(self) -> str:
        return self.nombre

    @classmethod
    def vigentes(cls) -> dict[str, str]:
        """Return every way of naming and what it shows, as the database says now."""
        return {marca: texto for uno in cls.objects.all() for marca, texto in formas_de(uno).items()}
