"""Rows as the database keeps them: read whole tables, and write a difference back. No model runs, no signal is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import AutoField, Model

from tests import filas_postgres, filas_sqlite

Filas = tuple[Any, ...]
Cambios = list[tuple[str, list[Any]]]


@dataclass(frozen=True)
class Tabla:
    nombre: str
    clave: str
    columnas: tuple[str, ...]
    numera: bool = False  # the database numbers its rows

    @property
    def nombres(self) -> str:
        return ", ".join(f'"{columna}"' for columna in self.columnas)


def modelos(se_mira: Callable[[type[Model]], bool] = lambda modelo: True) -> list[type[Model]]:
    """Those that have a table of their own and pass. Not the marks: triggers write them again with the other rows."""
    todos = apps.get_models(include_auto_created=True)
    return [
        uno
        for uno in todos
        if uno._meta.managed and not uno._meta.proxy and uno._meta.model_name != "cuentadecambios" and se_mira(uno)
    ]


def tabla_de(modelo: type[Model]) -> Tabla:
    opciones = modelo._meta
    columnas = tuple(campo.column for campo in opciones.local_concrete_fields)
    return Tabla(opciones.db_table, opciones.pk.column, columnas, isinstance(opciones.pk, AutoField))


def leer(tablas: Sequence[Tabla]) -> tuple[Filas, ...]:
    """Every row of those tables, without a statement that a test could count."""
    connection.ensure_connection()
    return (filas_sqlite if connection.vendor == "sqlite" else filas_postgres).leer(tablas)


def cambios(tablas: Sequence[Tabla], antes: Sequence[Filas], despues: Sequence[Filas]) -> Cambios:
    """The statements, with their rows, that turn one state into the other: what changed goes and comes back."""
    if connection.vendor != "sqlite":
        return filas_postgres.cambios(tablas, antes, despues)
    ordenes: Cambios = []
    for tabla, viejas, nuevas in zip(tablas, antes, despues, strict=True):
        sobran, faltan = (list(dict.fromkeys(a).keys() - set(b)) for a, b in ((viejas, nuevas), (nuevas, viejas)))
        lugar = tabla.columnas.index(tabla.clave)
        borrar = f'DELETE FROM "{tabla.nombre}" WHERE "{tabla.clave}" = ?'
        poner = f'INSERT INTO "{tabla.nombre}" ({tabla.nombres}) VALUES ({", ".join("?" for _ in tabla.columnas)})'
        ordenes += [(borrar, [(fila[lugar],) for fila in sobran])] if sobran else []
        ordenes += [(poner, sorted(faltan, key=lambda fila: fila[lugar]))] if faltan else []
    return ordenes


def escribir(ordenes: Cambios) -> None:
    if connection.vendor != "sqlite":
        filas_postgres.escribir(ordenes)
        return
    with transaction.atomic():
        cursor = connection.connection.cursor()
        for orden, filas in ordenes:
            cursor.executemany(orden, filas)
        cursor.close()
