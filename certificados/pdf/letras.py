"""Characters the shipped fonts can print.

PDF/A refuses a missing glyph instead of drawing a box, and a name must never
stop a certificate: what no font covers is printed as its plain letter or as □.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from pathlib import Path

CARPETA_DE_FUENTES = Path(__file__).resolve().parent / "fuentes"
FUENTES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "DejaVuSans.ttf", "DejaVuSansMono.ttf")
_SIN_LETRA = "\N{WHITE SQUARE}"
# What Spanish is written with, accents and all: in NFC, printable and in the first font, whatever the order.
_LLANO = re.compile("[ -~\u00a1-\u00ac\u00ae-\u017e\u2013\u2014\u2018-\u201d]*")
_ANGOSTAS = re.compile("[ a-ln-vx-zñáéíóúü0-9.,;:()/\"“”‘’'–-]")
_ANGOSTA, _ANCHA = 0.66, 1.0  # ems, of Noto Sans in both weights


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
    if _LLANO.fullmatch(texto):
        return " ".join(texto.split())
    visibles = (
        " " if c.isspace() else c
        for c in unicodedata.normalize("NFC", texto)
        if c.isspace() or not unicodedata.category(c).startswith("C")
    )
    return " ".join("".join(_imprimible(c) for c in visibles).split())


def ancho_a_lo_mas(texto: str) -> float | None:
    """Ems that a line of it never goes over, in either weight; None when it has letters of other fonts.

    What surely fits in its place is not measured to know it: to measure is to lay out one more time.
    """
    if not _LLANO.fullmatch(texto):
        return None
    angostas = len(_ANGOSTAS.findall(texto))
    return angostas * _ANGOSTA + (len(texto) - angostas) * _ANCHA


def cabe_en_renglones(texto: str, *, ancho: float, renglones: int) -> bool:
    """Whether it surely fits in so many lines of so many ems, wherever each of them is broken."""
    entero = ancho_a_lo_mas(texto)
    if entero is None:
        return False
    quedan = (renglones - 1) * max(map(len, texto.split()), default=0) * _ANCHA  # at the end of each, a word less
    return entero + quedan <= renglones * ancho
