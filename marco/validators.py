"""What a file of the site must be like."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image

from .fotos import es_heic, foto_en_heic
from .pesos import peso_y_maximo

LOGO_MAXIMO = 512 * 1024
LADO_MAXIMO_DEL_LOGO = 4000
FORMATOS_DE_LOGO = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}


def validar_logo(archivo: Any) -> None:
    """A light picture that cannot run anything, by what it holds and not only by its name. A drawing SVG can."""
    formato = FORMATOS_DE_LOGO.get(archivo.name.rpartition(".")[2].lower())
    if es_heic(archivo):
        raise foto_en_heic()
    if formato is None or not _es_imagen(archivo, formato):
        raise ValidationError(_("El logo debe ser una imagen PNG, JPEG o WebP."), code="logo_formato")
    if archivo.size > LOGO_MAXIMO:
        texto = _("El logo pesa %(pesa)s y puede pesar hasta %(maximo)s. Guárdelo más pequeño.")
        raise ValidationError(texto % peso_y_maximo(archivo.size, LOGO_MAXIMO), code="logo_peso")


def _es_imagen(archivo: Any, formato: str) -> bool:
    archivo.seek(0)
    try:
        with Image.open(archivo, formats=[formato]) as imagen:
            imagen.verify()
            return max(imagen.size) <= LADO_MAXIMO_DEL_LOGO
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False
    finally:
        archivo.seek(0)
