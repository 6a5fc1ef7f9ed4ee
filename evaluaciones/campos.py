"""Columns that hold the ledger: JSON in the database, typed objects everywhere else."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models.fields.json import KeyTransform

from .libro import Formulario, PreguntaMostrada, Reglas


class CampoDelLibro(models.JSONField):
    """Reads JSON into ``tipo`` and writes it back. A lookup by key sees the JSON, as in any other."""

    tipo: ClassVar[Any]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        leido = super().from_db_value(value, expression, connection)
        if leido is None or isinstance(expression, KeyTransform):
            return leido
        return self.tipo.de_json(leido)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.a_json() if isinstance(value, self.tipo) else value)

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value.a_json() if isinstance(value, self.tipo) else value, model_instance)

    def value_to_string(self, obj: Any) -> Any:
        valor = self.value_from_object(obj)
        return valor.a_json() if isinstance(valor, self.tipo) else valor


class CampoFormulario(CampoDelLibro):
    tipo = Formulario


class CampoReglas(CampoDelLibro):
    tipo = Reglas


class CampoPregunta(CampoDelLibro):
    tipo = PreguntaMostrada


class CampoPuntos(models.DecimalField):
    """Points with up to four decimals, read as whole numbers when they are: «8», «8.5»."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_digits=9, decimal_places=4)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        nombre, ruta, args, kwargs = super().deconstruct()
        for fijo in ("max_digits", "decimal_places"):
            kwargs.pop(fijo, None)
        return nombre, ruta, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | Decimal | None:
        if value is None:
            return None
        puntos = Decimal(value)
        entero = int(puntos)
        return entero if entero == puntos else puntos.normalize()
