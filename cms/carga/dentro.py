"""What a load asks of the site from inside its settings: ``python -m cms.carga.dentro ORDEN``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cms.rendimiento.dentro import atender


def preparar(*, personas: int) -> list[dict[str, Any]]:
    from .gente import preparar

    return preparar(personas)


def faltan(*, confirmadas: list[list[str]]) -> int:
    from .gente import sin_guardar

    return sin_guardar({(intento, que) for intento, que in confirmadas})


ORDENES: dict[str, Callable[..., Any]] = {una.__name__: una for una in (preparar, faltan)}

if __name__ == "__main__":
    atender(ORDENES)
