"""What a list does not say row by row because it is the same for all of them: said once, by whoever brings it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Supuestos:
    """Values for the cells that a list leaves empty. What a cell says always wins.

    ``provincia`` and ``distrito`` are INEI codes, ``nivel`` and ``calidad`` values of their choices, ``desde`` a day in
    ISO form. Empty means «not said».
    """

    provincia: str = ""
    distrito: str = ""
    nivel: str = ""
    calidad: str = ""
    desde: str = ""

    @classmethod
    def de_json(cls, dicho: Mapping[str, Any]) -> Self:
        return cls(**dicho)


NINGUNO = Supuestos()
