"""Questions whose text is written once: building the same statement anew is half of what a page takes.

A question is a function of plain values (numbers, texts, days, instants) that returns a queryset. The first time it is
built and compiled twice, each time with other stand-ins for its values; both texts must be the same, and where their
parameters differ is where each value goes. From then on a call fills in the values and reads the rows as Django reads
them: the same objects, with what they join and carry. What is not a plain value (a flag, a function, nothing at all)
makes a text of its own for each.

Nothing about the values may be decided in Python while the queryset is built, and nothing may be read there that
changes on its own, the clock above all: it would stay as it was. ``tests/marco/test_preparadas.py`` compares each
question with what Django writes anew, on both engines and on several days.

PostgreSQL reads and plans each of them once for a connection too, where the site lets it (``cursores``).
"""

from __future__ import annotations

import copy
import datetime
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial, update_wrapper
from typing import Any
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import QuerySet
from django.db.models.sql import UpdateQuery
from django.utils import timezone

from .cursores import cursor_que_prepara
from .lectores import lector_de
from .literales import escribir

PREPARADAS: list[_Escrita] = []
TODAS: list[_Escrita] = []  # those that are compared elsewhere, or not at all, too
LO_MAS_LEJOS = datetime.timedelta(days=1000)  # the stand-ins of two values are further away than this
EN_FILA = ("{{{}}}", "[{}]")  # how PostgreSQL and SQLite take many whole numbers as one text (``de_estos``)
ENTRE_DOS = datetime.timedelta(days=2501, hours=1)
MAYOR = 2**63 - 1  # a number that no column holds is left to Django, which answers without asking
ANCHOS = {"Int2": 2**15 - 1, "Int4": 2**31 - 1}  # as PostgreSQL's driver calls them


@dataclass(frozen=True)
class _Texto:
    """A statement with the places of its values: by name, where each goes and how the database takes it."""

    consulta: Any
    compilador: Any
    sql: str
    parametros: tuple[Any, ...]
    lugares: Mapping[str, Sequence[tuple[int, Callable[[Any], Any]]]]

    def leer(self, conexion: Any, valores: Mapping[str, Any]) -> list[Any]:
        filas = self._filas(conexion, self.con(valores))
        lector = self._lector(conexion)
        if lector is not None:
            return list(lector(filas))
        compilador = self._en(conexion)
        compilador.execute_sql = lambda *_como, **_otros: [filas]
        return list(self.consulta._iterable_class(_Leida(self.consulta, compilador, conexion.alias)))

    def _en(self, conexion: Any) -> Any:
        """The compiler, of this connection."""
        compilador = copy.copy(self.compilador)
        compilador.connection = conexion
        return compilador

    def _filas(self, conexion: Any, parametros: tuple[Any, ...]) -> Sequence[Any]:
        """The rows as they come, without what is read only to order them."""
        with cursor_que_prepara(conexion) as cursor:
            cursor.execute(self.sql, parametros)
            filas: Sequence[Any] = cursor.fetchall()
        compilador = self.compilador
        return [fila[: compilador.col_count] for fila in filas] if compilador.has_extra_select else filas

    def _lector(self, conexion: Any) -> Any:
        """How its rows are read, found out once for each connection.

        It is kept in the connection, since it holds it, and goes when it goes.
        """
        guardados = conexion.__dict__.setdefault("_kuska_lectores", WeakKeyDictionary())
        if self.compilador not in guardados:
            guardados[self.compilador] = lector_de(self.consulta, self._en(conexion))
        return guardados[self.compilador]

    def cambiar(self, conexion: Any, valores: Mapping[str, Any], *, y_leer: bool = False) -> Any:
        with transaction.mark_for_rollback_on_error(using=conexion.alias), cursor_que_prepara(conexion) as cursor:
            cursor.execute(self.sql, self.con(valores))
            return cursor.fetchall() if y_leer else cursor.rowcount

    def con(self, valores: Mapping[str, Any]) -> tuple[Any, ...]:
        """The parameters, with these values in their places."""
        parametros = list(self.parametros)
        for nombre, lugares in self.lugares.items():
            for lugar, adaptar in lugares:
                parametros[lugar] = adaptar(valores[nombre])
        return tuple(parametros)


