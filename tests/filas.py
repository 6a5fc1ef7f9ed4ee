"""Rows as the database keeps them: read whole tables, and write a difference back. No model runs, no signal is sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

Filas = tuple[Any, ...]
Cambios = list[tuple[str, list[Any]]]


@dataclass(frozen=True)
class Tabla:
    nombre: str
    clave: str
    columnas: tuple[str, ...]

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
    return Tabla(opciones.db_table, opciones.pk.column, columnas)


def leer(tablas: Sequence[Tabla]) -> tuple[Filas, ...]:
    """Every row of those tables, without a statement that a test could count."""
    connection.ensure_connection()
    return _leer_sqlite(tablas) if connection.vendor == "sqlite" else _leer_postgres(tablas)


def _leer_sqlite(tablas: Sequence[Tabla]) -> tuple[Filas, ...]:
    cursor = connection.connection.cursor()
    # «+» keeps the driver from turning what is kept into dates and booleans.
    ordenes = (
        f'SELECT {", ".join(f"""+"{c}" """ for c in tabla.columnas)} FROM "{tabla.nombre}" ORDER BY "{tabla.clave}"'
        for tabla in tablas
    )
    return tuple(tuple(cursor.execute(orden).fetchall()) for orden in ordenes)


def _leer_postgres(tablas: Sequence[Tabla]) -> tuple[Filas, ...]:
    filas: list[list[str]] = [[] for _tabla in tablas]
    orden = " UNION ALL ".join(
        f'SELECT {n}, row_to_json(t)::text FROM "{tabla.nombre}" t' for n, tabla in enumerate(tablas)
    )
    with connection.connection.cursor() as cursor:
        cursor.execute(orden)
        for lugar, fila in cursor.fetchall():
            filas[lugar].append(fila)
    return tuple(tuple(sorted(suyas)) for suyas in filas)


def cambios(tablas: Sequence[Tabla], antes: Sequence[Filas], despues: Sequence[Filas]) -> Cambios:
    """The statements, with their rows, that turn one state into the other: what changed goes and comes back."""
    ordenes: Cambios = []
    for tabla, viejas, nuevas in zip(tablas, antes, despues, strict=True):
        sobran, faltan = (list(dict.fromkeys(a).keys() - set(b)) for a, b in ((viejas, nuevas), (nuevas, viejas)))
        if connection.vendor == "sqlite":
            lugar = tabla.columnas.index(tabla.clave)
            borrar = f'DELETE FROM "{tabla.nombre}" WHERE "{tabla.clave}" = ?'
            poner = f'INSERT INTO "{tabla.nombre}" ({tabla.nombres}) VALUES ({", ".join("?" for _ in tabla.columnas)})'
            ordenes += [(borrar, [(fila[lugar],) for fila in sobran])] if sobran else []
            ordenes += [(poner, sorted(faltan, key=lambda fila: fila[lugar]))] if faltan else []
        else:
            borrar = f'DELETE FROM "{tabla.nombre}" WHERE "{tabla.clave}"::text = ANY(%s)'
            poner = (
                f'INSERT INTO "{tabla.nombre}" ({tabla.nombres}) SELECT {tabla.nombres} '
                f'FROM json_populate_recordset(NULL::"{tabla.nombre}", %s::json)'
            )
            ordenes += [(borrar, [([str(json.loads(fila)[tabla.clave]) for fila in sobran],)])] if sobran else []
            ordenes += [(poner, [(f"[{','.join(sorted(faltan))}]",)])] if faltan else []
    return ordenes


def escribir(ordenes: Cambios) -> None:
    with transaction.atomic():
        cursor = connection.connection.cursor()
        for orden, filas in ordenes:
            cursor.executemany(orden, filas)
        cursor.close()
