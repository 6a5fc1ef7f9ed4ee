"""What every reader of cells shares: how much is read, and how a cell becomes text."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable
from typing import Any

MAXIMO_DE_FILAS = 20_000
FILAS_DE_MAS = 200  # titles, headings, totals and notes around a list
MAXIMO_DE_FILAS_EN_TODO = 3 * MAXIMO_DE_FILAS
MAXIMO_DE_HOJAS = 60
MAXIMO_DE_COLUMNAS = 60
MAXIMO_DE_CELDA = 200


class Falta(Exception):
    """Why a file cannot be read: a code, and the row if there is one."""

    def __init__(self, codigo: str, fila: int = 0) -> None:
        super().__init__(codigo)
        self.codigo, self.fila = codigo, fila


class Pliego:
    """A sheet as it fills up. It ends, and says so, where a list of people would have ended long before."""

    def __init__(self, nombre: str, *, oculta: bool = False) -> None:
        self.nombre, self.oculta, self.cortada = texto_de(nombre), oculta, False
        self.filas: list[list[str]] = []
        self.unidas: list[list[int]] = []

    def agregar(self, valores: Iterable[Any]) -> bool:
        """Add a row, and say whether there is room for more."""
        fila = [texto_de(valor) for _, valor in zip(range(MAXIMO_DE_COLUMNAS), valores, strict=False)]
        while fila and not fila[-1]:
            fila.pop()
        self.filas.append(fila)
        self.cortada = len(self.filas) >= MAXIMO_DE_FILAS + FILAS_DE_MAS
        return not self.cortada

    def poner(self, numero: int, columna: int, texto: str) -> None:
        """Write over a cell, if its row was read."""
        if numero < len(self.filas) and columna < MAXIMO_DE_COLUMNAS:
            fila = self.filas[numero]
            fila += [""] * (columna + 1 - len(fila))
            fila[columna] = texto

    def como_json(self) -> dict[str, Any]:
        while self.filas and not self.filas[-1]:
            self.filas.pop()
        unidas = [union for union in self.unidas if union[0] < len(self.filas) and union[1] < MAXIMO_DE_COLUMNAS]
        return {
            "nombre": self.nombre,
            "filas": self.filas,
            "unidas": unidas,
            "oculta": self.oculta,
            "cortada": self.cortada,
        }


def texto_de(valor: Any) -> str:
    """Return a cell as clean text: numbers without decimals, dates in ISO form, NFC, one space, bounded.

    The lines of a cell stay lines: two people in one cell are told by them.
    """
    if valor is None or valor == "":
        return ""
    if isinstance(valor, bool):
        return "VERDADERO" if valor else "FALSO"
    if isinstance(valor, datetime.datetime):
        return valor.date().isoformat()
    if isinstance(valor, datetime.date):
        return valor.isoformat()
    if isinstance(valor, float) and valor.is_integer():
        valor = int(valor)
    texto = unicodedata.normalize("NFC", str(valor)[: 20 * MAXIMO_DE_CELDA])
    # What is not seen stays: whoever reads the cell says so, or what it was before a file lost its accents. What no
    # database keeps is a blank.
    visible = "".join(" " if letra == "\x00" or "\ud800" <= letra <= "\udfff" else letra for letra in texto)
    lineas = (" ".join(linea.split()) for linea in visible.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(linea for linea in lineas if linea)[: MAXIMO_DE_CELDA + 1]
