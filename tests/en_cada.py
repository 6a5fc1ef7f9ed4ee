"""One rule for hundreds of files: one test, that names every one that does not keep it.

As many tests as files take more time to begin and to end than to read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest


def en_cada(casos: Callable[[], Iterable[Any]]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Decorate what says whether one of them keeps the rule, with an ``assert``."""

    def decorar(cumple: Callable[..., None]) -> Callable[[], None]:
        def prueba() -> None:
            vistos, faltas = 0, []
            for caso in casos():
                vistos += 1
                try:
                    cumple(*caso.values)
                except AssertionError as falta:
                    faltas.append(f"{caso.id}: {falta}")
            assert vistos
            if faltas:
                pytest.fail("\n\n".join(faltas), pytrace=False)

        prueba.__name__, prueba.__doc__, prueba.__module__ = cumple.__name__, cumple.__doc__, cumple.__module__
        return prueba

    return decorar
