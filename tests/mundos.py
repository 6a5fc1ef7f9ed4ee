"""Fixtures made once: the same function over the same rows leaves the same rows, and they are written back as they are.

``moldes`` pours a programme; this pours whatever a fixture leaves in the database, with what it returns. It is for
fixtures that write rows and nothing else: what a file or the cache keeps is not given back. Where it began is read
whole, and compared row by row: over anything else, and when it grows old, the fixture is made again. On PostgreSQL,
where numbers are not given back with what is undone, the first fixture of a test begins to count where the others did.
"""

from __future__ import annotations

import io
import os
import pickle
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, wraps
from typing import Any, TypeVar

from django.core.cache import cache as guardado
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from tests import filas, filas_postgres
from tests.filas import Filas, Tabla

T = TypeVar("T")
# The same in every test, and the largest: the kinds of content and what may be done with them. And what SQLite itself
# writes, by chance, with each fact (``seguimiento.models.disparadores``): so it does when the facts are written back.
FIJAS = {"django_content_type", "auth_permission", "kuska_seguimiento_cuentadecambios"}
VALE = timedelta(minutes=3)
Lugar = tuple[str, int, int]


@dataclass(frozen=True)
class Mundo:
    """What there was, what the fixture wrote over it, what there is then, and its objects as they were."""

    antes: tuple[Filas, ...]
    cambios: filas.Cambios
    despues: tuple[Filas, ...]
    objetos: bytes
    cuando: datetime

    def vale(self, antes: tuple[Filas, ...]) -> bool:
        ahora = timezone.now()
        mismo_dia = timezone.localdate(self.cuando) == timezone.localdate(ahora)
        return timedelta(0) <= ahora - self.cuando < VALE and mismo_dia and (self.antes is antes or self.antes == antes)


CUANTOS = 60
EN_VANO = 8  # in this file, what it begins from is another each time: no use in looking
_mundos: OrderedDict[tuple[str, int], Mundo] = OrderedDict()
_veces: Counter[tuple[str, str]] = Counter()
_sabido: tuple[Lugar | None, tuple[Filas, ...]] | None = None
_al_empezar: tuple[Filas, ...] | None = None
_numeros = ""


def hecho_una_vez(hacer: Callable[..., T]) -> Callable[..., T]:
    """Decorate the function of a fixture, below ``pytest.fixture``: pour what it left the first time.

    What it takes are other fixtures, which the rows tell apart. Those that it changes (a person, a programme) are left
    as it left them. What it returns must be such that ``pickle`` gives it back.
    """

    nombre = f"{hacer.__module__}.{hacer.__qualname__}"

    @wraps(hacer)
    def envoltura(**pedidas: Any) -> T:
        aqui = (nombre, _prueba().partition("::")[0])
        if not connection.in_atomic_block or _veces[aqui] >= EN_VANO:
            return hacer(**pedidas)
        todas = _como_esta()
        antes = _hechos(todas)
        clave = (nombre, hash(antes))
        mundo = _mundos.get(clave)
        if mundo is None or not mundo.vale(antes):
            _veces[aqui] += 1
            mundo, resultado = _hacer(hacer, pedidas, todas)
            _mundos[clave] = mundo
            if len(_mundos) > CUANTOS:
                _mundos.popitem(last=False)
        else:
            del _veces[aqui]
            _mundos.move_to_end(clave)
            filas.escribir(mundo.cambios)
            resultado = _devolver(mundo.objetos, pedidas)
        _saber(mundo.despues)
        guardado.clear()  # as warm after it is made as after it is poured
        return resultado

    return envoltura


def _hacer(hacer: Callable[..., T], pedidas: dict[str, Any], todas: tuple[Filas, ...]) -> tuple[Mundo, T]:
    cuando = timezone.now()
    resultado = hacer(**pedidas)
    despues = leer()
    cambios = filas.cambios(tablas(), todas, despues)
    return Mundo(_hechos(todas), cambios, despues, _guardar(resultado, pedidas), cuando), resultado


@cache
def tablas() -> tuple[Tabla, ...]:
    return tuple(filas.tabla_de(uno) for uno in filas.modelos(lambda modelo: modelo._meta.db_table not in FIJAS))


def leer() -> tuple[Filas, ...]:
    return filas.leer(tablas())


def _prueba() -> str:
    return os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]


def _aqui() -> Lugar | None:
    """This test, this connection, and how many rows it has written so far: ``filas_postgres`` asks it otherwise."""
    if connection.vendor != "sqlite":
        return None
    conexion = connection.connection
    return (_prueba(), id(conexion), conexion.total_changes if conexion else -1)


def _como_esta() -> tuple[Filas, ...]:
    """Every row. When nothing was written since the last fixture of this same test, that one knows."""
    if _sabido and _sabido[0] and _sabido[0] == _aqui():
        return _sabido[1]
    todas = leer()
    if connection.vendor != "sqlite" and todas == _al_empezar:
        filas.escribir([(_numeros, [])])
    return todas


def preparar() -> None:
    """Know what there is before any test."""
    global _al_empezar, _numeros
    if connection.vendor != "sqlite":
        filas_postgres.preparar(tablas())
        _al_empezar = leer()
        _numeros = filas_postgres.numeros(tablas(), _al_empezar)


def _hechos(todas: tuple[Filas, ...]) -> tuple[Filas, ...]:
    return todas if connection.vendor == "sqlite" else filas_postgres.sin_marcas(tablas(), todas)


def _saber(despues: tuple[Filas, ...]) -> None:
    global _sabido
    _sabido = (_aqui(), despues)
    if connection.vendor != "sqlite":
        filas_postgres.saber(tablas(), despues)


class _Escribe(pickle.Pickler):
    """A fixture that was asked for is itself; of a browser, its cookies."""

    def __init__(self, salida: io.BytesIO, pedidas: dict[str, Any]) -> None:
        super().__init__(salida, pickle.HIGHEST_PROTOCOL)
        self.nombres = {id(valor): nombre for nombre, valor in pedidas.items() if valor is not None}

    def persistent_id(self, objeto: Any) -> str | None:
        return self.nombres.get(id(objeto))

    def reducer_override(self, objeto: Any) -> Any:
        return (_con_cookies, (objeto.cookies,)) if type(objeto) is Client else NotImplemented


class _Lee(pickle.Unpickler):
    def __init__(self, objetos: bytes, pedidas: dict[str, Any]) -> None:
        super().__init__(io.BytesIO(objetos))
        self.persistent_load = pedidas.__getitem__


def _con_cookies(cookies: Any) -> Client:
    cliente = Client()
    cliente.cookies = cookies
    return cliente


def _lo_que_cambia(valor: Any) -> dict[str, Any] | None:
    if isinstance(valor, Client):
        return {"cookies": valor.cookies}
    return vars(valor) if isinstance(valor, Model) or type(valor).__module__.startswith("tests.") else None


def _guardar(resultado: Any, pedidas: dict[str, Any]) -> bytes:
    salida = io.BytesIO()
    cambiadas = {nombre: _lo_que_cambia(valor) for nombre, valor in pedidas.items()}
    _Escribe(salida, pedidas).dump((resultado, cambiadas))
    return salida.getvalue()


def _devolver(objetos: bytes, pedidas: dict[str, Any]) -> Any:
    resultado, cambiadas = _Lee(objetos, pedidas).load()
    for nombre, suyas in cambiadas.items():
        if suyas is not None:
            vars(pedidas[nombre]).update(suyas)
    return resultado
