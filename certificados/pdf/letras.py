"""Characters the shipped fonts can print.

PDF/A refuses a missing glyph instead of drawing a box, and a name must never
stop a certificate: what no font covers is printed as its plain letter or as □.
"""

import json
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from pathlib import Path

CARPETA_DE_FUENTES = Path(__file__).resolve().parent / "fuentes"
FUENTES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "DejaVuSans.ttf", "DejaVuSansMono.ttf")
_SIN_LETRA = "\N{WHITE SQUARE}"


def fuentes_que_faltan() -> list[str]:
    return [nombre for nombre in (*FUENTES, "cobertura.json") if not (CARPETA_DE_FUENTES / nombre).is_file()]


@cache
def _rangos() -> tuple[list[int], list[int]]:
    rangos = json.loads((CARPETA_DE_FUENTES / "cobertura.json").read_text())
    return [inicio for inicio, _fin in rangos], [fin for _inicio, fin in rangos]


def esta_cubierto(caracter: str) -> bool:
    inicios, fines = _rangos()
    posicion = bisect_right(inicios, ord(caracter)) - 1
    return posicion >= 0 and ord(caracter) <= fines[posicion]


@lru_cache(1024)
def _imprimible(caracter: str) -> str:
    if esta_cubierto(caracter):
        return caracter
    simple = "".join(c for c in unicodedata.normalize("NFKD", caracter) if esta_cubierto(c))
    return simple or _SIN_LETRA


def limpiar(texto: str) -> str:
    """One line in NFC, without control, direction or private characters, all of it printable."""
    visibles = (
        " " if c.isspace() else c
        for c in unicodedata.normalize("NFC", texto)
        if c.isspace() or not unicodedata.category(c).startswith("C")
    )
    return " ".join("".join(_imprimible(c) for c in visibles).split())
