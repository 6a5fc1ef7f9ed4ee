"""Invented people for the demonstration: names of the area put together at random, documents that nobody has.

Numbers that start with 9999 have not been given to anybody; phones 900 0xx xxx are not assigned either. The same seed
gives the same people on every machine.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import yaml

SEMILLA = 30364
NOMBRES = Path(__file__).with_name("nombres.yaml")

# Share of seats with somebody, and how far people are, by district: some tables run well, one has not begun, one has
# nobody yet. In order: finished, only the evaluation missing, under way, stopped, needs help, never entered.
PARTES = ("termino", "solo_evaluacion", "en_curso", "detenido", "ayuda", "no_entro")
AVANCE_POR_TERRITORIO: dict[str, tuple[float, tuple[int, ...]]] = {
    "1006": (0.95, (14, 1, 3, 1, 1, 1)),
    "100601": (0.95, (5, 2, 4, 2, 1, 2)),
    "100602": (0.75, (2, 1, 3, 2, 0, 4)),
    "100603": (0.70, (1, 0, 3, 2, 1, 4)),
    "100604": (0.90, (3, 2, 4, 2, 1, 3)),
    "100605": (0.85, (3, 1, 3, 2, 1, 2)),
    "100606": (0.80, (1, 1, 4, 2, 0, 3)),
    "100607": (0.60, (0, 0, 2, 3, 0, 4)),
    "100608": (0.90, (4, 1, 3, 0, 1, 2)),
    "100609": (0.55, (0, 0, 0, 0, 0, 1)),
    "100610": (0.0, (0, 0, 0, 0, 0, 1)),
}
POR_DEFECTO = (0.75, (3, 1, 3, 1, 1, 2))


@dataclass(frozen=True)
class Invento:
    """A person who does not exist, the seat they take and how far they are."""

    documento: str
    nombres: str
    apellidos: str
    celular: str
    territorio: str
    tipo: str
    numero: int
    calidad: str
    institucion: str
    desde_semana: int
    perfil: str


@dataclass(frozen=True)
class Plaza:
    """A seat to fill: the table's territory, the kind and the number."""

    territorio: str
    tipo: str
    numero: int
    corto: str
    lugar: str


def inventar(plazas: list[Plaza]) -> list[Invento]:
    """Fill the seats, titular almost always and alterno often, the same way each time."""
    azar = random.Random(SEMILLA)  # noqa: S311 — repeatable on purpose
    nombres_de_la_zona = yaml.safe_load(NOMBRES.read_text())
    gente: list[Invento] = []
    usados: set[tuple[str, str]] = set()
    for plaza in plazas:
        ocupadas, pesos = AVANCE_POR_TERRITORIO.get(plaza.territorio, POR_DEFECTO)
        for calidad, parte in (("titular", ocupadas), ("alterno", ocupadas * 0.6)):
            if azar.random() >= parte:
                continue
            nombres, apellidos = _nombre_nuevo(azar, nombres_de_la_zona, usados)
            gente.append(
                Invento(
                    documento=f"9999{len(gente) + 1:04d}",
                    nombres=nombres,
                    apellidos=apellidos,
                    celular=f"9000{len(gente) + 1:05d}" if azar.random() < 0.85 else "",
                    territorio=plaza.territorio,
                    tipo=plaza.tipo,
                    numero=plaza.numero,
                    calidad=calidad,
                    institucion=f"{plaza.corto} de {plaza.lugar}",
                    desde_semana=azar.randint(9, 12),
                    perfil=azar.choices(PARTES, weights=pesos)[0],
                )
            )
    return gente


def _nombre_nuevo(azar: random.Random, nombres: dict[str, list[str]], usados: set[tuple[str, str]]) -> tuple[str, str]:
    while True:
        nombre = azar.choice(nombres[azar.choice(("ellas", "ellos"))])
        apellidos = " ".join(azar.sample(nombres["apellidos"], 2))
        if (nombre, apellidos) not in usados:
            usados.add((nombre, apellidos))
            return nombre, apellidos
