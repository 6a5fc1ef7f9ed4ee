"""Forms as the frame shows them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

NUMERICO = {"inputmode": "numeric", "class": "k-entrada k-entrada--numero"}


def datos_de(request: HttpRequest) -> QueryDict | None:
    """What was posted, also when it was nothing: an empty form gets its errors."""
    return request.POST if request.method == "POST" else None


class FormularioDelAula(forms.Form):
    """No colons after labels; no browser bubbles: the page says what is wrong, in its own words."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
