"""Catalogues of words: read a ``.po``, write its ``.mo``. Without the tools of GNU, which not every machine has."""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterator
from pathlib import Path

MAGIA = 0x950412DE
CAMPOS = ("msgctxt", "msgid_plural", "msgid", "msgstr")


def compilar(po: Path) -> bytes:
    """Return the compiled catalogue. The same words always give the same bytes."""
    pares = sorted((clave.encode(), texto.encode()) for clave, texto in leer(po.read_text(encoding="utf-8")))
    posicion = 7 * 4 + 16 * len(pares)
    tablas: list[bytes] = []
    cuerpo = b""
    for columna in (0, 1):
        for par in pares:
            tablas.append(struct.pack("<II", len(par[columna]), posicion + len(cuerpo)))
            cuerpo += par[columna] + b"\0"
    cabeza = struct.pack("<7I", MAGIA, 0, len(pares), 28, 28 + 8 * len(pares), 0, posicion)
    return cabeza + b"".join(tablas) + cuerpo


def leer(texto: str) -> Iterator[tuple[str, str]]:
    """Yield each entry as a compiled catalogue keeps it: context and id, then the words, plurals apart by a zero."""
    for trozo in texto.split("\n\n"):
        campos = _campos(trozo)
        if "msgid" not in campos or "#, fuzzy" in trozo:
            continue
        clave = campos["msgid"]
        if "msgctxt" in campos:
            clave = f"{campos['msgctxt']}\4{clave}"
        if "msgid_plural" in campos:
            clave = f"{clave}\0{campos['msgid_plural']}"
        palabras = [valor for campo, valor in campos.items() if campo.startswith("msgstr")]
        if all(palabras):
            yield clave, "\0".join(palabras)


def _campos(trozo: str) -> dict[str, str]:
    campos: dict[str, str] = {}
    actual = ""
    for linea in trozo.splitlines():
        if linea.startswith(CAMPOS):
            actual, _espacio, linea = linea.partition(" ")
            campos[actual] = ""
        if actual and linea.startswith('"'):
            campos[actual] += ast.literal_eval(linea)
    return campos
