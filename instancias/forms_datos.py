"""Forms about rights over data: what a person asks, and what is answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from marco.forms import FormularioDelAula

from .models import PedidoDeDatos
from .services.pedidos import LARGO_DEL_TEXTO

AREA = {"class": "k-entrada", "rows": 4, "maxlength": LARGO_DEL_TEXTO}


class PedirForm(FormularioDelAula):
    clase = forms.ChoiceField(
        label=gettext_lazy("¿Qué pide?"),
        choices=PedidoDeDatos.Clase.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Elija qué pide.")},
    )
    detalle = forms.CharField(
        label=gettext_lazy("Cuéntenos (qué dato, qué debe decir)"),
        help_text=gettext_lazy("No escriba nombres ni datos de otras personas, ni de ningún caso."),
        max_length=LARGO_DEL_TEXTO,
        required=False,
        widget=forms.Textarea(attrs=AREA),
    )


class ResponderForm(FormularioDelAula):
    PROCEDE, NO_PROCEDE, NOTA = "si", "no", "nota"
    decision = forms.ChoiceField(
        label=gettext_lazy("¿Qué decide?"),
        choices=[
            (PROCEDE, gettext_lazy("Procede: ya se hizo, o se hace con esta respuesta")),
            (NO_PROCEDE, gettext_lazy("No procede")),
            (NOTA, gettext_lazy("Todavía no respondo: solo dejo una nota")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Elija qué decide.")},
    )
    texto = forms.CharField(
        label=gettext_lazy("Respuesta con su razón"),
        help_text=gettext_lazy("La persona la leerá en «Mis datos». Si no procede, diga por qué norma o razón."),
        max_length=LARGO_DEL_TEXTO,
        widget=forms.Textarea(attrs=AREA),
        error_messages={"required": gettext_lazy("Escriba la respuesta con su razón: la persona la leerá.")},
    )
    entiendo = forms.BooleanField(
        label=gettext_lazy("Entiendo que los datos se borran y no se puede deshacer"), required=False
    )

    def __init__(self, *args: Any, borra: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.borra = borra
        if not borra:
            del self.fields["entiendo"]

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if self.borra and datos.get("decision") == self.PROCEDE and not datos.get("entiendo"):
            self.add_error("entiendo", gettext_lazy("Marque que entiende antes de borrar."))
        return datos
