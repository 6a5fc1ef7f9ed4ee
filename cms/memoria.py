"""The cache of the embedded profile: in each process, and forgotten by all when one of them takes something away.

A site that saves its settings takes them out of the cache: without this, the other processes would show the old ones
for a minute. A number in a file says that something went; reading it is reading memory.
"""

from __future__ import annotations

import mmap
import time
from pathlib import Path
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.exceptions import ImproperlyConfigured

from marco.del_sistema import sin_traducir

LARGO = 8


class MemoriaDelEquipo(LocMemCache):
    """Django's own, and ``OPTIONS["archivo"]``: where the number is."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        opciones = dict(params.get("OPTIONS") or {})
        archivo = Path(opciones.pop("archivo"))
        super().__init__(name, {**params, "OPTIONS": opciones})
        self._numero = _abrir(archivo)
        self._visto = self._numero[:]

    def _al_dia(self) -> None:
        if (ahora := self._numero[:]) != self._visto:
            self._visto = ahora
            super().clear()

    def _avisar(self) -> None:
        self._numero[:] = self._visto = time.time_ns().to_bytes(LARGO, "big")

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        self._al_dia()
        return super().add(key, value, *args, **kwargs)

    def get(self, key: Any, *args: Any, **kwargs: Any) -> Any:
        self._al_dia()
        return super().get(key, *args, **kwargs)

    def has_key(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        self._al_dia()
        return super().has_key(key, *args, **kwargs)

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        self._al_dia()
        super().set(key, value, *args, **kwargs)

    def delete(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        self._al_dia()
        habia = super().delete(key, *args, **kwargs)
        self._avisar()
        return habia

    def clear(self) -> None:
        super().clear()
        self._avisar()


def _abrir(archivo: Path) -> mmap.mmap:
    """The number, in memory that every process that opens the file shares."""
    try:
        archivo.parent.mkdir(parents=True, exist_ok=True)
        with archivo.open("a+b") as abierto:
            if abierto.seek(0, 2) < LARGO:
                abierto.write(b"\0" * LARGO)
                abierto.flush()
            return mmap.mmap(abierto.fileno(), LARGO)
    except OSError as error:
        raise ImproperlyConfigured(
            f"No se puede escribir en la carpeta de los datos, {archivo.parent} ({sin_traducir(error.errno)}). Libere "
            "espacio, o déjela del usuario que enciende el aula."
        ) from None
