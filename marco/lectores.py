"""How the rows of a statement that is written once become objects: found out once for a connection, not in each call.

The objects are those that Django's own readers give, with what they join and carry. What is neither rows of a model
nor tuples of values is read by Django's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.expressions import ColPairs
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

Fila = Sequence[Any]
# What only keeps the value that it is given, the first time.
CALLADOS = frozenset({DeferredAttribute, ForeignKeyDeferredAttribute})


def lector_de(consulta: QuerySet[Any], compilador: Any) -> Callable[[Iterable[Fila]], Iterator[Any]] | None:
    """Return what makes objects of rows, for the connection of this compiler. None: let Django read them."""
    columnas = [columna for columna, *_lo_demas in compilador.select[: compilador.col_count]]
    # What is known of the other side comes from a queryset that hangs from an object: a written one hangs from none.
    if consulta._known_related_objects or any(isinstance(columna, ColPairs) for columna in columnas):
        return None
    convertir = _convertidor(compilador, columnas)
    if consulta._iterable_class is ModelIterable:
        return _de_un_modelo(compilador, convertir)
    if consulta._iterable_class is FlatValuesListIterable:
        return lambda filas: (fila[0] for fila in convertir(filas))
    if consulta._iterable_class is ValuesListIterable:
        return lambda filas: map(tuple, convertir(filas))
    return None


def _convertidor(compilador: Any, columnas: Sequence[Any]) -> Callable[[Iterable[Fila]], Iterable[Fila]]:
    """What changes what the database gives into what each column says."""
    conexion = compilador.connection
    de_cada_una = [(lugar, *una) for lugar, una in compilador.get_converters(columnas).items()]
    if not de_cada_una:
        return lambda filas: filas

    def convertir(filas: Iterable[Fila]) -> Iterator[Fila]:
        for fila in map(list, filas):
            for lugar, pasos, columna in de_cada_una:
                valor = fila[lugar]
                for paso in pasos:
                    valor = paso(valor, columna, conexion)
                fila[lugar] = valor
            yield fila

    return convertir


def _de_un_modelo(
    compilador: Any, convertir: Callable[[Iterable[Fila]], Iterable[Fila]]
) -> Callable[[Iterable[Fila]], Iterator[Any]]:
    armar = _armador(compilador.klass_info, compilador.select, compilador.connection.alias)
    anotadas = tuple((compilador.annotation_col_map or {}).items())

    def leer(filas: Iterable[Fila]) -> Iterator[Any]:
        for fila in convertir(filas):
            objeto = armar(fila)
            for nombre, lugar in anotadas:
                setattr(objeto, nombre, fila[lugar])
            yield objeto

    return leer


def _armador(datos: Any, columnas: Sequence[Any], alias: str) -> Callable[[Fila], Any]:
    """What makes the object of a row, with those that it joins."""
    lugares = datos["select_fields"]
    seguidos = slice(lugares[0], lugares[-1] + 1)
    nombres = [una[0].target.attname for una in columnas[seguidos]]
    hacer = _hacedor(datos["model"], nombres, alias)
    juntos = [_junto(otro, columnas, alias) for otro in datos.get("related_klass_infos", ())]

    def armar(fila: Fila) -> Any:
        objeto = hacer(fila[seguidos])
        for juntar in juntos:
            juntar(fila, objeto)
        return objeto

    return armar


def _junto(datos: Any, columnas: Sequence[Any], alias: str) -> Callable[[Fila, Any], None]:
    """What puts beside an object the one that it joins, where there is one."""
    if datos["from_parent"]:  # its columns are not together: Django knows where they are
        from django.db.models.query import RelatedPopulator

        return RelatedPopulator(datos, columnas, alias).populate
    armar, en_este, en_el_otro = _armador(datos, columnas, alias), datos["local_setter"], datos["remote_setter"]
    primero = datos["select_fields"][0]
    nombres = [una[0].target.attname for una in columnas[primero : datos["select_fields"][-1] + 1]]
    llave = primero + nombres.index(datos["model"]._meta.pk_fields[0].attname)

    def juntar(fila: Fila, objeto: Any) -> None:
        otro = None if fila[llave] is None else armar(fila)
        en_este(objeto, otro)
        if otro is not None:
            en_el_otro(otro, objeto)

    return juntar


def _hacedor(modelo: type[Model], nombres: list[str], alias: str) -> Callable[[Fila], Any]:
    """What makes an object of its columns. A model that does nothing when it is made gets them without ceremony."""
    if not _es_sencillo(modelo, nombres):
        return lambda valores: modelo.from_db(alias, nombres, valores)

    def hacer(valores: Fila) -> Any:
        objeto = modelo.__new__(modelo)
        estado = ModelState()
        estado.adding, estado.db = False, alias
        objeto.__dict__["_state"] = estado
        objeto.__dict__.update(zip(nombres, valores, strict=True))
        return objeto

    return hacer


def _es_sencillo(modelo: type[Model], nombres: list[str]) -> bool:
    """Whether making one is to keep its columns: all of them come, nobody listens and none of them does anything."""
    return (
        nombres == [campo.attname for campo in modelo._meta.concrete_fields]
        and modelo.__init__ is Model.__init__
        and modelo.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]
        and modelo.__new__ is object.__new__
        and modelo.__setattr__ is object.__setattr__
        and all(type(getattr(modelo, nombre)) in CALLADOS for nombre in nombres)
        and not pre_init.has_listeners(modelo)
        and not post_init.has_listeners(modelo)
    )
