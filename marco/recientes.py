"""What was asked for lately, in a process that has no room for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Recientes:
    """What was asked for lately. When it is full, what nobody has asked for since the last time goes, and it alone."""

    def __init__(self, caben: Callable[[], int]) -> None:
        self._caben = caben
        self._nuevas: dict[Any, Any] = {}
        self._viejas: dict[Any, Any] = {}

    def get(self, clave: Any) -> Any:
        hallada = self._nuevas.get(clave)
        if hallada is None and (hallada := self._viejas.get(clave)) is not None:
            self.poner(clave, hallada)
        return hallada

    def poner(self, clave: Any, valor: Any) -> None:
        if len(self._nuevas) >= self._caben() // 2:
            self._nuevas, self._viejas = {}, self._nuevas
        if self._caben():
            self._nuevas[clave] = valor

    def holgada(self) -> bool:
        """Whether nothing had to go so far: what is not asked for yet takes nobody's place."""
        return not self._viejas and self._caben() > 0

    def todas(self) -> dict[Any, Any]:
        return {**self._viejas, **self._nuevas}

    def clear(self) -> None:
        self._nuevas, self._viejas = {}, {}
