"""Fields that read what staff type as the sheet reads it: one space, accents in one piece, no marks, plain digits."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy

from marco.lineas import linea_limpia

from .validators import ES_FORMULA, validar_carne, validar_dni

validar_sin_formula = RegexValidator(
    ES_FORMULA, gettext_lazy("Quite el signo del comienzo: = + - @."), code="formula", inverse_match=True
)


class CampoDeTexto(forms.CharField):
    """A line of text as a person reads it: one space, letters in one piece, and nothing that is not seen."""

    def to_python(self, value: Any) -> str:
        return linea_limpia(super().to_python(value))


class CampoDeDNI(forms.CharField):
    """Eight digits of the keyboard, with whatever spaces, dots and dashes were typed between them."""

    default_validators = [validar_dni]

    def to_python(self, value: Any) -> str:
        return re.sub(r"[\s.\-]", "", super().to_python(value))


class CampoDeCarne(CampoDeDNI):
    """The number of a carné de extranjería: its letters are capitals, however they were typed."""

    default_validators = [validar_carne]

    def to_python(self, value: Any) -> str:
        return super().to_python(value).upper()
