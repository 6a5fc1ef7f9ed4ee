"""How two ways of writing the same thing are found equal: few words, singular, without signs nor what joins them."""

from __future__ import annotations

import re
from functools import lru_cache

from marco.textos import normalizar

# What joins words, or is left of «Director(a)» and «Alcalde/sa».
VACIAS = frozenset({"de", "del", "la", "el", "los", "las", "lo", "al", "y", "e", "en", "a", "o", "u", "as", "sa"})
NUMERAL = re.compile(r"\b(?:n|no|nro|num|numero) (?=\d)")
SIGLA_ABIERTA = re.compile(r"\b[a-z](?: [a-z]\b)+")


def fichas(texto: str) -> list[str]:
    """Return the words that count, in singular. «P.N.P.» is one; «Director(a) de la I.E. N.° 32484», three."""
    return [*_fichas(texto)]


@lru_cache(4096)
def _fichas(texto: str) -> tuple[str, ...]:
    plano = NUMERAL.sub("", normalizar(texto))
    junto = SIGLA_ABIERTA.sub(lambda hallada: hallada[0].replace(" ", ""), plano)
    return tuple(_singular(palabra) for palabra in junto.split() if palabra not in VACIAS) or (*plano.split(),)


def clave_de(texto: str) -> str:
    """Return the key of a way of writing: the same for «Rondas Campesinas» and «la ronda campesina»."""
    return " ".join(_fichas(texto))


def _singular(palabra: str) -> str:
    if len(palabra) > 4 and palabra.endswith("es") and palabra[-3] in "dlnrzj":
        return palabra[:-2]
    return palabra[:-1] if len(palabra) > 3 and palabra.endswith("s") else palabra
