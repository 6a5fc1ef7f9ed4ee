"""What a code or a document must look like, for models, forms and imports alike.

Numbers are the ten of a telephone: ``\\d`` and ``isdigit`` also take those of other scripts, that nobody can dial or
type at the door.
"""

import re

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# A spreadsheet would run it; «-3» and «-» are text, and «-3+2» is not.
ES_FORMULA = re.compile(r"^[=+@\t\r]|^-(?!\s*\Z|\d+([.,]\d+)*\s*\Z)")

validar_ubigeo = RegexValidator(
    r"^(\d{2}|\d{4}|\d{6})$", _("El código de ubicación tiene 2, 4 o 6 números."), code="ubigeo"
)
validar_celular = RegexValidator(r"^9[0-9]{8}\Z", _("El celular tiene 9 números y empieza con 9."), code="celular")
validar_dni = RegexValidator(r"^[0-9]{8}\Z", _("El DNI tiene 8 números. Revise si falta alguno."), code="dni")


def son_numeros(texto: str) -> bool:
    """Whether a text is only numbers from 0 to 9."""
    return texto.isascii() and texto.isdigit()
