"""What a report asks for, as plain data that is saved, copied and read back. It names no person and holds no figure."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from instancias.models import DatoDeclarado, Instancia, Institucion, Membresia

from ..consultas.situacion import Situacion

TODAS = "todas"  # every edition of the scope that had begun by the day


class Forma(models.TextChoices):
    """What each row of a report is."""

    PERSONAS = "personas", _("Una fila por persona y asiento")
    ASIENTOS = "asientos", _("Una fila por asiento")
    CUENTAS = "cuentas", _("Cuántos, por grupos")


FILTROS: dict[str, list[tuple[str, Any]]] = {
    "sector": Institucion.Sector.choices,
    "calidad": Membresia.Calidad.choices,
    "nivel": Instancia.Nivel.choices,
    "estado": Situacion.choices,
    "sexo": DatoDeclarado.Sexo.choices,
}


@dataclass(frozen=True)
class Definicion:
    """A report. ``columnas`` are those of its form, in the order of the catalogue; ``grupos``, only of counts.

    ``anio`` asks for the last day of a year, or today while it lasts; ``al``, for a day; neither, for today.
    """

    nombre: str = ""
    forma: str = Forma.PERSONAS
    columnas: tuple[str, ...] = ()
    grupos: tuple[str, ...] = ()
    por_sexo: bool = False
    sector: str = ""
    calidad: str = ""
    nivel: str = ""
    estado: str = ""
    sexo: str = ""
    territorio: str = ""
    edicion: str = ""
    al: datetime.date | None = None
    anio: int | None = None

    def a_json(self) -> dict[str, Any]:
        datos = {clave: valor for clave, valor in asdict(self).items() if valor}
        return {**datos, "al": self.al.isoformat()} if self.al else datos

    @classmethod
    def de_json(cls, datos: Mapping[str, Any]) -> Definicion:
        """What was saved. What is not understood any more is left out, as if nobody had asked for it."""
        conocidos = {campo.name for campo in fields(cls)}
        limpios = {clave: valor for clave, valor in datos.items() if clave in conocidos}
        for lista in ("columnas", "grupos"):
            limpios[lista] = tuple(limpios.get(lista, ()))
        al = limpios.pop("al", None)
        with suppress(ValueError, TypeError):
            limpios["al"] = datetime.date.fromisoformat(al) if al else None
        return cls(**limpios)

    @property
    def filtros(self) -> dict[str, str]:
        """The filters on people and seats, with what each one lets through."""
        return {nombre: valor for nombre in FILTROS if (valor := getattr(self, nombre))}

    def con_nombre(self, nombre: str) -> Definicion:
        return replace(self, nombre=nombre)

    def dia(self, hoy: datetime.date) -> datetime.date | None:
        """The day of its figures; None is today."""
        pedido = datetime.date(self.anio, 12, 31) if self.anio else self.al
        return pedido if pedido and pedido < hoy else None
