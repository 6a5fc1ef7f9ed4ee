"""What a code or a document must look like, for models, forms and imports alike.

Numbers are the ten of a telephone: ``\\d`` and ``isdigit`` also take those of other scripts, that nobody can dial or
type at the door.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from PIL import Image

LOGO_MAXIMO = 512 * 1024
LADO_MAXIMO_DEL_LOGO = 4000
FORMATOS_DE_LOGO = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}

ES_FORMULA = re.compile(r"^[=+@\t\r]|^-(?!\s*$|\d)")  # a spreadsheet would run it; «-3» and «-» are text

validar_ubigeo = RegexValidator(
    r"^(\d{2}|\d{4}|\d{6})$", _("El código de ubicación tiene 2, 4 o 6 números."), code="ubigeo"
)
validar_celular = RegexValidator(r"^9[0-9]{8}\Z", _("El celular tiene 9 números y empieza con 9."), code="celular")
validar_dni = RegexValidator(r"^[0-9]{8}\Z", _("El DNI tiene 8 números. Revise si falta alguno."), code="dni")


def son_numeros(texto: str) -> bool:
    """Whether a text is only numbers from 0 to 9."""
    return texto.isascii() and texto.isdigit()


def validar_logo(archivo: Any) -> None:
    """A light picture that cannot run anything, by what it holds and not only by its name. A drawing SVG can."""
    formato = FORMATOS_DE_LOGO.get(archivo.name.rpartition(".")[2].lower())
    if formato is None or not _es_imagen(archivo, formato):
        raise ValidationError(_("El logo debe ser una imagen PNG, JPEG o WebP."), code="logo_formato")
    if archivo.size > LOGO_MAXIMO:
        raise ValidationError(_("El logo puede pesar hasta 512 KB. Guárdelo más pequeño."), code="logo_peso")


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
