"""Which rule of the database refused a row, and doing again an act that lost a race by it.

An ``IntegrityError`` says that something was refused, not what. Doing again whatever it was hides faults; asking for
the constraint that was meant does not. PostgreSQL names it; SQLite names its columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar

from django.db import IntegrityError, OperationalError, models, transaction

T = TypeVar("T")
VECES = 12  # each one lost means that another act was written: nobody turns for ever
POR_TURNO = {"40001", "40P01"}  # serialization failure, deadlock: PostgreSQL asks to begin again

Restriccion = tuple[type[models.Model], str]


class Ocupada(Exception):
    """The space cannot take this act now. Nothing of it was saved; doing it again later works."""


def choco_con(error: BaseException, *restricciones: Restriccion) -> bool:
    """Whether one of these refused the row: pairs of a model and the name of its constraint or its unique field."""
    causa = error.__cause__ or error
    nombre = getattr(getattr(causa, "diag", None), "constraint_name", None)
    texto = str(causa)
    for modelo, cual in restricciones:
        columnas = list(_columnas(modelo, cual))
        tabla = modelo._meta.db_table
        if nombre is not None:
            if nombre == cual or nombre.startswith(f"{tabla}_{'_'.join(columnas)}_"):
                return True
        elif texto.endswith(": " + ", ".join(f"{tabla}.{columna}" for columna in columnas)):
            return True
    return False


def _columnas(modelo: type[models.Model], cual: str) -> Iterator[str]:
    """The columns of a constraint of this model; of no such name, the one of a field with that name."""
    for restriccion in modelo._meta.constraints:
        if restriccion.name == cual and isinstance(restriccion, models.UniqueConstraint):
            yield from (modelo._meta.get_field(campo).column for campo in restriccion.fields)
            return
    yield modelo._meta.get_field(cual).column


def es_de_turno(error: BaseException) -> bool:
    """Whether PostgreSQL undid a transaction only because of others at the same time."""
    return getattr(error.__cause__ or error, "sqlstate", None) in POR_TURNO


def otra_vez(*restricciones: Restriccion) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Run an act in a transaction, again when another one wrote first what these constraints keep single.

    The act reads what it needs by itself each time. Inside a wider transaction it is tried by its own savepoint.
    """

    def decorar(acto: Callable[..., T]) -> Callable[..., T]:
        @wraps(acto)
        def envoltura(*partes: Any, **datos: Any) -> T:
            for _vez in range(VECES):
                try:
                    with transaction.atomic():
                        return acto(*partes, **datos)
                except IntegrityError as error:
                    if not choco_con(error, *restricciones):
                        raise
                except OperationalError as error:
                    if not es_de_turno(error) or transaction.get_connection().in_atomic_block:
                        raise
            raise Ocupada

        return envoltura

    return decorar


def sin_punto_de_retorno(acto: Callable[..., T]) -> Callable[..., T]:
    """Run an act in a transaction: in that of whoever calls, when there is one.

    For an act that refuses before it writes anything: there is nothing to go back to, and a savepoint is two statements
    more, each with a text that is never said again.
    """

    @wraps(acto)
    def envoltura(*partes: Any, **datos: Any) -> T:
        if transaction.get_connection().in_atomic_block:
            return acto(*partes, **datos)
        with transaction.atomic():
            return acto(*partes, **datos)

    return envoltura
