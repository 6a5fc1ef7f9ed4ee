"""Pages by key: each begins where the one before ended, whoever came or went meanwhile. No row twice, none left out.

The address says the last row that was shown (``tras``), or the first one (``antes``), by numbers that name nobody.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Subquery
from django.http import HttpRequest

from marco.numeros import entero_de

POR_PAGINA = 25
EPOCA, SEGUNDO = datetime.datetime.fromtimestamp(0, datetime.UTC), datetime.timedelta(seconds=1)
Clave = tuple[Any, ...]


@dataclass(frozen=True)
class Orden:
    """The order of a list: expressions that tell each row from every other, and how an address writes their values."""

    campos: tuple[str, ...]
    leer: Callable[[str], Clave | None]
    escribir: Callable[[Any], str]


@dataclass(frozen=True)
class PaginaPorClave:
    """Some rows, how many there are in all, and what the address of its neighbours says."""

    filas: list[Any]
    total: int
    antes: str = ""
    tras: str = ""

    @property
    def has_other_pages(self) -> bool:
        return bool(self.antes or self.tras)


def por_pk(consulta: QuerySet, *campos: str) -> Orden:
    """The order of rows that are found by their key: where one stands is asked in the same statement."""
    modelo = consulta.model._default_manager

    def leer(texto: str) -> Clave | None:
        pk = entero_de(texto)
        if pk is None:
            return None
        suya = modelo.filter(pk=pk)
        return (*(Subquery(suya.values(campo)[:1]) for campo in campos), pk)

    return Orden((*campos, "pk"), leer, lambda fila: str(fila.id))


def por_espera() -> Orden:
    """The order of whom to remind: the reason, since when they wait, and who they are."""

    def leer(texto: str) -> Clave | None:
        numeros = [entero_de(parte) for parte in texto.split("-")]
        if len(numeros) != 4 or None in numeros:
            return None
        orden, segundos, micros, pk = numeros
        return (orden, EPOCA + datetime.timedelta(seconds=segundos, microseconds=micros), pk)

    def escribir(fila: Any) -> str:
        espera = fila.espera - EPOCA
        return f"{fila.orden}-{espera // SEGUNDO}-{espera.microseconds}-{fila.id}"

    return Orden(("orden", "espera", "pk"), leer, escribir)


def despues_de(campos: Sequence[str], clave: Clave, *, atras: bool = False) -> Q:
    """Condition «this row comes after the one of this key», or before it."""
    condicion, iguales = Q(pk__in=[]), Q()
    for campo, valor in zip(campos, clave, strict=True):
        condicion |= iguales & Q(**{f"{campo}__{'lt' if atras else 'gt'}": valor})
        iguales &= Q(**{campo: valor})
    return condicion


def pagina_de_claves(
    request: HttpRequest, claves: Sequence[Clave], orden: Orden, leer: Callable[[Sequence[Clave]], list[Any]]
) -> PaginaPorClave:
    """The same page as ``pagina_por_clave``, of keys that are at hand, in order."""
    total, cuantas = len(claves), POR_PAGINA
    atras = orden.leer(request.GET.get("antes", ""))
    clave = atras or orden.leer(request.GET.get("tras", ""))
    if clave is None and total > cuantas and (en := orden.leer(request.GET.get("en", ""))):
        clave = (*en[:-1], en[-1] - 1)
    if atras:
        fin = bisect_left(claves, atras)
        desde = max(fin - cuantas, 0)
        hay_antes, hay_despues = desde > 0, True
    else:
        desde = bisect_right(claves, clave) if clave is not None else 0
        fin = desde + cuantas
        hay_antes, hay_despues = clave is not None, fin < total
    filas = leer(claves[desde:fin]) if fin > desde else []
    if not filas:
        return PaginaPorClave([], total)
    return PaginaPorClave(
        filas,
        total,
        antes=orden.escribir(filas[0]) if hay_antes else "",
        tras=orden.escribir(filas[-1]) if hay_despues else "",
    )


def pagina_por_clave(
    request: HttpRequest,
    consulta: QuerySet,
    orden: Orden,
    leer: Callable[[QuerySet], list[Any]],
    *,
    contados: int | None = None,
    cuantas: int = POR_PAGINA,
) -> PaginaPorClave:
    """Read the page that the address asks for; a key that cannot be read is the beginning.

    ``en`` begins at that very row, where all of them would not fit: so a link reaches a row of a long page.
    """
    total = consulta.order_by().count() if contados is None else contados
    atras = orden.leer(request.GET.get("antes", ""))
    clave = atras or orden.leer(request.GET.get("tras", ""))
    if clave is None and total > cuantas and (en := orden.leer(request.GET.get("en", ""))):
        clave = (*en[:-1], en[-1] - 1)
    if clave is not None:
        consulta = consulta.filter(despues_de(orden.campos, clave, atras=bool(atras)))
    sentido = [F(campo).desc() if atras else F(campo).asc() for campo in orden.campos]
    filas = leer(consulta.order_by(*sentido)[: cuantas + 1])
    hay_mas, filas = len(filas) > cuantas, filas[:cuantas]
    if atras:
        filas.reverse()
    if not filas:
        return PaginaPorClave([], total)
    hay_antes, hay_despues = (hay_mas, True) if atras else (clave is not None, hay_mas)
    return PaginaPorClave(
        filas,
        total,
        antes=orden.escribir(filas[0]) if hay_antes else "",
        tras=orden.escribir(filas[-1]) if hay_despues else "",
    )
