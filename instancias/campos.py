"""Fields that read what staff type as the sheet reads it: one space, accents in one piece, no marks, plain digits."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .validators import ES_FORMULA, validar_dni

validar_sin_formula = RegexValidator(
    ES_FORMULA, gettext_lazy("Quite el signo del comienzo: = + - @."), code="formula", inverse_match=True
)


def validar_nombre(texto: str) -> None:
    """Refuse what the name of nobody has: digits of any script, marks of code, the sign of a formula."""
    limpio = not re.search(r"\d|[<>{}=@]|^[+-]", texto) and texto.isprintable()
    if not limpio or not any(letra.isalpha() for letra in texto):
        raise ValidationError(_("Escriba solo letras, sin números ni signos como < > { } = @."), code="nombre")


class CampoDeTexto(forms.CharField):
    """A line of text as a person reads it."""

    def to_python(self, value: Any) -> str:
        return " ".join(unicodedata.normalize("NFC", super().to_python(value)).split())


class CampoDeDNI(forms.CharField):
    """Eight digits of the keyboard, with whatever spaces, dots and dashes were typed between them."""

    default_validators = [validar_dni]

    def to_python(self, value: Any) -> str:
        return re.sub(r"[\s.\-]", "", super().to_python(value))
