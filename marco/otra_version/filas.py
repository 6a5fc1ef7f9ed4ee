"""A form on a row without versions: it says what was saved when it was opened, and compares before it saves.

What it says is a digest of the values that the form began with, which are those of the row. A form is built again on
what is saved now, so the same digest says that nobody else saved meanwhile. It needs no column and no script. Whoever
saves in the turn of the row (``turno``) compares with what nobody can change until then.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from marco.peticion import peticion

from .en_palabras import lo_guardado
from .palabras import Otra, de_una_fila

CAMPO = "version_vista"
LARGO = 16


class CampoDeVersion(forms.CharField):
    """What a form says of the row that it was written on. It is of nobody's typing."""

    widget = forms.HiddenInput(attrs={"autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def que_avise(formulario: Any, registro: QuerySet[Any]) -> None:
    """Make a form tell, once, that what it shows was saved since it was opened.

    ``registro`` are the lines of the log that would say who did. Its initial values are what is saved now.
    """
    Vigia(formulario, registro)


class Vigia:
    """What looks after one form, from when it is built until it is right."""

    def __init__(self, formulario: Any, registro: QuerySet[Any]) -> None:
        self.formulario, self.registro = formulario, registro
        self.vista = ""
        self.leer_los_campos, self.al_terminar = formulario._clean_fields, formulario._post_clean
        formulario._clean_fields, formulario._post_clean = self.leer, self.comparar
        formulario.fields[CAMPO] = CampoDeVersion(initial=self.version)
        for formset in self.listas().values():
            _sin_lo_que_ya_no_esta(formset)

    def listas(self) -> dict[str, Any]:
        return getattr(self.formulario, "formsets", {})

    def campos(self) -> dict[str, forms.Field]:
        return {
            nombre: campo
            for nombre, campo in self.formulario.fields.items()
            if not isinstance(campo, CampoDeVersion) and not isinstance(campo.widget, forms.PasswordInput)
        }

    def inicial(self, nombre: str) -> Any:
        return self.formulario.get_initial_for_field(self.formulario.fields[nombre], nombre)

    def huella(self) -> str:
        dicho = {nombre: _plano(self.inicial(nombre)) for nombre in self.campos()}
        for nombre, formset in self.listas().items():
            dicho[f"{nombre}[]"] = [_llano(model_to_dict(una)) for una in formset.get_queryset()]
        texto = json.dumps(dicho, sort_keys=True, default=str)
        return salted_hmac("marco.otra_version", texto, algorithm="sha256").hexdigest()[:LARGO]

    def version(self) -> str:
        return f"{self.huella()}.{int(timezone.now().timestamp() * 1000):x}"

    def leer(self) -> None:
        """What a form says of its version is not among its data: acts take those as they are."""
        self.leer_los_campos()
        self.vista = self.formulario.cleaned_data.pop(CAMPO, "")

    def comparar(self) -> None:
        """After all the rest: what is wrong by itself is told first, and the other version when the form is right."""
        self.al_terminar()
        formulario = self.formulario
        vista, _punto, abierta = self.vista.partition(".")
        if not vista or formulario.errors or constant_time_compare(vista, self.huella()):
            return
        distintos = [nombre for nombre in self.campos() if self.es_distinto(nombre)]
        listas = {nombre: una for nombre, una in self.listas().items() if _es_otra(una)}
        if distintos or listas:  # else what was typed is what is saved: there is nothing to lose
            self.decir(distintos, listas, desde=_momento(abierta))

    def es_distinto(self, nombre: str) -> bool:
        """Whether what was typed is not what is saved. A browser ends its lines in a way of its own."""
        campo, enviado, guardado = self.formulario.fields[nombre], self.formulario[nombre].data, self.inicial(nombre)
        return not campo.disabled and campo.has_changed(_en_renglones(guardado), _en_renglones(enviado))

    def decir(self, distintos: Iterable[str], listas: dict[str, Any], *, desde: datetime.datetime | None) -> None:
        formulario = self.formulario
        quien_guarda = getattr(peticion(), "user", None)
        formulario.add_error(None, de_una_fila(self.otra(desde), quien_guarda=quien_guarda))
        for nombre in distintos:
            ahora = lo_guardado(formulario.fields[nombre], self.inicial(nombre))
            formulario.add_error(nombre, _("Ahora está guardado: %(que)s") % {"que": ahora})
        for formset in listas.values():
            dicho = {
                "lista": formset.model._meta.verbose_name_plural,
                "que": lo_guardado(None, list(formset.get_queryset())),
            }
            formulario.add_error(None, _("En «%(lista)s» ahora está guardado: %(que)s") % dicho)
        formulario.data = formulario.data.copy()
        formulario.data[formulario.add_prefix(CAMPO)] = self.version()  # told: what is sent again is what stays

    def otra(self, desde: datetime.datetime | None) -> Otra:
        if desde is None:
            return Otra()
        lineas = self.registro.filter(timestamp__gte=desde)
        linea = lineas.select_related("user").order_by("-timestamp", "-pk").first()
        return Otra(cuando=linea.timestamp, cuenta=linea.user) if linea else Otra()


def actos_de(fila: Model, *acciones: str) -> QuerySet[Any]:
    """The lines of the log of a row that say one of these acts."""
    return registry.get_logs_for_instance(fila).filter(action__in=acciones)


def actos_con(accion: str, **datos: Any) -> QuerySet[ModelLogEntry]:
    """The lines of the log of an act, whatever row they were written on, with these data."""
    con_ellos = {f"data__{clave}": valor for clave, valor in datos.items()}
    return ModelLogEntry.objects.filter(action=accion, **con_ellos)


def _en_renglones(valor: Any) -> Any:
    return valor.replace("\r\n", "\n") if isinstance(valor, str) else valor


def _plano(valor: Any) -> Any:
    """A value as it is compared, the same from a row just read and from one read a while ago."""
    if isinstance(valor, Model):
        return str(valor.pk)
    if isinstance(valor, (list, tuple, set, QuerySet)):
        return sorted(str(_plano(uno)) for uno in valor)
    if hasattr(valor, "get_prep_value"):  # the blocks of Wagtail
        return valor.get_prep_value()
    return str(_en_renglones(valor)) if valor is not None else None


def _llano(campos: dict[str, Any]) -> dict[str, Any]:
    return {nombre: _plano(valor) for nombre, valor in campos.items()}


def _momento(escrito: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromtimestamp(int(escrito, 16) / 1000, tz=datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _es_otra(formset: Any) -> bool:
    """Whether the rows that were sent are not those that are saved."""
    guardadas = {str(una.pk) for una in formset.get_queryset()}
    enviadas = {str(una.instance.pk) for una in formset.initial_forms}
    return bool(formset.has_changed() or guardadas != enviadas)


def _sin_lo_que_ya_no_esta(formset: Any) -> None:
    """Rows of a list that somebody deleted meanwhile go on as new ones: what was typed in them is not lost."""
    if not formset.is_bound:
        return
    quedan = {str(una.pk) for una in formset.get_queryset()}
    for n in range(formset.initial_form_count()):
        clave = f"{formset.add_prefix(n)}-{formset.model._meta.pk.name}"
        if formset.data.get(clave) and formset.data[clave] not in quedan:
            formset.data = formset.data.copy()
            formset.data[clave] = ""
