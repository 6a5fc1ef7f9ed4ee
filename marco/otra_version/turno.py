"""The turn of a row: whoever saves it holds it from what is read until what is written.

PostgreSQL keeps the row; on SQLite the transaction has the whole file (decision 61).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

DE_LECTURA = {"GET", "HEAD", "OPTIONS"}
Vista = Callable[..., HttpResponseBase]


def tomar(filas: QuerySet[Any]) -> None:
    """Hold these rows until the transaction ends. What only points at them goes on."""
    list(filas.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))


@contextmanager
def turno(filas: QuerySet[Any]) -> Iterator[None]:
    with transaction.atomic():
        tomar(filas)
        yield


def en_turno(filas: Callable[..., QuerySet[Any]]) -> Callable[[Vista], Vista]:
    """A page that saves reads and writes in the turn of the rows that ``filas`` says of its address."""

    def decorar(vista: Vista) -> Vista:
        @wraps(vista)
        def una(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in DE_LECTURA:
                return vista(request, *args, **kwargs)
            with turno(filas(*args, **kwargs)):
                return vista(request, *args, **kwargs)

        return una

    return decorar
