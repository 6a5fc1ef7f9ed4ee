"""Text with marks between its cells: CSV of any kind, or what somebody pasted from a sheet or a table of Word."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import Any

from .limpieza import Falta, Pliego

SEPARADORES = "\t;,|"
LINEAS_DE_MUESTRA = 300
LARGO_DE_MUESTRA = 2000
MAXIMO_DE_UNA_CELDA = 100_000
FIN = "fin de la lista"
LETRAS = frozenset("áéíóúñüÁÉÍÓÚÑÜ°º¿¡")
# Windows, the old Mac and DOS each wrote accents in their own way. Of two that say the same, the first.
VIEJAS = ("cp1252", "mac_roman", "cp850")


def a_texto(contenido: bytes) -> str:
    """Return bytes as text, by their mark or by what makes sense in Spanish."""
    for marca, codigo in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if contenido.startswith(marca):
            return _decodificar(contenido, codigo)
    if b"\x00" in contenido:
        # Half of the bytes of Western text in UTF-16 are empty, always the same half.
        pares, impares = contenido[::2].count(0), contenido[1::2].count(0)
        return _decodificar(contenido, "utf-16-le" if impares > pares else "utf-16-be")
    try:
        return contenido.decode("utf-8")
    except UnicodeDecodeError:
        leidas = [contenido.decode(codigo, errors="replace") for codigo in VIEJAS]
        return max(leidas, key=_con_sentido)


def _decodificar(contenido: bytes, codigo: str) -> str:
    try:
        texto = contenido.decode(codigo)
    except UnicodeDecodeError as error:
        raise Falta("no_es_csv") from error
    if "\x00" in texto:
        raise Falta("no_es_csv")
    return texto


def _con_sentido(texto: str) -> int:
    return sum(letra in LETRAS for letra in texto) - sum(letra in "\ufffd‡•" for letra in texto)


def de_texto(texto: str) -> list[dict[str, Any]]:
    if not texto.strip().strip("\ufeff").strip():
        raise Falta("vacio")
    # Windows, Unix and the old Mac end their lines each in their own way.
    texto = texto.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    dicho, separador = "", ""
    if hallado := re.match(r"sep=(.)\n", texto):  # what Excel writes for itself
        dicho, separador = hallado[0], hallado[1]
    hoja = _partir(texto, separador or _separador(texto))
    if dicho:
        hoja.filas[0] = []
    return [hoja.como_json()]


def _partir(texto: str, separador: str) -> Pliego:
    csv.field_size_limit(MAXIMO_DE_UNA_CELDA)
    hoja = Pliego("")
    # The last line must come back as it went: quotes left open would have swallowed it, with every row before it.
    lineas = io.StringIO(f"{texto}\n{FIN}")
    try:
        for valores in csv.reader(lineas, delimiter=separador):
            if not hoja.agregar(valores):
                return hoja
    except csv.Error as error:
        raise Falta("mal_escrito", len(hoja.filas) + 1) from error
    if hoja.filas.pop() != [FIN]:
        if separador == "\t":
            return _sin_comillas(texto)
        raise Falta("mal_escrito", len(hoja.filas) + 1)
    return hoja


def _sin_comillas(texto: str) -> Pliego:
    """Of what was pasted, a quote may be a quote: tabs say where each cell ends."""
    hoja = Pliego("")
    for linea in texto.split("\n"):
        if not hoja.agregar(linea.split("\t")):
            break
    return hoja


def _separador(texto: str) -> str:
    """Guess the mark between cells from all lines: most of them have as many, and more of them than of another."""
    lineas = [linea[:LARGO_DE_MUESTRA] for linea in texto.split("\n", LINEAS_DE_MUESTRA)[:LINEAS_DE_MUESTRA]]
    return max(SEPARADORES, key=lambda marca: _peso(lineas, marca))


def _peso(lineas: list[str], marca: str) -> int:
    veces = Counter(cuantas for linea in lineas if (cuantas := _fuera_de_comillas(linea).count(marca)))
    return max((cuantas * lineas_asi for cuantas, lineas_asi in veces.items()), default=0)


def _fuera_de_comillas(linea: str) -> str:
    return re.sub(r'"[^"]*"', "", linea) if '"' in linea else linea
