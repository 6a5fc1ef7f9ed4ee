"""What must always be true of what is kept: each rule looks for the rows that break it, and says what to do.

A rule asks the database, or walks rows by lots: it never holds more than a handful. Only numbers of rows are told.
Rooms give theirs with the hook ``invariantes``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from django.db import DatabaseError, connection
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .models import Comprobacion
from .razones import razon_de

logger = logging.getLogger(__name__)

HASTA = 1000  # rows of one rule that are counted: from here on, it is «many»
EJEMPLOS = 10
LOTE = 500


@dataclass(frozen=True)
class Invariante:
    """``buscar`` yields what names each row that breaks the rule. ``lenta``: it reads every row, or every file."""

    clave: str
    dice: str | Promise
    que_hacer: str | Promise
    buscar: Callable[[], Iterable[Any]]
    lenta: bool = False


@dataclass(frozen=True)
class Resultado:
    """``error`` names, for a machine, why a rule could not be asked; ``razon`` says it in a sentence."""

    clave: str
    dice: str
    que_hacer: str
    faltas: int
    ejemplos: tuple[str, ...]
    segundos: float
    error: str = ""
    razon: str = ""

    @property
    def se_cumple(self) -> bool:
        return not self.faltas and not self.error

    def plano(self) -> dict[str, Any]:
        return asdict(self)


def todas() -> list[Invariante]:
    """The rules of this room and of those that are installed, in the order of the rooms."""
    reglas = list(_de_esta_sala())
    for dar in hooks.get_hooks("invariantes"):
        reglas.extend(dar())
    return reglas


def revisar(*, rapido: bool = False, solo: Iterable[str] = ()) -> Iterator[Resultado]:
    """Look for what breaks each rule, one after the other. ``rapido`` leaves out those that read every row."""
    pedidas = set(solo)
    for regla in todas():
        if pedidas and regla.clave not in pedidas:
            continue
        if rapido and regla.lenta and regla.clave not in pedidas:
            continue
        yield _revisar(regla)


def _revisar(regla: Invariante) -> Resultado:
    desde = time.monotonic()
    faltas, ejemplos, error, razon = 0, [], "", ""
    try:
        for fila in islice(regla.buscar(), HASTA):
            faltas += 1
            if len(ejemplos) < EJEMPLOS:
                ejemplos.append(str(fila))
    except (DatabaseError, OSError, ValueError) as fallo:  # a rule that cannot be asked is not one that holds
        logger.warning("a rule could not be asked: %s", regla.clave, extra={"error": type(fallo).__name__})
        error, razon = type(fallo).__name__, razon_de(fallo)
    return Resultado(
        clave=regla.clave,
        dice=str(regla.dice),
        que_hacer=str(regla.que_hacer),
        faltas=faltas,
        ejemplos=tuple(ejemplos),
        segundos=round(time.monotonic() - desde, 3),
        error=error,
        razon=razon,
    )


def numeros(filas: Any) -> Iterator[int]:
    """The numbers of the rows of a question, by lots."""
    return filas.order_by().values_list("pk", flat=True).iterator(chunk_size=LOTE)


def _de_esta_sala() -> Iterator[Invariante]:
    yield Invariante(
        "referencias",
        _("Nada apunta a una fila que no está."),
        _("La base está dañada: deje el aula en solo lectura y restaure la última copia buena."),
        _sin_dueno,
    )
    yield Invariante(
        "base_entera",
        _("La base se lee entera, con sus índices."),
        _("La base está dañada: deje el aula en solo lectura y restaure la última copia buena."),
        _paginas_rotas,
        lenta=True,
    )


def _sin_dueno() -> Iterator[str]:
    """SQLite is asked row by row; PostgreSQL, whether a constraint was left without looking."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_key_check")
            yield from (f"{fila[0]}:{fila[1]}" for fila in cursor)
        elif connection.vendor == "postgresql":
            cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
            yield from (fila[0] for fila in cursor)


def _paginas_rotas() -> Iterator[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check(10)")
            yield from (str(fila[0])[:80] for fila in cursor if fila[0] != "ok")
        elif connection.vendor == "postgresql":
            cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
            yield from (fila[0] for fila in cursor)


@dataclass(frozen=True)
class ReglaRota:
    """A rule that the last run found broken, or could not ask (``razon``), as people read it."""

    dice: str
    faltas: int
    ejemplos: tuple[str, ...]
    que_hacer: str
    razon: str = ""


def reglas_rotas() -> list[ReglaRota]:
    ultima = Comprobacion.objects.first()
    return [] if ultima is None else list(_rotas(ultima))


def _rotas(ultima: Comprobacion) -> Iterator[ReglaRota]:
    for una in ultima.resultados:
        if una["error"]:
            razon = una.get("razon") or razon_de(None)
            yield ReglaRota(una["dice"], una["faltas"], tuple(una["ejemplos"]), que_hacer_sin_saber(), razon)
        elif una["faltas"]:
            yield ReglaRota(una["dice"], una["faltas"], tuple(una["ejemplos"]), una["que_hacer"])


def que_hacer_sin_saber() -> str:
    """That a rule could not be asked says nothing of what is kept: nobody restores a copy for it."""
    return gettext("Compruebe otra vez. Si sigue igual, lea el registro del servidor y avise a quien da soporte.")
