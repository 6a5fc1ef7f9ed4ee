"""Many rows of one table written at once, when nothing of a model but its columns is at stake.

Django builds an object for each row and looks at every one of its columns, also those that do not change: with tens of
thousands of rows that is most of the time of a work. Here a row is its values: no signals, and no check of what the
related objects of a row are. On SQLite it takes the version 3.35 (2021) or a later one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connections, models, router

LOTE = 3000  # rows of a statement, where their values fit
Fila = Sequence[Any]


def insertar(modelo: type[models.Model], campos: Sequence[str], filas: Iterable[Fila]) -> None:
    """Insert rows with these values of these fields. One statement for thousands of rows, for as many as fit."""
    conexion, meta = connections[router.db_for_write(modelo)], modelo._meta
    columnas = [meta.get_field(campo) for campo in campos]
    citar = conexion.ops.quote_name
    comienzo = f"INSERT INTO {citar(meta.db_table)} ({', '.join(citar(c.column) for c in columnas)}) VALUES "  # noqa: S608
    for valores, cuantas in _por_lotes(filas, columnas, conexion):
        with conexion.cursor() as cursor:
            cursor.execute(comienzo + _marcas(len(columnas), cuantas), valores)


def crear(objetos: Sequence[models.Model]) -> None:
    """Insert objects of one model and give each its number, with its computed columns (``marco.derivados``)."""
    if not objetos:
        return
    meta = objetos[0]._meta
    base = router.db_for_write(objetos[0].__class__)
    conexion = connections[base]
    columnas = [columna for columna in meta.concrete_fields if not columna.primary_key]
    citar = conexion.ops.quote_name
    comienzo = f"INSERT INTO {citar(meta.db_table)} ({', '.join(citar(c.column) for c in columnas)}) VALUES "  # noqa: S608
    filas = ([columna.pre_save(objeto, True) for columna in columnas] for objeto in objetos)
    numeros: list[Any] = []
    for valores, cuantas in _por_lotes(filas, columnas, conexion):
        with conexion.cursor() as cursor:
            # As with Django's own: the numbers come back in the order of the rows.
            cursor.execute(f"{comienzo}{_marcas(len(columnas), cuantas)} RETURNING {citar(meta.pk.column)}", valores)
            numeros += [numero for (numero,) in cursor.fetchall()]
    for objeto, numero in zip(objetos, numeros, strict=True):
        objeto.pk, objeto._state.adding, objeto._state.db = numero, False, base


def actualizar(modelo: type[models.Model], campos: Sequence[str], filas: Iterable[Fila]) -> None:
    """Update rows that exist: each brings its primary key and then these values. As many statements as ``insertar``."""
    conexion, meta = connections[router.db_for_write(modelo)], modelo._meta
    columnas = [meta.pk, *(meta.get_field(campo) for campo in campos)]
    citar, donde = conexion.ops.quote_name, conexion.ops.quote_name(meta.db_table)
    lados = [f"c{n}" for n in range(len(columnas))]
    nuevos = [_del_tipo(f"nuevas.{lado}", columna, conexion) for lado, columna in zip(lados, columnas, strict=True)]
    cambios = ", ".join(f"{citar(c.column)} = {nuevo}" for c, nuevo in zip(columnas[1:], nuevos[1:], strict=True))
    for valores, cuantas in _por_lotes(filas, columnas, conexion):
        with conexion.cursor() as cursor:
            cursor.execute(
                f"WITH nuevas ({', '.join(lados)}) AS (VALUES {_marcas(len(columnas), cuantas)}) "  # noqa: S608
                f"UPDATE {donde} SET {cambios} FROM nuevas WHERE {donde}.{citar(meta.pk.column)} = {nuevos[0]}",
                valores,
            )


def _por_lotes(filas: Iterable[Fila], columnas: Sequence[Any], conexion: Any) -> Iterator[tuple[list[Any], int]]:
    maximo = conexion.features.max_query_params
    caben = min(LOTE, maximo // len(columnas)) if maximo else LOTE
    restantes = iter(filas)
    while lote := list(islice(restantes, caben)):
        valores = [
            columna.get_db_prep_save(valor, conexion)
            for fila in lote
            for columna, valor in zip(columnas, fila, strict=True)
        ]
        yield valores, len(lote)


def _marcas(columnas: int, filas: int) -> str:
    return ", ".join([f"({', '.join(['%s'] * columnas)})"] * filas)


def _del_tipo(expresion: str, columna: Any, conexion: Any) -> str:
    """PostgreSQL does not guess the type of a value that stands alone; SQLite takes that of the column."""
    return expresion if conexion.vendor == "sqlite" else f"CAST({expresion} AS {columna.db_type(conexion)})"