class _Leida:
    """What Django's readers of rows ask of a queryset, with a compiler in place of building one."""

    def __init__(self, consulta: QuerySet, compilador: Any, alias: str) -> None:
        self._consulta, self._compilador = consulta, compilador
        self.db = alias
        self.queryset = self.query = self

    def get_compiler(self, using: str | None = None) -> Any:
        return self._compilador

    def __getattr__(self, nombre: str) -> Any:
        consulta = self.__dict__["_consulta"]
        return getattr(consulta, nombre) if hasattr(consulta, nombre) else getattr(consulta.query, nombre)


class _Escrita:
    """What is common to a question and to a change: its texts, one for each combination of what is not a value."""

    def __init__(self, construir: Callable[..., Any], *, se_anota: bool = True) -> None:
        self.construir = construir
        self._textos: dict[tuple[Any, ...], _Texto | None] = {}
        update_wrapper(self, construir)
        TODAS.append(self)
        if se_anota:
            PREPARADAS.append(self)

    def olvidar(self) -> None:
        self._textos.clear()

    def _texto(self, conexion: Any, valores: Mapping[str, Any]) -> _Texto | None:
        tipos = [_TIPOS.get(type(valor)) or _tipo(valor) for valor in valores.values()]
        de_que = [valor if tipo is None else tipo for tipo, valor in zip(tipos, valores.values(), strict=True)]
        clave = (conexion.vendor, *zip(valores, de_que, strict=True))
        if clave not in self._textos:
            sueltos = {nombre: tipo for nombre, tipo in zip(valores, tipos, strict=True) if tipo}
            fijos = {nombre: valor for nombre, valor in valores.items() if nombre not in sueltos}
            self._textos[clave] = _escribir(self, conexion.alias, sueltos, fijos)
        return self._textos[clave]

    def compilar(self, construido: Any, alias: str) -> tuple[Any, Any, str, Sequence[Any]]:
        raise NotImplementedError


class Preparada(_Escrita):
    """A question written once. Called with its values by name, it returns the rows; see the module."""

    def __call__(self, **valores: Any) -> list[Any]:
        """Return the rows, as a list. Raises what the database raises, and TypeError for a value that cannot wait."""
        if any(type(valor) is int and abs(valor) > MAYOR for valor in valores.values()):
            return list(self.construir(**valores))
        conexion = connections[DEFAULT_DB_ALIAS]
        texto = self._texto(conexion, valores)
        return texto.leer(conexion, valores) if texto else []

    def primera(self, **valores: Any) -> Any:
        """Return the first row, or None."""
        return next(iter(self(**valores)), None)

    def compilar(self, construido: QuerySet, alias: str) -> tuple[Any, Any, str, Sequence[Any]]:
        compilador = construido.query.get_compiler(using=alias)
        return (construido, compilador, *compilador.as_sql())


class CambioPreparado(_Escrita):
    """A change written once: the function returns a queryset and what changes of its rows, as ``update`` takes it."""

    def __call__(self, **valores: Any) -> int:
        """Return how many rows changed."""
        conexion = connections[DEFAULT_DB_ALIAS]
        texto = self._texto(conexion, valores)
        return texto.cambiar(conexion, valores) if texto else 0

    def compilar(self, construido: tuple[QuerySet, Mapping[str, Any]], alias: str) -> tuple[Any, ...]:
        filas, cambios = construido
        consulta = filas.query.chain(UpdateQuery)
        consulta.add_update_values(cambios)
        compilador = consulta.get_compiler(using=alias)
        return (consulta, compilador, *compilador.as_sql())


