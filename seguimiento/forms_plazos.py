"""What staff write to give more days, or one more try: shown again as it was typed when something is missing."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marco.errores import ErrorDeDominio
from marco.forms import FormularioDelAula
from marco.motivos import LARGO_DEL_MOTIVO

from .consultas.plazos import Alcanzadas
from .dia import LARGO, leer_dia

SOLO_LA_INSTANCIA, CON_DISTRITOS = "instancia", "todo"
DE_LA_FECHA = {"sin_dia", "dia_pasado", "no_es_mas", "muy_lejos"}


class MotivoForm(FormularioDelAula):
    """Why: a line that stays."""

    motivo = forms.CharField(
        label=gettext_lazy("Por qué"),
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"class": "k-entrada", "autocomplete": "off", "maxlength": LARGO_DEL_MOTIVO}),
    )

    def __init__(self, *args: Any, ejemplo: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motivo"].help_text = ejemplo or _(
            "Ejemplo: repasamos juntos la lección 3. No escriba datos de casos."
        )

    def culpar(self, error: ErrorDeDominio) -> None:
        """Say what the act answered beside the field that it is about."""
        en_la_fecha = error.codigo in DE_LA_FECHA and "hasta" in self.fields
        del_motivo = error.codigo in {"sin_motivo", "mal_escrito"}
        self.add_error("hasta" if en_la_fecha else "motivo" if del_motivo else None, str(error.mensaje))


class PlazoForm(MotivoForm):
    """Until when and why; at a provincial table with districts, whom as well."""

    a_quien = forms.ChoiceField(
        label=gettext_lazy("A quién"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Elija a quién le da más plazo.")},
    )
    hasta = forms.CharField(
        label=gettext_lazy("Hasta qué día, con ese día incluido"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "k-entrada"}),
    )
    field_order = ("a_quien", "hasta", "motivo")

    def __init__(self, *args: Any, hoy: datetime.date, alcanzadas: Alcanzadas | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("ejemplo", _("Ejemplo: estuvo de licencia en noviembre. No escriba datos de casos."))
        super().__init__(*args, **kwargs)
        self.fields["hasta"].widget.attrs["min"] = hoy.isoformat()
        if alcanzadas is None:
            del self.fields["a_quien"]
        else:
            self.fields["a_quien"].choices = _opciones(alcanzadas)  # type: ignore[attr-defined]

    @property
    def con_distritos(self) -> bool:
        return self.cleaned_data.get("a_quien") == CON_DISTRITOS

    def clean_hasta(self) -> datetime.date | None:
        escrito = self.cleaned_data["hasta"].strip()
        dia = leer_dia(escrito)
        if escrito and dia is None:
            frase = _("«%(leido)s» no es una fecha. Escríbala así: 30/09/2026.")
            raise ValidationError(frase % {"leido": escrito[:LARGO]})
        return dia


def _opciones(alcanzadas: Alcanzadas) -> list[tuple[str, str]]:
    sola, todo = alcanzadas.en_la_instancia, alcanzadas.en_todo
    solo = ngettext(
        "Solo a la instancia provincial: %(n)d persona que no termina",
        "Solo a la instancia provincial: %(n)d personas que no terminan",
        sola,
    )
    entera = ngettext(
        "A la provincia entera, con sus %(d)d distritos: %(n)d persona que no termina",
        "A la provincia entera, con sus %(d)d distritos: %(n)d personas que no terminan",
        todo,
    )
    return [
        (SOLO_LA_INSTANCIA, solo % {"n": sola}),
        (CON_DISTRITOS, entera % {"n": todo, "d": alcanzadas.distritos}),
    ]
