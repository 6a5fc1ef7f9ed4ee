"""«How many people on this machine»: from the processor that each act takes, and a way of using it that is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .escenas import CON_GUION, CONTINUAR, ENTRAR
from .medicion import Medida

# An hour of study of a person, by what they do.
UNA_HORA: dict[str, float] = {ENTRAR: 1, "inicio": 2, "curso": 3, CONTINUAR: 30, CON_GUION: 0.5}
A_LA_VEZ = 10  # of a hundred who are enrolled, how many study in the busiest hour
OCUPADO = 0.6  # of its processors, what a service may use and still answer at once
SEGUNDOS = 3600


@dataclass(frozen=True)
class Capacidad:
    """How many study at the same hour, and how many may be enrolled for that."""

    segundos_por_hora: float
    nucleos: int

    @property
    def a_la_vez(self) -> int:
        return int(self.nucleos * OCUPADO * SEGUNDOS / self.segundos_por_hora)

    @property
    def inscritas(self) -> int:
        return self.a_la_vez * 100 // A_LA_VEZ


def capacidad(medidas: Iterable[Medida], *, nucleos: int) -> Capacidad:
    """By the measures with most people at once: pages and database together."""
    medidas = list(medidas)
    muchos = max(una.usuarios for una in medidas)
    gasto = {una.nombre: (una.procesador + una.de_la_base) / 1000 for una in medidas if una.usuarios == muchos}
    return Capacidad(sum(veces * gasto[nombre] for nombre, veces in UNA_HORA.items()), nucleos)


def en_palabras() -> str:
    return (
        f"Una hora de estudio: entra 1 vez, ve 2 veces Inicio y 3 el curso, pasa 30 pasos con «Continuar» y da media "
        f"evaluación. En la hora de más uso estudian {A_LA_VEZ} de cada 100 inscritas, y se usa el {OCUPADO:.0%} del "
        "procesador. Es un cálculo, no una medida."
    )
