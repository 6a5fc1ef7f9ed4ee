"""What is saved, as whoever typed something else reads it beside the field."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files import File
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

LETRAS = 400


def lo_guardado(campo: forms.Field | None, valor: Any) -> str:
    """A value of a row in the words of its field: that of a list, with the names of its options."""
    if isinstance(campo, forms.BooleanField):
        return _("Sí") if valor else _("No")
    if valor in (None, ""):
        return _("vacío")
    if isinstance(valor, (list, tuple, set, QuerySet)):
        return _cortado(", ".join(_nombrados(campo, valor)) or _("vacío"))
    return _cortado(next(iter(_nombrados(campo, [valor])), "") or _("vacío"))


def _cortado(texto: str) -> str:
    return texto if len(texto) <= LETRAS else f"{texto[:LETRAS].rstrip()}…"


def _nombrados(campo: forms.Field | None, valores: Iterable[Any]) -> list[str]:
    if isinstance(campo, forms.ModelChoiceField):
        clave = campo.to_field_name or "pk"
        claves = [uno.serializable_value(clave) if isinstance(uno, Model) else uno for uno in valores]
        filas = campo.queryset.model._base_manager.filter(**{f"{clave}__in": claves})
        return [str(campo.label_from_instance(una)) for una in filas]
    if isinstance(campo, forms.ChoiceField):
        nombres = dict(_sueltas(campo.choices))
        return [nombres.get(str(uno), str(uno)) for uno in valores]
    return [_suelto(uno) for uno in valores]


def _sueltas(opciones: Any) -> Iterable[tuple[str, str]]:
    for valor, nombre in opciones:
        if isinstance(nombre, (list, tuple)):
            yield from _sueltas(nombre)
        else:
            yield str(valor), str(nombre)


def _suelto(valor: Any) -> str:
    if isinstance(valor, datetime.datetime):
        return date_format(timezone.localtime(valor) if timezone.is_aware(valor) else valor, "DATETIME_FORMAT")
    if isinstance(valor, datetime.date):
        return date_format(valor)
    if isinstance(valor, datetime.time):
        return time_format(valor)
    if isinstance(valor, File):
        return (valor.name or "").rsplit("/", 1)[-1]
    return " ".join(strip_tags(str(valor)).split())
