"""Words as people look for them and put them in order, the same on every database.

No database does it by itself: SQLite compares bytes, PostgreSQL compares as its server was installed, and neither finds
«Cárdenas» when somebody types «cardenas». So each row keeps, beside its names, how they are found and their place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.db.models import Q

APOSTROFOS = "'’‘ʼ´`"
MAXIMO_DE_PALABRAS = 10
# Letters whose mark is part of the letter: no form of Unicode takes it away.
SUELTAS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
NUMERO = re.compile(r"(?:51)?(9[0-9]{8})|([0-9]{8})")
# Most texts are of these alone, and need not be looked at letter by letter.
DE_AQUI = re.compile("[0-9A-Za-zÀ-ÖØ-öø-ÿ ]*")
SIGNOS = re.compile("[^0-9a-z]+")


def sin_tildes(texto: str) -> str:
    """Return the letters as they are compared: small and without marks."""
    return texto.lower() if texto.isascii() else _sin_tildes(texto)


@lru_cache(8192)
def _sin_tildes(texto: str) -> str:
    partes = unicodedata.normalize("NFKD", texto.casefold())
    return "".join(letra for letra in partes if not unicodedata.combining(letra)).translate(SUELTAS)


def _palabras(texto: str) -> list[str]:
    """Return the words, without signs. «D’Angelo» is one, however its apostrophe is typed."""
    if DE_AQUI.fullmatch(texto):
        return texto.split()
    unidas = "".join(letra for letra in texto if letra not in APOSTROFOS)
    return "".join(letra if letra.isalnum() or unicodedata.combining(letra) else " " for letra in unidas).split()


def normalizar(texto: object) -> str:
    """Return text without accents, capitals, dots or double spaces, to compare names that people type."""
    return _normal(texto if type(texto) is str else str(texto or ""))


@lru_cache(8192)
def _normal(texto: str) -> str:
    base = texto if texto.isascii() else unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode()
    return SIGNOS.sub(" ", base.lower()).strip()


def buscable(*textos: str) -> str:
    """Return what a search looks into: every word, small and without marks. «ñ» is found by «n»."""
    return " ".join(sin_tildes(palabra) for texto in textos for palabra in _palabras(texto))


def en_orden(*partes: str) -> str:
    """Return the place of a name among others as Spanish has it: accents do not count, and ñ goes after n.

    Each part (surnames, first names) weighs more than the next, and a whole word more than the letters that follow.
    """
    return ",".join(".".join(_en_su_lugar(palabra) for palabra in _palabras(parte)) for parte in partes)


@lru_cache(8192)
def _en_su_lugar(palabra: str) -> str:
    letras = unicodedata.normalize("NFC", palabra.casefold())
    return "".join("n~" if letra == "ñ" else sin_tildes(letra) for letra in letras)


def palabras_buscadas(pedido: str) -> list[str]:
    """Return the words to look for. A phone or a document is one, with whatever was typed between its numbers."""
    junto = re.sub(r"[\s.()+-]", "", pedido)
    if numero := NUMERO.fullmatch(junto):
        return [numero[1] or numero[2]]
    return buscable(pedido).split()[:MAXIMO_DE_PALABRAS]


def con_palabras(pedido: str, *campos: str, ademas: Callable[[str], Q] | None = None) -> Q:
    """Condition «each word is in one of these fields», in any order. Signs alone find nothing.

    ``ademas``: where else a word may be, for what is many to one row.
    """
    palabras = palabras_buscadas(pedido)
    if not palabras:
        return Q(pk__in=[]) if pedido.strip() else Q()
    condicion = Q()
    for palabra in palabras:
        alguno = _en_alguno(palabra, campos)
        condicion &= alguno | ademas(palabra) if ademas else alguno
    return condicion


def _en_alguno(palabra: str, campos: Iterable[str]) -> Q:
    alguno = Q()
    for campo in campos:
        alguno |= Q(**{f"{campo}__contains": palabra})
    return alguno
