"""The cache that several processes share, and without which everything works: what it does not answer is read again.

Redis stopped, slow or full, or with values of another version, is a cache with nothing in it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)
T = TypeVar("T")

PAUSA = 5.0  # seconds without asking a Redis that did not answer
ESPERA = 0.5  # seconds that somebody waits for it once


class ClienteQueNoFalla(RedisCacheClient):
    """Answer as an empty cache when Redis does not; then leave it alone for ``PAUSA`` seconds."""

    # Of the process: Django makes a client for each thread.
    no_antes_de = 0.0

    def __init__(self, servers: list[str], **opciones: Any) -> None:
        # One more try, at once: the connection may be one that Redis closed when it started again.
        base = {"socket_timeout": ESPERA, "socket_connect_timeout": ESPERA, "retry": Retry(NoBackoff(), 1)}
        super().__init__(servers, **{**base, **opciones})

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


class CacheQueNoFalla(RedisCache):
    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ClienteQueNoFalla
