"""Measure how easy a text reads, as the editor's preview does: words, sentences and LIX.

Wagtail counts with the browser's segmenter (Unicode, annex 29). Here are its rules for Spanish prose; the tests hold
the values that a browser gives for the same texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# Letters and digits, joined by an inner point, apostrophe or comma between figures: «24.5», «S.A», «d’or».
PALABRA = re.compile(r"[^\W_]+(?:(?<=[^\W\d_])['’.·](?=[^\W\d_])[^\W_]+|(?<=\d)[.,’'](?=\d)\d[^\W_]*|_+[^\W_]+)*")
CIERRE = re.compile(r"""(?:[.?!]+["'»”’)\]]*\s*)+""")
LETRAS_DE_MAS = 6
POCAS_PALABRAS = 10


# A text is measured as it is read, as it is checked, and step by step. The programme has some 12,000 sentences: with
# room for fewer, by the time that one is asked again it is the one that was let go.
RECORDADOS = 16384


def palabras(texto: str) -> list[str]:
    return PALABRA.findall(texto)


@lru_cache(RECORDADOS)
def contar(texto: str) -> int:
    return len(palabras(texto))


@lru_cache(RECORDADOS)
def oraciones(texto: str) -> tuple[str, ...]:
    """Return the sentences. A line is never joined with the next; «art. 16» and «6:00 p. m.» do not end one."""
    sueltas = (oracion.strip() for linea in texto.splitlines() for oracion in _de_una_linea(linea))
    return tuple(oracion for oracion in sueltas if oracion)


def _de_una_linea(linea: str) -> Iterator[str]:
    inicio = 0
    for cierre in CIERRE.finditer(linea):
        if cierre.end() < len(linea) and _sigue(linea, cierre):
            continue
        yield linea[inicio : cierre.end()]
        inicio = cierre.end()
    if linea[inicio:].strip():
        yield linea[inicio:]


def _sigue(linea: str, cierre: re.Match[str]) -> bool:
    """Whether the sentence goes on after a point: an abbreviation, a number, or a small letter next."""
    resto = linea[cierre.end() :]
    despues = re.match(r"[^\w.?!]*", resto)
    if resto[0] in ",;:-–—":
        return True
    if cierre[0] == "." and resto[0].isalnum():
        return True
    if "?" in cierre[0] or "!" in cierre[0]:
        return False
    siguiente = re.search(r"[^\W\d_]|[.?!]", resto[despues.end() if despues else 0 :])
    return bool(siguiente) and siguiente[0].islower()


def lix(texto: str) -> float:
    """Return the LIX: words per sentence plus the share of words of more than six letters. Under 35 reads well."""
    todas = palabras(texto)
    cuantas = len(oraciones(texto))
    if not cuantas or len(todas) < POCAS_PALABRAS:
        return 0.0
    largas = sum(len(palabra) > LETRAS_DE_MAS for palabra in todas)
    return len(todas) / cuantas + 100 * largas / len(todas)