class CambioQueDice(CambioPreparado):
    """A change that tells what one column of each row became, in the same statement."""

    def __init__(self, construir: Callable[..., Any], columna: str) -> None:
        super().__init__(construir)
        self.columna = columna

    def __call__(self, **valores: Any) -> list[Any]:  # type: ignore[override]
        """Return that column of the rows that changed, as the database keeps it."""
        conexion = connections[DEFAULT_DB_ALIAS]
        texto = self._texto(conexion, valores)
        return [una for (una,) in texto.cambiar(conexion, valores, y_leer=True)] if texto else []

    def compilar(self, construido: tuple[QuerySet, Mapping[str, Any]], alias: str) -> tuple[Any, ...]:
        consulta, compilador, sql, parametros = super().compilar(construido, alias)
        return consulta, compilador, f"{sql} RETURNING {connections[alias].ops.quote_name(self.columna)}", parametros


def preparada(construir: Callable[..., QuerySet]) -> Preparada:
    """Decorate a function of keyword values that returns a queryset."""
    return Preparada(construir)


def cambio_preparado(construir: Callable[..., tuple[QuerySet, Mapping[str, Any]]]) -> CambioPreparado:
    """Decorate a function of keyword values that returns a queryset and what changes of it."""
    return CambioPreparado(construir)


def cambio_que_dice(columna: str) -> Callable[[Callable[..., Any]], CambioQueDice]:
    """The same, for a change that tells what this column became: a text, or a number."""
    return lambda construir: CambioQueDice(construir, columna)


def olvidar_todas() -> None:
    """Write them again: something that they hold for fixed has changed (a kind was registered)."""
    for una in TODAS:
        una.olvidar()


# Two stand-ins for the nth value of each type: small numbers, since a column may be narrow.
_SENUELOS: dict[type, tuple[Callable[[int], Any], Callable[[int], Any]]] = {
    int: (lambda n: 31_001 + n, lambda n: 29_001 + n),
    str: (lambda n: f"hueco{n}%a", lambda n: f"hueco{n}%b"),  # what escapes it shows
    Decimal: (lambda n: Decimal(31_001 + n), lambda n: Decimal(29_001 + n)),
    uuid.UUID: (lambda n: uuid.UUID(int=2 * n + 1), lambda n: uuid.UUID(int=2 * n + 2)),
    datetime.datetime: (
        lambda n: datetime.datetime(1971, 1, 1, tzinfo=datetime.UTC) + n * ENTRE_DOS,
        lambda n: datetime.datetime(1981, 1, 1, tzinfo=datetime.UTC) + n * ENTRE_DOS,
    ),
    datetime.date: (
        lambda n: datetime.date(1951, 1, 1) + n * ENTRE_DOS,
        lambda n: datetime.date(1961, 1, 1) + n * ENTRE_DOS,
    ),
}


_TIPOS: dict[type, type] = {tipo: tipo for tipo in _SENUELOS}  # those that are exactly one, which most are


def _tipo(valor: Any) -> type | None:
    """Of which type of plain value it is; a flag is none."""
    if isinstance(valor, bool):
        return None
    return next((tipo for tipo in _SENUELOS if isinstance(valor, tipo)), None)


