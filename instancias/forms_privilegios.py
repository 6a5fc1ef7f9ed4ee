"""The form that gives somebody a territory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marco.forms import FormularioDelAula

from .acceso.services.entrada import normalizar_identificador
from .models import Territorio
from .politica import AlcanceEfectivo

ENTRADA = {"class": "k-entrada", "autocomplete": "off"}
CUANTOS = 300


class DarAlcanceForm(FormularioDelAula):
    quien = forms.CharField(
        label=gettext_lazy("Cuenta"),
        help_text=gettext_lazy("El nombre con que entra, o su DNI si es integrante."),
        max_length=150,
        widget=forms.TextInput(attrs=ENTRADA),
        error_messages={"required": gettext_lazy("Escriba a quién.")},
    )
    territorio = forms.CharField(
        label=gettext_lazy("Territorio"),
        help_text=gettext_lazy("Su nombre o su código INEI. Verá todo lo que está dentro."),
        max_length=80,
        widget=forms.TextInput(attrs={**ENTRADA, "list": "territorios"}),
        error_messages={"required": gettext_lazy("Escriba el territorio.")},
    )
    desde = forms.DateField(
        label=gettext_lazy("Desde"),
        widget=forms.DateInput(attrs={"class": "k-entrada", "type": "date"}),
        error_messages={"required": gettext_lazy("Escriba desde qué día.")},
    )
    hasta = forms.DateField(
        label=gettext_lazy("Último día"),
        help_text=gettext_lazy("Vacío: hasta que alguien lo retire."),
        required=False,
        widget=forms.DateInput(attrs={"class": "k-entrada", "type": "date"}),
    )

    def __init__(self, *args: Any, alcance: AlcanceEfectivo, administra: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"desde": timezone.localdate().isoformat(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.alcance, self.administra = alcance, administra

    def ofrecidos(self) -> list[Territorio]:
        """The territories to give, when they fit in a list."""
        todos = self.alcance.territorios().only("ubigeo", "nombre", "nivel")[: CUANTOS + 1]
        suyos = [uno for uno in todos if self._se_puede(uno.pk)]
        return suyos if len(suyos) <= CUANTOS else []

    def clean_quien(self) -> Any:
        """An account of this reach: that of somebody with a seat here, or of who coordinates a part of it."""
        escrito = self.cleaned_data["quien"].strip()
        cuentas = get_user_model()._default_manager.select_related("persona")
        persona = self.alcance.personas_a_cargo().filter(documento__iexact=normalizar_identificador(escrito))
        cuenta = cuentas.filter(persona__in=persona.values("pk")).first()
        if cuenta is None:
            por_nombre = cuentas.filter(**{get_user_model().USERNAME_FIELD: escrito}).first()
            cuenta = por_nombre if por_nombre and (self.administra or self._es_de_aqui(por_nombre)) else None
        if cuenta is None:
            raise forms.ValidationError(
                _("No hay una cuenta «%(texto)s» en su territorio. Si es integrante, primero debe crear su clave.")
                % {"texto": escrito}
            )
        return cuenta

    def clean_territorio(self) -> Territorio:
        escrito = self.cleaned_data["territorio"].strip().split(" · ")[0]
        todos = self.alcance.territorios()
        con_ese = todos.filter(pk=escrito) or todos.filter(nombre__iexact=escrito)
        hallados = [uno for uno in con_ese if self._se_puede(uno.pk)]
        if len(hallados) > 1:
            codigos = ", ".join(f"{uno.pk} ({uno.get_nivel_display().lower()})" for uno in hallados)
            texto = _("Hay varios con ese nombre. Escriba su código: %(codigos)s.")
            raise forms.ValidationError(texto % {"codigos": codigos})
        if not hallados:
            raise forms.ValidationError(_("Ese territorio no está entre los que puede dar."))
        return hallados[0]

    def _se_puede(self, ubigeo: str) -> bool:
        return self.administra or self.alcance.cubre_por_encima(ubigeo)

    def _es_de_aqui(self, cuenta: Any) -> bool:
        persona = getattr(cuenta, "persona", None)
        if persona and self.alcance.personas_a_cargo().filter(pk=persona.pk).exists():
            return True
        suyos = cuenta.alcances.values_list("territorio_id", flat=True)
        return bool(suyos) and all(self.alcance.cubre_por_encima(uno) for uno in suyos)


class DarRolForm(DarAlcanceForm):
    """A role of the editor, with the same days."""

    territorio = None  # type: ignore[assignment]
    grupo = forms.ModelChoiceField(
        label=gettext_lazy("Rol del editor"),
        queryset=Group.objects.order_by("name"),
        empty_label=gettext_lazy("Elija un rol"),
        widget=forms.Select(attrs={"class": "k-entrada"}),
        error_messages={
            "required": gettext_lazy("Elija el rol."),
            "invalid_choice": gettext_lazy("Ese rol ya no existe. Elija otro."),
        },
    )
    field_order = ("quien", "grupo", "desde", "hasta")
