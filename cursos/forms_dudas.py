"""Forms of doubts and of the notes that come from them. What a text must be is said by the act that keeps it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from marco.forms import FormularioDelAula

from . import dudas


def _area(filas: int, maximo: int) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "k-entrada", "rows": filas, "maxlength": maximo})


class DudaForm(FormularioDelAula):
    texto = forms.CharField(
        label=_("Su duda"),
        help_text=_("No escriba nombres, números ni datos de ninguna persona o caso. Hasta 600 letras."),
        required=False,
        strip=False,
        widget=_area(5, dudas.LARGO),
    )


class RespuestaForm(FormularioDelAula):
    texto = forms.CharField(
        label=_("Respuesta"),
        help_text=_("La lee solo quien preguntó, en «Mis dudas». Sin nombres ni datos de casos. Hasta 1200 letras."),
        required=False,
        strip=False,
        widget=_area(6, dudas.LARGO_DE_LA_RESPUESTA),
    )


class NotaForm(FormularioDelAula):
    pregunta = forms.CharField(
        label=_("Pregunta"),
        help_text=_("Escríbala con otras palabras, en una línea: nadie debe reconocer a quien preguntó."),
        required=False,
        widget=forms.TextInput(attrs={"class": "k-entrada", "maxlength": dudas.LARGO_DE_LA_PREGUNTA}),
    )
    texto = forms.CharField(
        label=_("Respuesta"),
        help_text=_("La leen todas las personas del curso, debajo del paso."),
        required=False,
        strip=False,
        widget=_area(6, dudas.LARGO_DE_LA_RESPUESTA),
    )
