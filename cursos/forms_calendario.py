"""The form of a meeting, in the panel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from instancias.models import TipoDeAsiento
from instancias.politica import AlcanceEfectivo
from marco.forms import FormularioDelAula
from marco.motivos import LARGO_DEL_MOTIVO
from marco.otra_version import actos_de, que_avise

from .models import Encuentro
from .services.calendario import Convocatoria

ENTRADA = {"class": "k-entrada"}


class EncuentroForm(FormularioDelAula):
    titulo = forms.CharField(
        label=_("Qué es"),
        max_length=90,
        help_text=_("Por ejemplo: Sesión de la instancia. No escriba nombres ni datos de ningún caso."),
        widget=forms.TextInput(attrs={**ENTRADA, "autocomplete": "off"}),
        error_messages={"required": _("Escriba qué es.")},
    )
    dia = forms.DateField(
        label=_("Día"),
        widget=forms.DateInput(attrs={**ENTRADA, "type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": _("Elija el día."),
            "invalid": _("Eso no es una fecha. Escríbala así: 30/09/2026."),
        },
    )
    hora = forms.TimeField(
        label=_("Hora"),
        widget=forms.TimeInput(attrs={**ENTRADA, "type": "time"}),
        error_messages={"required": _("Escriba la hora."), "invalid": _("Eso no es una hora. Escríbala así: 15:30.")},
    )
    lugar = forms.CharField(
        label=_("Lugar"),
        max_length=120,
        widget=forms.TextInput(attrs={**ENTRADA, "autocomplete": "off"}),
        error_messages={"required": _("Escriba dónde es.")},
    )
    territorio = forms.ModelChoiceField(
        label=_("Para quiénes"),
        queryset=None,
        empty_label=None,
        help_text=_("Lo ven quienes tienen hoy un asiento en ese lugar o en los que están dentro de él."),
        widget=forms.Select(attrs=ENTRADA),
        error_messages={"invalid_choice": _("Ese lugar no es de su zona.")},
    )
    tipos_de_asiento = forms.ModelMultipleChoiceField(
        label=_("Solo para algunos asientos"),
        queryset=TipoDeAsiento.objects.order_by("nivel", "orden"),
        required=False,
        help_text=_("Sin marcar ninguno, es para todos."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, alcance: AlcanceEfectivo, encuentro: Encuentro | None = None, **kwargs: Any) -> None:
        if encuentro is not None:
            campos = ("titulo", "dia", "hora", "lugar", "territorio")
            kwargs["initial"] = {campo: getattr(encuentro, campo) for campo in campos}
            kwargs["initial"]["hora"] = encuentro.hora.isoformat("minutes")
            kwargs["initial"]["tipos_de_asiento"] = encuentro.tipos_de_asiento.all()
        super().__init__(*args, **kwargs)
        lugar: Any = self.fields["territorio"]
        lugar.queryset = alcance.territorios().filter(instancias__isnull=False).distinct()
        asientos: Any = self.fields["tipos_de_asiento"]
        asientos.label_from_instance = lambda tipo: f"{tipo.nombre} · {tipo.get_nivel_display()}"
        if encuentro is not None:
            que_avise(self, actos_de(encuentro, "wagtail.edit"))

    def escrita(self) -> Convocatoria:
        datos = self.cleaned_data
        return Convocatoria(
            titulo=datos["titulo"],
            dia=datos["dia"],
            hora=datos["hora"],
            lugar=datos["lugar"],
            territorio=datos["territorio"].pk,
            tipos_de_asiento=tuple(datos["tipos_de_asiento"]),
        )


class CancelarForm(FormularioDelAula):
    motivo = forms.CharField(
        label=_("Por qué se cancela"),
        max_length=LARGO_DEL_MOTIVO,
        required=False,  # the service says what is missing, for every door
        help_text=_("Lo leen las personas convocadas."),
        widget=forms.TextInput(attrs={**ENTRADA, "autocomplete": "off"}),
    )
