"""Forms of the staff: the sheet, a person, the end of a membership."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .forms import NUMERICO, FormularioDelAula
from .models import Asiento, ImportacionDePadron, Membresia
from .politica import AlcanceEfectivo
from .validators import validar_celular

ENTRADA = {"class": "k-entrada"}
LEY = datetime.date(2015, 11, 23)  # the Ley N.° 30364: before it there was no table to sit at


class PadronForm(FormularioDelAula):
    """The sheet and the scheme of its district codes."""

    archivo = forms.FileField(
        label=gettext_lazy("Lista de integrantes (.xlsx o .csv)"),
        widget=forms.FileInput(attrs={**ENTRADA, "accept": ".xlsx,.csv"}),
        error_messages={
            "required": gettext_lazy("Elija el archivo con la lista."),
            "empty": gettext_lazy("El archivo está vacío. Elija la lista de integrantes y súbala otra vez."),
        },
    )
    esquema = forms.ChoiceField(
        label=gettext_lazy("Códigos de distrito de la lista"),
        help_text=gettext_lazy("INEI y RENIEC numeran distinto. Si la lista solo trae nombres, deje INEI."),
        choices=ImportacionDePadron.Esquema.choices,
        initial=ImportacionDePadron.Esquema.INEI,
        widget=forms.RadioSelect,
    )


class DatosDePersonaForm(FormularioDelAula):
    """Name and phone of a person."""

    nombres = forms.CharField(
        label=gettext_lazy("Nombres"),
        max_length=80,
        widget=forms.TextInput(attrs={**ENTRADA, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Escriba los nombres.")},
    )
    apellidos = forms.CharField(
        label=gettext_lazy("Apellidos"),
        max_length=80,
        widget=forms.TextInput(attrs={**ENTRADA, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Escriba los apellidos.")},
    )
    celular = forms.CharField(
        label=gettext_lazy("Celular"),
        help_text=gettext_lazy("9 números. Puede quedar vacío."),
        max_length=15,
        required=False,
        widget=forms.TextInput(attrs={**NUMERICO, "autocomplete": "off"}),
    )

    def clean_celular(self) -> str:
        celular = re.sub(r"[\s\-()+]", "", self.cleaned_data["celular"])
        if celular.startswith("51") and len(celular) == 11:
            celular = celular[2:]
        if celular:
            validar_celular(celular)
        return celular


class DiaDelAsiento(forms.DateField):
    """A day on which somebody takes or leaves a seat. Left empty it means now."""

    default_error_messages = {"invalid": gettext_lazy("No se entiende la fecha. Escríbala así: 01/01/2027.")}

    def __init__(self, **kwargs: Any) -> None:
        entrada = forms.DateInput(format="%Y-%m-%d", attrs={**ENTRADA, "type": "date"})
        super().__init__(required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"], widget=entrada, **kwargs)

    def clean(self, value: Any) -> datetime.date | None:
        dia = super().clean(value)
        hoy = timezone.localdate()
        if dia and not LEY <= dia <= hoy + datetime.timedelta(days=366):
            raise forms.ValidationError(_("Revise el año: la fecha puede ser hasta dentro de un año."), code="lejos")
        return dia


class EleccionDeAsiento(forms.ModelChoiceField):
    """Seats by their table."""

    def label_from_instance(self, obj: Asiento) -> str:
        return f"{obj.instancia.territorio.nombre} · {obj}"


class PersonaNuevaForm(DatosDePersonaForm):
    """A person and the seat they take, within the scope of whoever registers."""

    field_order = ["documento", "nombres", "apellidos", "celular", "asiento", "calidad", "desde", "designacion"]

    documento = forms.CharField(
        label=gettext_lazy("DNI"),
        max_length=15,
        widget=forms.TextInput(attrs={**NUMERICO, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Escriba el DNI con sus 8 números.")},
    )
    asiento = EleccionDeAsiento(
        label=gettext_lazy("Asiento"),
        queryset=Asiento.objects.none(),
        empty_label=gettext_lazy("Elija un asiento"),
        widget=forms.Select(attrs=ENTRADA),
        error_messages={"required": gettext_lazy("Elija el asiento.")},
    )
    calidad = forms.ChoiceField(
        label=gettext_lazy("Calidad"), choices=Membresia.Calidad.choices, widget=forms.RadioSelect, initial="titular"
    )
    desde = DiaDelAsiento(
        label=gettext_lazy("Desde"),
        help_text=gettext_lazy("Su primer día en el asiento. Si lo deja vacío, desde hoy."),
    )
    designacion = forms.CharField(
        label=gettext_lazy("Documento de designación"),
        help_text=gettext_lazy("Por ejemplo: Oficio 012-2026. Puede quedar vacío."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=ENTRADA),
    )

    def __init__(self, *args: Any, alcance: AlcanceEfectivo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asiento"].queryset = (
            alcance.asientos()
            .exigidos()
            .select_related("instancia__territorio", "tipo")
            .order_by("instancia__territorio_id", "tipo__orden", "numero")
        )

    def clean_documento(self) -> str:
        documento = re.sub(r"[\s.\-]", "", self.cleaned_data["documento"])
        if not re.fullmatch(r"\d{8}", documento):
            raise forms.ValidationError(_("El DNI tiene 8 números. Revise si falta alguno."), code="dni")
        return documento


class CeseForm(FormularioDelAula):
    """Why a membership ends."""

    motivo = forms.CharField(
        label=gettext_lazy("Motivo"),
        help_text=gettext_lazy("Por ejemplo: cambio de autoridad. No escriba datos de casos ni de personas afectadas."),
        max_length=120,
        widget=forms.TextInput(attrs=ENTRADA),
        error_messages={"required": gettext_lazy("Escriba el motivo en pocas palabras.")},
    )
    ultimo_dia = DiaDelAsiento(
        label=gettext_lazy("Último día en el asiento"),
        help_text=gettext_lazy("Si lo deja vacío, lo entrega ahora y otra persona puede tomarlo hoy."),
    )
