"""What is asked of a site that is measured from inside its settings: ``python -m cms.rendimiento.dentro ORDEN``.

It reads what it needs as JSON and answers in JSON, so that whoever measures has no database of its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import django


def poblar(*, personas: int, evaluados: int, bajo: str = "") -> dict[str, Any]:
    from .poblacion import preparar

    return preparar(personas, evaluados=evaluados, bajo=bajo)


def contar(*, sabe: dict[str, Any], nombre: str, cifrado: bool) -> dict[str, int]:
    from .escenas import ESCENAS
    from .sentencias import contar

    return contar(ESCENAS, sabe, nombre=nombre, cifrado=cifrado)


def un_pdf(*, rondas: int) -> dict[str, float]:
    from .papeles import un_pdf

    return un_pdf(rondas=rondas)


def terminar_muchos(*, cuantos: int) -> dict[str, Any]:
    from .papeles import terminar_muchos

    return terminar_muchos(cuantos=cuantos)


def un_lote(*, cuenta: int) -> dict[str, float]:
    from .papeles import un_lote

    return un_lote(cuenta=cuenta)


ORDENES: dict[str, Callable[..., Any]] = {
    una.__name__: una for una in (poblar, contar, un_pdf, terminar_muchos, un_lote)
}


def atender(ordenes: dict[str, Callable[..., Any]]) -> None:
    """Do what the first argument says with what comes in, and answer."""
    django.setup()
    sys.stdout.write(json.dumps(ordenes[sys.argv[1]](**json.load(sys.stdin))))


if __name__ == "__main__":
    atender(ORDENES)
