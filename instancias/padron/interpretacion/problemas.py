"""What is wrong in a row or worth noting, said beside the cell that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

# Of these it is enough that somebody looks: the row may be saved as it is.
ACEPTABLES = frozenset(
    {"posible_repetida", "nombre_por_confirmar", "parecen_cambiados", "con_titulo", "solo_iniciales"}
)


@dataclass(frozen=True)
class Problema:
    """Why a row is not saved: the column of the cell, the sentence, a code, what was read and its likely right values.

    ``campo`` is the key of a column (empty when it is about the row as a whole). A proposal is never applied alone.
    """

    campo: str
    texto: str
    codigo: str
    propuestas: tuple[str, ...] = ()
    leido: str = ""

    def __str__(self) -> str:
        return self.texto

    @classmethod
    def de_json(cls, dicho: Mapping[str, Any]) -> Self:
        return cls(**{**dicho, "propuestas": tuple(dicho.get("propuestas", ()))})


@dataclass(frozen=True)
class Nota:
    """What somebody should know of a cell that is saved as the sentence says."""

    campo: str
    texto: str

    def __str__(self) -> str:
        return self.texto

    @classmethod
    def de_json(cls, dicho: Mapping[str, Any]) -> Self:
        return cls(**dicho)
