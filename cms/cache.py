"""The cache that several processes share, and without which everything works: what it does not answer is read again.

Redis stopped, slow or full, or with values of another version, is a cache with nothing in it.

What a process read a moment ago it does not ask for again: a number in Redis changes each time that somebody takes
something away, and whoever sees another one forgets all that it had at hand (so does the memory of one machine).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)
T = TypeVar("T")

PAUSA = 5.0  # seconds without asking a Redis that did not answer
ESPERA = 0.5  # seconds that somebody waits for it once
FRESCO = 0.02  # seconds without looking at the number: less than what a page takes to come back
A_MANO = 5.0  # and those that something stays at hand: what was written over it, and what Redis let go, is seen then
CABEN = 500  # things at hand
PESA = 32 * 1024  # bytes of the largest
# What Django's sessions write, each time that somebody uses them, does not wait to be seen.
DE_UNA_SESION = "django.contrib.sessions."
NUMERO = "kuska:numero"
NADA = object()


class ClienteQueNoFalla(RedisCacheClient):
    """Answer as an empty cache when Redis does not; then leave it alone for ``PAUSA`` seconds."""

    # Of the process: Django makes a client for each thread.
    no_antes_de = 0.0

    def __init__(self, servers: list[str], **opciones: Any) -> None:
        # One more try, at once: the connection may be one that Redis closed when it started again.
        base = {"socket_timeout": ESPERA, "socket_connect_timeout": ESPERA, "retry": Retry(NoBackoff(), 1)}
        super().__init__(servers, **{**base, **opciones})
        self._clientes: dict[Any, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """One for each server, that is kept: Django makes another each time, which takes twice what asking does."""
        piscina = self._get_connection_pool(write)
        if piscina not in self._clientes:
            self._clientes[piscina] = self._client(connection_pool=piscina)
        return self._clientes[piscina]

    def _si_responde(self, acto: Callable[[], T], si_no: T) -> T:
        if time.monotonic() < type(self).no_antes_de:
            return si_no
        try:
            return acto()
        except (RedisError, OSError):
            type(self).no_antes_de = time.monotonic() + PAUSA
            logger.warning("cache out of reach")
            return si_no

    def _si_se_lee(self, acto: Callable[[], T], si_no: T) -> T:
        """As above, and what this version cannot read is not there."""
        try:
            return self._si_responde(acto, si_no)
        except Exception:  # noqa: BLE001 - whatever a value of another version raises
            logger.warning("cache holds what cannot be read")
            return si_no

    def add(self, key: str, value: Any, timeout: int | None) -> bool:
        return self._si_responde(lambda: super(ClienteQueNoFalla, self).add(key, value, timeout), si_no=False)

    def get(self, key: str, default: Any) -> Any:
        return self._si_se_lee(lambda: super(ClienteQueNoFalla, self).get(key, default), default)

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        self._si_responde(lambda: super(ClienteQueNoFalla, self).set(key, value, timeout), None)

    def touch(self, key: str, timeout: int | None) -> bool:
        return self._si_responde(lambda: super(ClienteQueNoFalla, self).touch(key, timeout), si_no=False)

    def delete(self, key: str) -> bool:
        return self._si_responde(lambda: super(ClienteQueNoFalla, self).delete(key), si_no=False)

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        return self._si_se_lee(lambda: super(ClienteQueNoFalla, self).get_many(keys), {})

    def has_key(self, key: str) -> bool:
        return self._si_responde(lambda: super(ClienteQueNoFalla, self).has_key(key), si_no=False)

    def incr(self, key: str, delta: int) -> int:
        """Raise ValueError when there is no such key, as any cache does."""

        def sumar() -> int:
            return int(super(ClienteQueNoFalla, self).incr(key, delta))

        if (suma := self._si_responde(sumar, None)) is None:
            raise ValueError(f"Key '{key}' not found.")
        return suma

    def set_many(self, data: dict[str, Any], timeout: int | None) -> None:
        self._si_responde(lambda: super(ClienteQueNoFalla, self).set_many(data, timeout), None)

    def delete_many(self, keys: list[str]) -> None:
        self._si_responde(lambda: super(ClienteQueNoFalla, self).delete_many(keys), None)

    def clear(self) -> bool:
        return self._si_responde(lambda: super(ClienteQueNoFalla, self).clear(), si_no=False)


class _Memoria(LocMemCache):
    """Without what is large, and without what nobody asked for again."""

    def _set(self, key: str, value: bytes, timeout: Any = DEFAULT_TIMEOUT) -> None:
        if len(value) <= PESA:
            super()._set(key, value, timeout)
        else:
            self._delete(key)

    def barrer(self) -> None:
        with self._lock:
            ahora = time.time()
            for llave in [una for una, hasta in self._expire_info.items() if hasta is not None and hasta <= ahora]:
                self._delete(llave)


class _AMano:
    """What this process read of a server, and the number that it had then. Of all its threads."""

    def __init__(self, nombre: str) -> None:
        self.memoria = _Memoria(nombre, {"OPTIONS": {"MAX_ENTRIES": CABEN}})
        self.numero: Any = None
        self.hasta = self.se_barre = 0.0
        self.turno = threading.Lock()

    def cambiar(self, numero: Any) -> None:
        with self.turno:
            if numero is None or numero != self.numero:
                self.memoria.clear()
            ahora = time.monotonic()
            self.numero, self.hasta = numero, ahora + FRESCO
            if ahora >= self.se_barre:
                self.memoria.barrer()
                self.se_barre = ahora + A_MANO

    def guardar(self, llave: str, valor: Any, numero: Any) -> None:
        """Keep what was read, but for somebody who began before everything was forgotten."""
        with self.turno:
            if numero == self.numero:
                self.memoria.set(llave, valor, A_MANO)


_a_mano: dict[str, _AMano] = {}


class CacheQueNoFalla(RedisCache):
    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ClienteQueNoFalla
        self._cerca = _a_mano.setdefault(str(server), _AMano(f"de {server}"))
        self._numero = self.make_key(NUMERO)

    def _al_dia(self) -> Any:
        """The number; nothing when there is no Redis to ask, and then nothing is at hand."""
        if time.monotonic() < self._cerca.hasta and self._cerca.numero is not None:
            return self._cerca.numero
        numero = self._cache.get(self._numero, None)
        if numero is None and self._cache.add(self._numero, nuevo := time.time_ns(), None):
            numero = nuevo  # the first one, or what it had is gone
        self._cerca.cambiar(numero)
        return numero

    def _avisar(self) -> None:
        self._cache.set(self._numero, time.time_ns(), None)
        self._cerca.cambiar(None)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        if _de_una_sesion(key):
            return super().get(key, default, version)
        llave, numero = self.make_and_validate_key(key, version=version), self._al_dia()
        if numero is not None and (cerca := self._cerca.memoria.get(llave, NADA)) is not NADA:
            return cerca
        leido = self._cache.get(llave, NADA)
        if leido is NADA:
            return default
        self._cerca.guardar(llave, leido, numero)
        return leido

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        llaves, numero = {self.make_and_validate_key(una, version=version): una for una in keys}, self._al_dia()
        halladas = {}
        for llave in llaves if numero is not None else ():
            if (cerca := self._cerca.memoria.get(llave, NADA)) is not NADA:
                halladas[llave] = cerca
        if faltan := [llave for llave in llaves if llave not in halladas]:
            leidas = self._cache.get_many(faltan)
            for llave, valor in leidas.items():
                if not _de_una_sesion(llaves[llave]):
                    self._cerca.guardar(llave, valor, numero)
            halladas |= leidas
        return {llaves[llave]: valor for llave, valor in halladas.items()}

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        super().set(key, value, timeout, version)
        self._olvidar([key], version)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        puesto = bool(super().add(key, value, timeout, version))
        self._olvidar([key], version)
        return puesto

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        estaba = bool(super().touch(key, timeout, version))
        self._olvidar([key], version)
        return estaba

    def set_many(self, data: dict[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        super().set_many(data, timeout, version)
        self._olvidar(data, version)
        return []

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        suma = int(super().incr(key, delta, version))
        self._olvidar([key], version)
        return suma

    def delete(self, key: Any, version: int | None = None) -> bool:
        habia = bool(super().delete(key, version))
        self._avisar()
        return habia

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        super().delete_many(keys, version)
        self._avisar()

    def clear(self) -> bool:
        vacia = bool(super().clear())
        self._avisar()
        return vacia

    def _olvidar(self, claves: Iterable[Any], version: int | None) -> None:
        for una in claves:
            self._cerca.memoria.delete(self.make_key(una, version=version))


def _de_una_sesion(clave: Any) -> bool:
    return str(clave).startswith(DE_UNA_SESION)
