"""Forms as the frame shows them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

NUMERICO = {"inputmode": "numeric", "class": "k-entrada k-entrada--numero"}


def datos_de(request: HttpRequest) -> QueryDict | None:
    """What was posted, also when it was nothing: an empty form gets its errors."""
    return request.POST if request.method == "POST" else None


class FormularioDelAula(forms.Form):
    """No colons after labels; no browser bubbles: the page says what is wrong, in its own words.

    Also where a form brings no words for it: Django's are of another house.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for campo in self.fields.values():
            campo.error_messages.setdefault("max_length", _("Use hasta %(limit_value)d letras."))
            if isinstance(campo, forms.EmailField):
                campo.error_messages.setdefault("invalid", _("Escriba un correo como nombre@ejemplo.pe."))
