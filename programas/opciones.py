"""The options of a step «Decida» in its file: «## Opción: …» and «## Opción correcta: …», each with why under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .fichas import Opcion

ENCABEZADO = re.compile(r"^Opción( correcta)?:\s*(.*)$")
LARGO = 200  # what the block takes


def leer(titulo: str, explicacion: str) -> Opcion | None:
    """Return the option of a heading, or nothing when it is another thing."""
    encaja = ENCABEZADO.match(titulo)
    return Opcion(encaja[2].strip(), bool(encaja[1]), explicacion) if encaja else None


def escribir(opciones: tuple[Opcion, ...]) -> Iterator[str]:
    for una in opciones:
        yield f"## Opción correcta: {una.texto}" if una.correcta else f"## Opción: {una.texto}"
        yield from una.explicacion.splitlines()
        yield ""


def de_bloque(valor: Any) -> tuple[Opcion, ...]:
    """Return what the stream keeps as a file says it."""
    sueltas = [uno.get("value", uno) for uno in valor or ()]
    return tuple(
        Opcion(
            (una.get("texto") or "").strip(),
            bool(una.get("correcta")),
            "\n".join(linea.rstrip() for linea in (una.get("explicacion") or "").strip().splitlines()),
        )
        for una in sueltas
    )


def en_valor(una: Opcion) -> dict[str, Any]:
    return {"texto": una.texto, "correcta": una.correcta, "explicacion": una.explicacion}
