"""Many rows of one table written at once, when nothing of a model but its columns is at stake.

Django builds an object for each row and looks at every one of its columns, also those that do not change: with tens of
thousands of rows that is most of the time of a work. Here a row is its values: no signals, and no check of what the
related objects of a row are. On SQLite it takes the version 3.35 (2021) or a later one.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from typing import Any

from django.db import connections, models, router
from django.utils import timezone

from .cursores import cursor_que_prepara
from .derivados import CampoDerivado

LOTE = 3000  # rows of a statement, where their values fit
DE_UN_ACTO = 20  # rows of what one person does: the same few statements, again and again
SI_ESTA = " ON CONFLICT DO NOTHING"
Fila = Sequence[Any]
PASOS = ("get_db_prep_save", "get_db_prep_value", "get_prep_value")
DE_JSON = {dict: "{}", list: "[]"}


@cache
def _pasos(clase: type[models.Field]) -> tuple[Any, ...]:
    """What Django does with a value of such a column before it writes it."""
    return tuple(getattr(clase, paso) for paso in PASOS)


# Where those steps leave a value of this type as it is.
TEXTOS = frozenset(map(_pasos, (models.CharField, models.TextField)))
NUMEROS = frozenset(map(_pasos, (models.PositiveIntegerField, models.BigAutoField, models.ForeignKey)))


def insertar(
    modelo: type[models.Model], campos: Sequence[str], filas: Iterable[Fila], *, las_que_falten: bool = False
) -> None:
    """Insert rows with these values of these fields. One statement for thousands of rows, for as many as fit.

    ``las_que_falten``: a row that a constraint keeps single, and is there, stays as it is.
    """
    conexion = connections[router.db_for_write(modelo)]
    columnas = _columnas(modelo, tuple(campos))
    comienzo, si_esta = _insercion(modelo, columnas, conexion), SI_ESTA if las_que_falten else ""
    for valores, cuantas in _por_lotes(filas, columnas, conexion):
        with cursor_que_prepara(conexion) if cuantas <= DE_UN_ACTO else conexion.cursor() as cursor:
            cursor.execute(f"{comienzo}VALUES {_marcas(len(columnas), cuantas)}{si_esta}", valores)


def insertar_mientras(
    modelo: type[models.Model], campos: Sequence[str], filas: Iterable[Fila], *, mientras: str, de: Sequence[Any]
) -> bool:
    """Insert rows as ``insertar`` does, if a condition in SQL holds (``de``: its values). Returns whether it did.

    Only on SQLite: PostgreSQL does not guess the types of values that stand apart from their table.
    """
    conexion = connections[router.db_for_write(modelo)]
    columnas = _columnas(modelo, tuple(campos))
    comienzo = _insercion(modelo, columnas, conexion)
    for valores, cuantas in _por_lotes(filas, columnas, conexion):
        with cursor_que_prepara(conexion) as cursor:
            de_ahi = f"(VALUES {_marcas(len(columnas), cuantas)})"
            cursor.execute(f"{comienzo}SELECT * FROM {de_ahi} WHERE {mientras}", [*valores, *de])  # noqa: S608
            if cursor.rowcount != cuantas:
                return False
    return True


def insertar_una(modelo: type[models.Model], campos: Sequence[str], fila: Fila) -> Any:
    """Insert one row that brings all the fields but its number, and return that number."""
    conexion, meta = connections[router.db_for_write(modelo)], modelo._meta
    columnas = _columnas(modelo, tuple(campos))
    [(valores, _una)] = _por_lotes([fila], columnas, conexion)
    citado = conexion.ops.quote_name(meta.pk.column)
    with cursor_que_prepara(conexion) as cursor:
        comienzo = _insercion(modelo, columnas, conexion)
        cursor.execute(f"{comienzo}VALUES {_marcas(len(columnas), 1)} RETURNING {citado}", valores)
        return cursor.fetchone()[0]


def crear(
    modelo: type[models.Model], campos: Sequence[str], filas: Iterable[Fila], *, las_que_falten: bool = False
) -> list[int]:
    """Insert rows that bring these values, and return the number of each, in their order.

    The fields that they do not bring take what a new object has in them; computed columns (``marco.derivados``) are
    computed from what they bring. ``las_que_falten``: a row that a constraint keeps single, and is there, stays as it
    is, and gives no number.
    """
    filas = list(filas)
    if not filas:
        return []
    conexion, meta = connections[router.db_for_write(modelo)], modelo._meta
    columnas = [meta.get_field(campo) for campo in campos]
    demas = [columna for columna in meta.concrete_fields if columna not in columnas and not columna.primary_key]
    todas = [*columnas, *demas]
    lados = dict(zip(columnas, zip(*filas, strict=True), strict=True))
    nuevo = modelo()
    for columna in demas:
        lados[columna] = _relleno(columna, nuevo, {una.name: lado for una, lado in lados.items()}, len(filas))
    comienzo, citado = _insercion(modelo, todas, conexion), conexion.ops.quote_name(meta.pk.column)
    si_esta, numeros = SI_ESTA if las_que_falten else "", list[int]()
    for valores, cuantas in _por_lotes(zip(*(lados[columna] for columna in todas), strict=True), todas, conexion):
        with conexion.cursor() as cursor:
            # As with Django's own: the numbers come back in the order of the rows.
            cursor.execute(f"{comienzo}VALUES {_marcas(len(todas), cuantas)}{si_esta} RETURNING {citado}", valores)
            numeros += [numero for (numero,) in cursor.fetchall()]
    return numeros


def actualizar(
    modelo: type[models.Model],
    campos: Sequence[str],
    filas: Iterable[Fila],
    *,
    iguales: Mapping[str, Any] | None = None,
) -> None:
    """Update rows that exist: each brings its primary key and then these values. As many statements as ``insertar``.

    ``iguales``: the fields that take one value in all of them.
    """
    conexion, meta = connections[router.db_for_write(modelo)], modelo._meta
    columnas = [meta.pk, *(meta.get_field(campo) for campo in campos)]
    fijas = [(meta.get_field(campo), valor) for campo, valor in (iguales or {}).items()]
    citar, donde = conexion.ops.quote_name, conexion.ops.quote_name(meta.db_table)
    lados = [f"c{n}" for n in range(len(columnas))]
    nuevos = [_del_tipo(f"nuevas.{lado}", columna, conexion) for lado, columna in zip(lados, columnas, strict=True)]
    cambios = [f"{citar(c.column)} = {nuevo}" for c, nuevo in zip(columnas[1:], nuevos[1:], strict=True)]
    cambios += [f"{citar(columna.column)} = %s" for columna, _valor in fijas]
    de_todas = [columna.get_db_prep_save(valor, conexion) for columna, valor in fijas]
    for valores, cuantas in _por_lotes(filas, columnas, conexion):
        with conexion.cursor() as cursor:
            cursor.execute(
                f"WITH nuevas ({', '.join(lados)}) AS (VALUES {_marcas(len(columnas), cuantas)}) "  # noqa: S608
                f"UPDATE {donde} SET {', '.join(cambios)} FROM nuevas "
                f"WHERE {donde}.{citar(meta.pk.column)} = {nuevos[0]}",
                [*valores, *de_todas],
            )


def borrar(modelo: type[models.Model], numeros: Iterable[Any]) -> None:
    """Delete rows that nothing points at, by their number. One statement for thousands: Django makes one a hundred."""
    conexion, meta = connections[router.db_for_write(modelo)], modelo._meta
    citar = conexion.ops.quote_name
    donde = f"{citar(meta.db_table)} WHERE {citar(meta.pk.column)}"
    for valores, cuantas in _por_lotes(((numero,) for numero in numeros), [meta.pk], conexion):
        with conexion.cursor() as cursor:
            cursor.execute(f"DELETE FROM {donde} IN {_marcas(cuantas, 1)}", valores)  # noqa: S608


@cache
def _columnas(modelo: type[models.Model], campos: tuple[str, ...]) -> list[Any]:
    return [modelo._meta.get_field(campo) for campo in campos]


def _insercion(modelo: type[models.Model], columnas: Sequence[Any], conexion: Any) -> str:
    citar = conexion.ops.quote_name
    nombres = ", ".join(citar(columna.column) for columna in columnas)
    return f"INSERT INTO {citar(modelo._meta.db_table)} ({nombres}) "


def _relleno(columna: Any, nuevo: models.Model, lados: Mapping[str, Fila], cuantas: int) -> Fila:
    """What a column that the rows do not bring holds in each of them."""
    if isinstance(columna, CampoDerivado):
        return [columna.calcular(*textos) for textos in zip(*(lados[camino] for camino in columna.de), strict=True)]
    if columna.default in (models.NOT_PROVIDED, timezone.now) or not callable(columna.default):
        return [columna.pre_save(nuevo, True)] * cuantas  # all of them were made at one time
    return [columna.get_default() for _fila in range(cuantas)]


def _por_lotes(filas: Iterable[Fila], columnas: Sequence[Any], conexion: Any) -> Iterator[tuple[list[Any], int]]:
    maximo = conexion.features.max_query_params
    caben = min(LOTE, maximo // len(columnas)) if maximo else LOTE
    restantes = iter(filas)
    while lote := list(islice(restantes, caben)):
        lados = zip(columnas, zip(*lote, strict=True), strict=True)
        preparados = [_preparar(columna, valores, conexion) for columna, valores in lados]
        yield list(chain.from_iterable(zip(*preparados, strict=True))), len(lote)


def _preparar(columna: Any, valores: Sequence[Any], conexion: Any) -> Sequence[Any]:
    """The values of a column as the database takes them. Django is not asked about those that it would not change."""
    tipos, pasos = {*map(type, valores)} - {type(None)}, _pasos(type(columna))
    if pasos in TEXTOS and all(issubclass(tipo, str) for tipo in tipos):
        return valores
    if conexion.vendor == "sqlite" and pasos in NUMEROS and tipos <= {int}:
        return valores
    if valores[0] is valores[-1] and all(valor is valores[0] for valor in valores):
        return [columna.get_db_prep_save(valores[0], conexion)] * len(valores)
    if conexion.vendor == "sqlite" and type(columna) is models.JSONField and tipos <= DE_JSON.keys():
        escribir = (columna.encoder or json.JSONEncoder)().encode
        return [valor if valor is None else escribir(valor) if valor else DE_JSON[type(valor)] for valor in valores]
    if tipos <= {datetime.date, datetime.datetime}:
        dias = {dia: columna.get_db_prep_save(dia, conexion) for dia in {*valores}}
        return [dias[dia] for dia in valores]
    return [columna.get_db_prep_save(valor, conexion) for valor in valores]


def _marcas(columnas: int, filas: int) -> str:
    return ", ".join([f"({', '.join(['%s'] * columnas)})"] * filas)


def _del_tipo(expresion: str, columna: Any, conexion: Any) -> str:
    """PostgreSQL does not guess the type of a value that stands alone; SQLite takes that of the column."""
    return expresion if conexion.vendor == "sqlite" else f"CAST({expresion} AS {columna.db_type(conexion)})"
