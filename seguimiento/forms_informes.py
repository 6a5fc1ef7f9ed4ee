"""What staff tick to make a report, and what they change while they look at one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from instancias.campos import CampoDeTexto
from marco.forms import FormularioDelAula
from marco.otra_version import actos_con, que_avise

from .consultas.ambito import EdicionDelAmbito
from .informes.columnas import GRUPOS, POR_FORMA
from .informes.definicion import FILTROS, TODAS, Definicion, Forma
from .informes.reglas import faltas
from .models import Informe

ENTRADA = {"class": "k-entrada"}
SOLOS = ("ubigeo", "modalidad")  # go with another group, and are not ticked
NOMBRES = {
    "sector": gettext_lazy("Sector"),
    "calidad": gettext_lazy("Calidad"),
    "nivel": gettext_lazy("Nivel"),
    "estado": gettext_lazy("Estado del curso"),
    "sexo": gettext_lazy("Sexo (quienes lo declararon)"),
}
SIN_FILTRO = {
    Forma.ASIENTOS: ("sector", "nivel"),
    Forma.CUENTAS: ("sector", "calidad", "nivel", "estado"),
}


def _dia() -> forms.DateField:
    return forms.DateField(
        label=gettext_lazy("Al día"),
        help_text=gettext_lazy("Vacío: los datos de hoy."),
        required=False,
        widget=forms.DateInput(attrs={**ENTRADA, "type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": gettext_lazy("Eso no es una fecha. Escríbala así: 30/09/2026.")},
    )


class InformeForm(FormularioDelAula):
    """A report of one form: the fields that make no sense in it are not shown."""

    nombre = CampoDeTexto(
        label=gettext_lazy("Nombre del informe"),
        max_length=80,
        error_messages={"required": gettext_lazy("Escriba un nombre para encontrarlo después.")},
        widget=forms.TextInput(attrs={**ENTRADA, "autocomplete": "off"}),
    )
    grupos = forms.MultipleChoiceField(
        label=gettext_lazy("Agrupar por"),
        help_text=gettext_lazy("Sin marcar ninguno, sale una sola fila con el total."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(uno.clave, uno.titulo) for uno in GRUPOS if uno.clave not in SOLOS],
    )
    columnas = forms.MultipleChoiceField(
        label=gettext_lazy("Datos"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Marque al menos un dato.")},
    )
    por_sexo = forms.BooleanField(
        label=gettext_lazy("Por sexo"),
        help_text=gettext_lazy(
            "Al lado de cada cuenta de personas, entre quienes lo declararon, en grupos de cinco o más."
        ),
        required=False,
    )
    territorio = forms.ChoiceField(label=gettext_lazy("Lugar"), required=False, widget=forms.Select(attrs=ENTRADA))
    edicion = forms.ChoiceField(label=gettext_lazy("Edición"), required=False, widget=forms.Select(attrs=ENTRADA))
    al = _dia()
    anio = forms.IntegerField(
        label=gettext_lazy("O de un año"),
        help_text=gettext_lazy("Al 31 de diciembre; del año en curso, a hoy."),
        required=False,
        min_value=2015,
        max_value=2100,
        widget=forms.NumberInput(attrs={"class": "k-entrada k-entrada--numero"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Escriba un año con cuatro cifras, como 2026.")
        ),
    )
    de_todos = forms.BooleanField(
        label=gettext_lazy("Que lo encuentren todas las cuentas de mi zona"),
        help_text=gettext_lazy("Cada una ve solo lo que está a su cargo."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        forma: str,
        lugares: Sequence[tuple[str, str]],
        ediciones: Sequence[EdicionDelAmbito],
        hoy: datetime.date,
        informe: Informe | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.forma, self.hoy = forma, hoy
        self.fields["columnas"].choices = [(uno.clave, uno.titulo) for uno in POR_FORMA[forma]]
        self.fields["territorio"].choices = [("", _("Todo lo que está a mi cargo")), *lugares]
        elegir = [(str(una.id), f"{una.curso} · {una.nombre}") for una in ediciones]
        if forma == Forma.ASIENTOS:
            elegir = [("", _("La de ese día")), *elegir]
        else:
            elegir = [("", _("La de ese día")), (TODAS, _("Todas las del periodo")), *elegir]
        self.fields["edicion"].choices = elegir
        if informe is not None:
            que_avise(self, actos_con("seguimiento.guardar_informe", informe=informe.pk))
        if forma != Forma.CUENTAS:
            del self.fields["grupos"], self.fields["por_sexo"]
        for nombre, titulo in NOMBRES.items():
            if nombre in SIN_FILTRO.get(forma, FILTROS):
                self.fields[nombre] = forms.ChoiceField(
                    label=titulo,
                    required=False,
                    widget=forms.Select(attrs=ENTRADA),
                    choices=[("", gettext_lazy("Todos")), *FILTROS[nombre]],
                )

    @property
    def filtros(self) -> list[forms.BoundField]:
        return [self[nombre] for nombre in NOMBRES if nombre in self.fields]

    def clean_al(self) -> datetime.date | None:
        al = self.cleaned_data["al"]
        if al and al > self.hoy:
            raise forms.ValidationError(_("Ese día todavía no llega. Elija un día hasta hoy."))
        return al

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if not self.errors:
            for campo, frase in faltas(self.pedida()):
                self.add_error(campo if campo in self.fields else None, frase)
        return datos

    def pedida(self) -> Definicion:
        datos = {campo: valor for campo, valor in self.cleaned_data.items() if campo != "de_todos"}
        for lista in ("columnas", "grupos"):
            datos[lista] = tuple(datos.get(lista, ()))
        return Definicion(forma=self.forma, **datos)


class AlMirarForm(FormularioDelAula):
    """Another day, edition or place for a report that is being looked at. It is not saved."""

    al = _dia()
    edicion = InformeForm.base_fields["edicion"]
    territorio = InformeForm.base_fields["territorio"]

    def __init__(
        self,
        *args: Any,
        lugares: Sequence[tuple[str, str]],
        ediciones: Sequence[EdicionDelAmbito],
        hoy: datetime.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hoy, self.ediciones = hoy, tuple(ediciones)
        como_esta = ("", _("Como se guardó"))
        self.fields["territorio"].choices = [como_esta, *lugares]
        todas = (TODAS, _("Todas las del periodo"))
        self.fields["edicion"].choices = [
            como_esta,
            todas,
            *((str(e.id), f"{e.curso} · {e.nombre}") for e in ediciones),
        ]

    clean_al = InformeForm.clean_al
