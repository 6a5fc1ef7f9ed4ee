from functools import cache
from importlib.resources import files

import yaml
from django.core.cache import cache as memoria
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from ..lineas import LineasLimpias
from ..marcas import formas_de
from ..peticion import peticion

CLAVE_DE_CACHE = "kuska:ajustes"  # the settings of the site are kept with what they name
EN_LA_PETICION = "ajustes_del_aula"  # and in the request that reads them, which asks for them many times


def olvidar_ajustes() -> None:
    """Read the settings of the site again: they changed, or something that they name did."""
    memoria.delete(CLAVE_DE_CACHE)
    if (en_curso := peticion()) is not None:
        en_curso.__dict__.pop(EN_LA_PETICION, None)


class NombreInstitucional(LineasLimpias):
    """What a service, an office or a help line is called today, what it was called, and the norm that changed it.

    Texts name it by its key, between braces: when the name changes, it changes here and nowhere else.
    """

    clave = models.CharField(
        _("clave"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[a-z]+$", _("Solo letras minúsculas, sin tildes."))],
        help_text=_("Con ella lo nombran los textos. Si es «linea», se escribe {linea} o {linea.corto}. No la cambie."),
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
    numero = models.CharField(
        _("número para llamar"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^[0-9]+$", _("Solo números, sin espacios."))],
        help_text=_("Solo si es una línea a la que se llama. Es el que marca el celular al tocarla."),
    )

    panels = [
        FieldPanel("nombre"),
        FieldPanel("corto"),
        FieldPanel("numero"),
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

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        olvidar_ajustes()

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        borrado = super().delete(*args, **kwargs)
        olvidar_ajustes()
        return borrado

    @classmethod
    def vigentes(cls) -> dict[str, str]:
        """Return every way of naming and what it shows, as the database says now; else, as this room ships it."""
        return cls.de_fabrica() | {marca: texto for uno in cls.objects.all() for marca, texto in formas_de(uno).items()}

    @classmethod
    def de_fabrica(cls) -> dict[str, str]:
        """Return the same for the help lines that this room ships: what texts say until somebody changes them."""
        return {marca: texto for uno in lineas_del_pais() for marca, texto in formas_de(cls(**uno)).items()}


@cache
def lineas_del_pais() -> tuple[dict[str, str], ...]:
    """Return the rows that this room ships, read once."""
    hoja = files("marco").joinpath("datos", "nombres.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(hoja)["nombres"])
