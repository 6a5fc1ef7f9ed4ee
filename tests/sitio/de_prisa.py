"""Read first by each Python of the environment of the proof: what only takes time of whoever migrates takes less.

Three sites migrate from nothing there, and models are drawn by the thousand. The collector looks through them less
often; and which setting swaps a model, that Django forgets at each step and looks for again, is always the same.
"""

from __future__ import annotations

import gc
import sys
from functools import cache, partial
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

REGISTRO = "django.apps.registry"


class AlLeerlo:
    """Finds the registry of applications, and leaves what is found of one that will not change."""

    @staticmethod
    def find_spec(nombre: str, ruta: Any = None, destino: Any = None) -> ModuleSpec | None:
        if nombre != REGISTRO:
            return None
        sys.meta_path.remove(AlLeerlo)
        hallado = PathFinder.find_spec(nombre, ruta)
        if hallado and hallado.loader:
            leer = hallado.loader.exec_module

            def recordar(modulo: ModuleType) -> None:
                leer(modulo)
                cual = cache(partial(modulo.Apps.get_swappable_settings_name.__wrapped__, modulo.apps))
                cual.cache_clear = lambda: None
                modulo.apps.get_swappable_settings_name = cual

            hallado.loader.exec_module = recordar
        return hallado


gc.set_threshold(100_000, 50, 100)
sys.meta_path.insert(0, AlLeerlo)