def _escribir(escrita: _Escrita, alias: str, sueltos: Mapping[str, type], fijos: Mapping[str, Any]) -> _Texto | None:
    """Compile with two sets of stand-ins, and find where each value goes. None: there can be no rows."""
    construir = escrita.construir
    unos, otros = (
        {nombre: _SENUELOS[tipo][cual](n) for n, (nombre, tipo) in enumerate(sueltos.items())} for cual in (0, 1)
    )
    try:
        consulta, compilador, sql, parametros = escrita.compilar(construir(**unos, **fijos), alias)
        _, _, otro_sql, otros_parametros = escrita.compilar(construir(**otros, **fijos), alias)
    except EmptyResultSet:
        return None
    if sql != otro_sql or len(parametros) != len(otros_parametros):
        raise TypeError(f"{construir.__qualname__}: its text depends on its values")
    lugares: dict[str, list[tuple[int, Callable[[Any], Any]]]] = {}
    for lugar, (uno, otro) in enumerate(zip(parametros, otros_parametros, strict=True)):
        if uno != otro:
            nombre, adaptar = _de_cual(alias, unos, otros, uno, otro)
            if nombre is None:
                raise TypeError(f"{construir.__qualname__}: parameter {lugar} is worked out of a value: {uno!r}")
            lugares.setdefault(nombre, []).append((lugar, adaptar))
    escrito, quedan = escribir(sql, parametros, {lugar for suyos in lugares.values() for lugar, _como in suyos})
    nuevo = {lugar: n for n, lugar in enumerate(quedan)}
    suyos = {nombre: [(nuevo[lugar], como) for lugar, como in donde] for nombre, donde in lugares.items()}
    return _Texto(consulta, compilador, escrito, tuple(parametros[lugar] for lugar in quedan), suyos)


def _de_cual(
    alias: str, unos: Mapping[str, Any], otros: Mapping[str, Any], uno: Any, otro: Any
) -> tuple[str | None, Callable[[Any], Any]]:
    """Which value is in a parameter, and how the database takes it."""
    for nombre, valor in unos.items():
        for adaptar in _formas(valor, uno, alias):
            if adaptar(valor) == uno and adaptar(otros[nombre]) == otro:
                return nombre, adaptar
    return None, _igual


def _formas(valor: Any, escrito: Any, alias: str) -> tuple[Callable[[Any], Any], ...]:
    """The ways in which a value may have become a parameter: as it is, as the engine writes it, so many days away."""
    operaciones = connections[alias].ops
    match valor:
        case int():
            return (partial(_a_lo_ancho, type(escrito)),) if isinstance(escrito, int) else ()
        case str():
            escapado = operaciones.prep_for_like_query
            de_texto = (_igual, escapado, lambda uno: f"%{escapado(uno)}%", lambda uno: f"{escapado(uno)}%")
            return (*de_texto, *(partial(str.format, en_fila) for en_fila in EN_FILA))
        case uuid.UUID():
            return (_igual, lambda uno: uno.hex)
        case datetime.datetime():
            al_motor, lejos = operaciones.adapt_datetimefield_value, _lejos(valor, escrito)
            su_dia = partial(_dia_de, operaciones.adapt_datefield_value)
            return (al_motor, lambda uno: al_motor(uno + lejos), su_dia)
        case datetime.date():
            al_motor, lejos = operaciones.adapt_datefield_value, _lejos(valor, escrito)
        case _:
            return (_igual,)
    return (al_motor, lambda uno: al_motor(uno + lejos))


def _a_lo_ancho(clase: type, valor: int) -> Any:
    """A number as PostgreSQL's driver is told how wide it is. It cuts the bits that do not fit and says nothing, so
    that one too large would be another number: it goes as the widest, and then no row of a narrow column has it.
    """
    if abs(valor) > MAYOR:
        raise OverflowError(f"no column holds {valor}")
    if abs(valor) > ANCHOS.get(clase.__name__, MAYOR):
        from psycopg.types.numeric import Int8

        return Int8(valor)
    return clase(valor)


def _lejos(valor: datetime.date, escrito: Any) -> datetime.timedelta:
    """How far from a day or an instant is what was written of it."""
    try:
        leido = type(valor).fromisoformat(escrito) if isinstance(escrito, str) else escrito
        if isinstance(leido, datetime.datetime) and leido.tzinfo is None:
            leido = leido.replace(tzinfo=datetime.UTC)
        lejos = leido - valor
    except (TypeError, ValueError):
        return datetime.timedelta()
    return lejos if abs(lejos) <= LO_MAS_LEJOS else datetime.timedelta()


def _dia_de(al_motor: Callable[[Any], Any], instante: datetime.datetime) -> Any:
    """The day of an instant, where the site is."""
    return al_motor(timezone.localdate(instante))


def _igual(valor: Any) -> Any:
    return valor
