"""What a code or a document must look like, for models, forms and imports alike.

Numbers are the ten of a telephone: ``\\d`` and ``isdigit`` also take those of other scripts, that nobody can dial or
type at the door.
"""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# A spreadsheet would run it; «-3» and «-» are text, and «-3+2» is not.
ES_FORMULA = re.compile(r"^[=+@\t\r]|^-(?!\s*\Z|\d+([.,]\d+)*\s*\Z)")

validar_ubigeo = RegexValidator(
    r"^(\d{2}|\d{4}|\d{6})$", _("El código de ubicación tiene 2, 4 o 6 números."), code="ubigeo"
)
validar_celular = RegexValidator(r"^9[0-9]{8}\Z", _("El celular tiene 9 números y empieza con 9."), code="celular")
ES_CARNE = re.compile(r"[0-9A-Z]{9,12}")
DNI_DE_RELLENO = "0" * 8  # what lists write where nobody knew the number


def validar_dni(texto: str) -> None:
    """Eight numbers of somebody: two people of whom nobody knew it would be one, and anybody could enter as them."""
    if not re.fullmatch("[0-9]{8}", texto):
        frase = _("El DNI tiene 8 números. Revise si falta alguno.")
        if son_numeros(texto) and len(texto) > 8:
            frase = _("El DNI tiene 8 números. Revise si sobra alguno.")
        raise ValidationError(frase, code="dni")
    if texto == DNI_DE_RELLENO:
        raise ValidationError(_("Ese DNI no es de nadie: son puros ceros. Escriba el de la persona."), code="dni")


def validar_carne(texto: str) -> None:
    """Nine to twelve numbers or capital letters, as the card prints them."""
    if not ES_CARNE.fullmatch(texto):
        frase = _("El carné de extranjería tiene de 9 a 12 números o letras. Escríbalo como está en el carné.")
        raise ValidationError(frase, code="carne")


def son_numeros(texto: str) -> bool:
    """Whether a text is only numbers from 0 to 9."""
    return texto.isascii() and texto.isdigit()
