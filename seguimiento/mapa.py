"""The outline map: rings of longitude and latitude to paths of an inline SVG, made here. No library, no tiles."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

ALTO = 1000
MARGEN = 8
REJILLA = 14

Punto = tuple[float, float]


@dataclass(frozen=True)
class Trazo:
    """A district as a path, and where its letters go."""

    ubigeo: str
    camino: str
    x: int
    y: int


@dataclass(frozen=True)
class Mapa:
    ancho: int
    alto: int
    trazos: tuple[Trazo, ...]


def trazar(contornos: Mapping[str, Sequence]) -> Mapa | None:
    """Return the map of these districts, or None when none has an outline. The same outlines are drawn once."""
    con_contorno = {ubigeo: anillos for ubigeo, anillos in contornos.items() if anillos}
    return _trazar(json.dumps(con_contorno, sort_keys=True)) if con_contorno else None


@lru_cache(maxsize=8)
def _trazar(texto: str) -> Mapa:
    """Degrees to units: east and south grow, a degree of longitude shrinks with the cosine of the latitude."""
    contornos = json.loads(texto)
    puntos = [punto for anillos in contornos.values() for anillo in anillos for punto in anillo]
    oeste, este = min(p[0] for p in puntos), max(p[0] for p in puntos)
    sur, norte = min(p[1] for p in puntos), max(p[1] for p in puntos)
    encogido = math.cos(math.radians((norte + sur) / 2))
    escala = (ALTO - 2 * MARGEN) / max(norte - sur, 1e-9)

    def convertir(punto: Sequence[float]) -> tuple[int, int]:
        return (
            round(MARGEN + (punto[0] - oeste) * encogido * escala),
            round(MARGEN + (norte - punto[1]) * escala),
        )

    trazos = []
    for ubigeo, anillos in contornos.items():
        convertidos = [[convertir(punto) for punto in anillo] for anillo in anillos]
        mayor = max(convertidos, key=lambda anillo: abs(_area(anillo)))
        x, y = _interior(mayor)
        trazos.append(Trazo(ubigeo, "".join(_camino(anillo) for anillo in convertidos), round(x), round(y)))
    return Mapa(round((este - oeste) * encogido * escala) + 2 * MARGEN, ALTO, tuple(trazos))


def _camino(anillo: Sequence[tuple[int, int]]) -> str:
    """A closed ring in relative steps, which are short."""
    (x, y), *resto = anillo
    pasos = []
    for otro_x, otro_y in resto[:-1] if resto and resto[-1] == anillo[0] else resto:
        if (otro_x, otro_y) != (x, y):
            pasos.append(f"{otro_x - x},{otro_y - y}")
        x, y = otro_x, otro_y
    return f"M{anillo[0][0]},{anillo[0][1]}l{' '.join(pasos)}z"


def _area(anillo: Sequence[Punto]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(anillo, [*anillo[1:], anillo[0]], strict=True)) / 2


def _interior(anillo: Sequence[Punto]) -> Punto:
    """The point of a small grid farthest from the edge: the middle of a shape like a C lies outside it."""
    xs, ys = [p[0] for p in anillo], [p[1] for p in anillo]
    mejor, mejor_distancia = (sum(xs) / len(xs), sum(ys) / len(ys)), -1.0
    for i in range(1, REJILLA):
        for j in range(1, REJILLA):
            punto = (
                min(xs) + (max(xs) - min(xs)) * i / REJILLA,
                min(ys) + (max(ys) - min(ys)) * j / REJILLA,
            )
            distancia = _distancia(punto, anillo)
            if distancia > mejor_distancia:
                mejor, mejor_distancia = punto, distancia
    return mejor


def _distancia(punto: Punto, anillo: Sequence[Punto]) -> float:
    """Distance to the edge, or -1 outside."""
    x, y = punto
    dentro, menor = False, math.inf
    for (x1, y1), (x2, y2) in zip(anillo, [*anillo[1:], anillo[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            dentro = not dentro
        largo = (x2 - x1) ** 2 + (y2 - y1) ** 2
        t = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / largo)) if largo else 0.0
        menor = min(menor, math.hypot(x - x1 - t * (x2 - x1), y - y1 - t * (y2 - y1)))
    return menor if dentro else -1.0
