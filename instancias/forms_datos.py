"""Forms about rights over data: what a person asks, and what is answered."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marco.forms import FormularioDelAula

from .consultas.incidente import Suceso
from .models import PedidoDeDatos
from .services.pedidos import LARGO_DEL_TEXTO

_DIA = forms.DateInput(attrs={"class": "k-entrada", "type": "date"}, format="%Y-%m-%d")
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


def donde_se_lee(entra: bool) -> str:
    """Where an answer is read, by the names that the person sees. Whoever has no key reads it nowhere."""
    if entra:
        return _("La persona la lee en «Mi cuenta», «Copia, corrección o borrado de mis datos».")
    return _("Hoy la persona no entra al aula: léasela o entréguesela usted.")


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
        max_length=LARGO_DEL_TEXTO,
        widget=forms.Textarea(attrs=AREA),
        error_messages={"required": gettext_lazy("Escriba la respuesta con su razón.")},
    )
    entiendo = forms.BooleanField(
        label=gettext_lazy("Entiendo que los datos se borran y no se puede deshacer"), required=False
    )

    def __init__(self, *args: Any, borra: bool = False, entra: bool = True, **kwargs: Any) -> None:
        """``borra``: saying yes takes the data away, and the words with them. ``entra``: the person has a key."""
        super().__init__(*args, **kwargs)
        self.borra = borra
        self.fields["texto"].help_text = " ".join([donde_se_lee(entra), *self._si_no_o_si()])
        if not borra:
            del self.fields["entiendo"]

    def _si_no_o_si(self) -> list[str]:
        frases = [_("Si no procede, diga por qué norma o razón.")]
        if self.borra:
            frases.append(
                _("Si procede, lo que escriba aquí se borra con sus datos y nadie lo lee: dígaselo usted antes.")
            )
        return frases

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if self.borra and datos.get("decision") == self.PROCEDE and not datos.get("entiendo"):
            self.add_error("entiendo", gettext_lazy("Marque que entiende antes de borrar."))
        return datos


class IncidenteForm(FormularioDelAula):
    """An account and days; only days; or the day of a backup."""

    DOCUMENTO, PERSONAS = "documento", "personas"
    cuenta = forms.CharField(
        label=gettext_lazy("Cuenta (opcional)"),
        help_text=gettext_lazy("Con la que alguien entró sin permiso: su nombre de usuario."),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"class": "k-entrada", "autocomplete": "off"}),
    )
    desde = forms.DateField(label=gettext_lazy("Desde"), required=False, widget=_DIA)
    hasta = forms.DateField(label=gettext_lazy("Hasta"), required=False, widget=_DIA)
    respaldo = forms.DateField(label=gettext_lazy("O el día del respaldo que se perdió"), required=False, widget=_DIA)
    que = forms.ChoiceField(
        label=gettext_lazy("Qué necesita"),
        choices=[
            (DOCUMENTO, gettext_lazy("El expediente, con los textos para la autoridad y las personas")),
            (PERSONAS, gettext_lazy("La lista de personas, para avisarles (CSV)")),
        ],
        initial=DOCUMENTO,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if not datos.get("respaldo") and not (desde and hasta):
            self.add_error("desde", gettext_lazy("Escriba los dos días, o el día del respaldo."))
        elif desde and hasta and desde > hasta:
            self.add_error("hasta", gettext_lazy("El último día es anterior al primero."))
        self.la_cuenta = None
        if nombre := datos.get("cuenta"):
            modelo = get_user_model()
            self.la_cuenta = modelo._default_manager.filter(**{modelo.USERNAME_FIELD: nombre}).first()
            if self.la_cuenta is None:
                self.add_error("cuenta", gettext_lazy("No hay una cuenta con ese nombre. Revise cómo está escrito."))
        return datos

    def suceso(self) -> Suceso:
        datos = self.cleaned_data
        respaldo = datos["respaldo"]
        desde, hasta = datos["desde"] or respaldo, datos["hasta"] or respaldo
        return Suceso(
            desde=_momento(desde, datetime.time.min),
            hasta=_momento(hasta, datetime.time.max),
            cuenta=self.la_cuenta,
            respaldo=_momento(respaldo, datetime.time.max) if respaldo else None,
        )


def _momento(dia: datetime.date, hora: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(dia, hora))
