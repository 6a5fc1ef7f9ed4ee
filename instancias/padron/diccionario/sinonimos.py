"""The table of synonyms that ships with the plugin: how lists write the seats of the norm, a quality, a level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from .claves import clave_de

PALABRAS = Path(__file__).resolve().parents[2] / "datos" / "palabras.yaml"
SIGUE_UN_NOMBRE = "…"


@dataclass(frozen=True)
class Manera:
    """A way of writing: its key, and whether a proper name may follow it."""

    clave: str
    sigue_un_nombre: bool = False

    @classmethod
    def de(cls, texto: str) -> Manera:
        return cls(clave_de(texto), texto.endswith(SIGUE_UN_NOMBRE))


@dataclass(frozen=True)
class Sinonimos:
    asientos: Mapping[str, tuple[Manera, ...]]  # by the code of the kind of seat
    por_preguntar: Mapping[str, Mapping[Manera, tuple[str, ...]]]  # by level: the seats that each word may be
    cargos: frozenset[str]
    puestos: frozenset[str]
    calidades: Mapping[str, str]
    niveles: Mapping[str, str]
    abreviaturas: Mapping[str, frozenset[str]]
    de_distrito: frozenset[str]
    de_provincia: frozenset[str]


@cache
def sinonimos() -> Sinonimos:
    dicha = yaml.safe_load(PALABRAS.read_text(encoding="utf-8"))
    return Sinonimos(
        asientos={codigo: tuple(map(Manera.de, textos)) for codigo, textos in dicha["asientos"].items()},
        por_preguntar={
            nivel: {Manera.de(texto): tuple(codigos) for texto, codigos in palabras.items()}
            for nivel, palabras in dicha["por_preguntar"].items()
        },
        cargos=frozenset(clave_de(cargo) for cargo in dicha["cargos"]),
        puestos=frozenset(clave_de(puesto) for puesto in dicha["puestos"]),
        calidades=_al_reves(dicha["calidades"]),
        niveles=_al_reves(dicha["niveles"]),
        abreviaturas={corta: frozenset(largas) for corta, largas in dicha["abreviaturas"].items()},
        de_distrito=frozenset(dicha["de_distrito"]),
        de_provincia=frozenset(dicha["de_provincia"]),
    )


def _al_reves(maneras: Mapping[str, list[str]]) -> dict[str, str]:
    return {clave_de(texto): valor for valor, textos in maneras.items() for texto in textos}
