"""What a code or a document must look like, for models, forms and imports alike."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

validar_ubigeo = RegexValidator(
    r"^(\d{2}|\d{4}|\d{6})$", _("El código de ubicación tiene 2, 4 o 6 números."), code="ubigeo"
)
validar_celular = RegexValidator(r"^9\d{8}$", _("El celular tiene 9 números y empieza con 9."), code="celular")
