"""Letters that a file lost: which name or word it may have meant.

A sheet saved in one code and read in another says «HuamÃ¡n», «Huam?n» or «Huam¤n». Nothing is mended in silence: the
likely word is only offered to whoever types it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from .visibles import sin_invisibles

USUALES = Path(__file__).parent / "datos" / "nombres_usuales.txt"
Registro = Callable[[str], str]
# What a program writes where it could not read a letter. The last ones are letters: they only count inside a word that
# is known with another one.
PERDIDAS = frozenset("?¿\ufffd¤□¡¢£¥§¦¨«±»¶·¬©®‡†‰–—")
DUDOSAS = frozenset("ÃÂÐð")
LETRA_PERDIDA = re.compile(r"(?<![¿\w])\?\w|\w\?\w|\ufffd")


def releido(texto: str) -> str:
    """Read again, as what they are, letters that were read in another code, once or twice; the same when none was."""
    palabras = texto.strip().split(" ")
    if texto.isascii():
        return " ".join(palabra for palabra in palabras if palabra)
    for _vez in range(2):
        palabras = [_releida(palabra) for palabra in palabras]
    return unicodedata.normalize("NFC", " ".join(palabra for palabra in palabras if palabra))


@lru_cache(8192)
def _releida(palabra: str) -> str:
    """«HuamÃ¡n» was written in UTF-8 and read in another code."""
    octetos = bytearray()
    for letra in palabra:
        try:
            octetos += letra.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letra) > 0xFF:
                return palabra
            octetos.append(ord(letra))
    try:
        return octetos.decode("utf-8")
    except UnicodeDecodeError:
        return palabra


def retocado(texto: str) -> str:
    """Put together what was typed apart: «n~», «´i», and letters drawn in another width."""
    candidato = re.sub(r"(?i)(n)[~˜]|[~˜](n)", lambda hallada: "ñ" if "n" in hallada[0] else "Ñ", texto)
    candidato = re.sub(r"(?i)\b([dlo]) ?[´`] ?(?=[^\W\d])", r"\1'", candidato)
    candidato = re.sub(r"([aeiouAEIOU])[´`]|[´`]([aeiouAEIOU])", _con_tilde, candidato)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", candidato))


def _con_tilde(hallada: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", (hallada[1] or hallada[2]) + "\u0301")


def recordado(texto: str, registro: Registro | None = None) -> str:
    """Put the usual word where one lost its letters: «Huam?n» is «Huamán»."""
    if not any(letra in PERDIDAS or letra in DUDOSAS for letra in texto):
        return ""
    palabras = []
    for palabra in re.split(r"([ -])", sin_invisibles(texto)):
        if not any(letra in PERDIDAS or letra in DUDOSAS for letra in palabra):
            palabras.append(palabra)
            continue
        if not (hallada := _usual(palabra) or (registro(palabra) if registro else "")):
            return ""
        palabras.append(hallada)
    return "".join(palabras)


def patron_de(palabra: str) -> re.Pattern[str] | None:
    """Return how the words that this one may have been look: the same, with a marked letter where it lost one.

    Two signs together may be one letter that took two places. A word that lost most of its letters is none.
    """
    perdidas = sum(1 for letra in palabra if letra in PERDIDAS or letra in DUDOSAS)
    if not 0 < perdidas <= max(2, len(palabra) // 2) or perdidas == len(palabra):
        return None
    trozos = re.split(f"([{re.escape(''.join(PERDIDAS | DUDOSAS))}]+)", palabra)
    partes = [
        f"[^\\x00-\\x7f]{{1,{len(trozo)}}}" if lugar % 2 else re.escape(trozo.casefold())
        for lugar, trozo in enumerate(trozos)
    ]
    return re.compile("".join(partes))


def _usual(palabra: str) -> str:
    patron = patron_de(palabra)
    hallada = next((usual for usual in usuales() if patron.fullmatch(usual.casefold())), "") if patron else ""
    return como_se_escribio(hallada, palabra)


def como_se_escribio(hallada: str, palabra: str) -> str:
    """Write a word in capitals where it was."""
    return hallada.upper() if palabra.upper() == palabra and len(palabra) > 1 else hallada


@cache
def usuales() -> tuple[str, ...]:
    """Return first names and surnames of Peru that have a mark, the most usual first."""
    lineas = USUALES.read_text(encoding="utf-8").splitlines()
    return tuple(dict.fromkeys(palabra for linea in lineas if not linea.startswith("#") for palabra in linea.split()))


def linea_recordada(linea: str) -> str:
    """The same for a line, where only a word with a «?» beside a letter is broken. Empty when one is not known."""
    palabras = []
    for palabra in linea.split(" "):
        rota = bool(LETRA_PERDIDA.search(palabra))
        palabras.append(_usual(palabra) if rota else palabra)
    return " ".join(palabras) if all(palabras) else ""
