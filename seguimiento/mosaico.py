"""The mosaic: each table a tile where it lies, on a small grid. Legend, province and total take the free places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .consultas.distritos import PASOS_DE_LA_ESCALA, Instancia

Lugar = tuple[int, int]

ESCALA = [
    (paso, paso * 100 // PASOS_DE_LA_ESCALA, 100 if paso == 4 else (paso + 1) * 100 // PASOS_DE_LA_ESCALA - 1)
    for paso in range(PASOS_DE_LA_ESCALA)
]


@dataclass(frozen=True)
class Tesela:
    """A place of the grid. ``papel``: «instancia», «leyenda» or «total»."""

    papel: str
    clases: str = ""
    instancia: Instancia | None = None


def armar(instancias: Sequence[Instancia]) -> list[Tesela]:
    """Return the tiles in reading order: the provincial table, the districts row by row, legend and total."""
    distritales = [instancia for instancia in instancias if not instancia.es_provincial]
    lugares = _lugares(distritales)
    libres = _libres(lugares)
    teselas = []
    for provincial in (instancia for instancia in instancias if instancia.es_provincial):
        ancha = next((uno for uno in libres if (uno[0], uno[1] + 1) in libres), None)
        teselas.append(Tesela("instancia", _tomar(libres, ancha, "ancha", (0, 1)), provincial))
    for instancia in sorted(distritales, key=lambda una: (lugares.get(una.ubigeo, (99, 99)), una.ubigeo)):
        teselas.append(Tesela("instancia", _clase(lugares.get(instancia.ubigeo)), instancia))
    if len(distritales) > 1:
        alta = next((uno for uno in libres if (uno[0] + 1, uno[1]) in libres), None)
        teselas.append(Tesela("leyenda", _tomar(libres, alta, "alta", (1, 0))))
        teselas.append(Tesela("total", _clase(libres[-1] if libres else None)))
    return teselas


def _lugares(instancias: Sequence[Instancia]) -> dict[str, Lugar]:
    """Rows and columns from 1, whatever part of the province is seen. None unless every table has its own."""
    puestos = {una.ubigeo: (una.fila, una.columna) for una in instancias if una.fila and una.columna}
    if len(puestos) < len(instancias) or len(set(puestos.values())) < len(instancias):
        return {}
    primera_fila = min((fila for fila, _columna in puestos.values()), default=1)
    primera_columna = min((columna for _fila, columna in puestos.values()), default=1)
    return {
        ubigeo: (fila - primera_fila + 1, columna - primera_columna + 1) for ubigeo, (fila, columna) in puestos.items()
    }


def _libres(lugares: dict[str, Lugar]) -> list[Lugar]:
    if not lugares:
        return []
    filas = max(fila for fila, _columna in lugares.values())
    columnas = max(columna for _fila, columna in lugares.values())
    ocupados = set(lugares.values())
    return [lugar for lugar in _cuadricula(filas, columnas) if lugar not in ocupados]


def _cuadricula(filas: int, columnas: int) -> Iterator[Lugar]:
    for fila in range(1, filas + 1):
        for columna in range(1, columnas + 1):
            yield fila, columna


def _tomar(libres: list[Lugar], lugar: Lugar | None, forma: str, paso: Lugar) -> str:
    """Take a place and the next one; without room the piece flows, in its shape."""
    if lugar is None:
        return f"k-mosaico__celda--{forma}"
    libres.remove(lugar)
    libres.remove((lugar[0] + paso[0], lugar[1] + paso[1]))
    return f"{_clase(lugar)} k-mosaico__celda--{forma}"


def _clase(lugar: Lugar | None) -> str:
    return f"k-mosaico__celda--f{lugar[0]}c{lugar[1]}" if lugar else ""
