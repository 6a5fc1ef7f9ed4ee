"""A question answered by choosing, as it is frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NO_LO_SE = "no-lo-se"  # the option of an entry form for who does not know: an answer, never right


@dataclass(frozen=True)
class Alternativa:
    # Files do not carry it: «origen» leaves it out of what is compared with them.
    clave: str = field(metadata={"origen": True})
    texto: str
    correcta: bool
    explicacion: str = ""

    def a_json(self) -> dict[str, Any]:
        return {
            "clave": self.clave,
            "texto": self.texto,
            "correcta": self.correcta,
            "explicacion": self.explicacion,
        }


@dataclass(frozen=True)
class Eleccion:
    alternativas: tuple[Alternativa, ...]

    @property
    def claves(self) -> tuple[str, ...]:
        return tuple(una.clave for una in self.alternativas)

    @property
    def correctas(self) -> frozenset[str]:
        return frozenset(una.clave for una in self.alternativas if una.correcta)

    @classmethod
    def de_json(cls, datos: Mapping[str, Any]) -> Eleccion:
        return cls(
            tuple(
                Alternativa(
                    clave=str(una["clave"]),
                    texto=una.get("texto", ""),
                    correcta=bool(una.get("correcta")),
                    explicacion=una.get("explicacion", ""),
                )
                for una in datos.get("alternativas", ())
            )
        )

    def a_json(self) -> dict[str, Any]:
        return {"alternativas": [una.a_json() for una in self.alternativas]}


@dataclass(frozen=True)
class AlternativaVisible:
    """An option while it is asked: its words, and whether it is chosen."""

    clave: str
    texto: str
    elegida: bool


@dataclass(frozen=True)
class EleccionVisible:
    alternativas: tuple[AlternativaVisible, ...]
    varias: bool


@dataclass(frozen=True)
class AlternativaExplicada:
    """An option of an answer. ``correcta`` is told only where each one chosen is marked."""

    texto: str
    explicacion: str
    correcta: bool | None = None


@dataclass(frozen=True)
class EleccionExplicada:
    """``marcada``: each option chosen is told right or not; else only why."""

    elegidas: tuple[AlternativaExplicada, ...]
    correctas: tuple[AlternativaExplicada, ...]
    marcada: bool = False
    otras: tuple[AlternativaExplicada, ...] = ()  # neither chosen nor right: told where everything may be known
