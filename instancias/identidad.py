"""Whether two names written by different hands may be the same person's. Asks nothing of the database.

A document number says who somebody is only when the name agrees: one wrong digit is another person's number.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from marco.textos import DE_AQUI

Nombre = tuple[str, str]  # first names, surnames

PARTICULAS = frozenset({"de", "del", "la", "las", "los", "y"})


def comparable(texto: str) -> str:
    """Return a name without accents, capitals, signs or double spaces. No letter of any alphabet is lost."""
    return " ".join(texto.translate(_DE_AQUI).split()) if DE_AQUI.fullmatch(texto) else _comparable(texto)


@lru_cache(8192)
def _comparable(texto: str) -> str:
    suelto = unicodedata.normalize("NFKD", texto.casefold())
    sin_tildes = "".join(letra for letra in suelto if not unicodedata.combining(letra))
    return " ".join("".join(letra if letra.isalnum() else " " for letra in sin_tildes).split())


_DE_AQUI = {ord(letra): _comparable(letra) for letra in map(chr, range(0x100)) if letra.isalpha()}


def se_escriben_igual(uno: Nombre, otro: Nombre) -> bool:
    """Whether they differ at most in accents, capitals, signs and where a space falls."""
    return _juntos(uno) == _juntos(otro)


def tildes(nombre: Nombre) -> int:
    """Return how many accents and tildes a name has."""
    return sum(1 for letra in unicodedata.normalize("NFKD", " ".join(nombre)) if unicodedata.combining(letra))


def puede_ser_la_misma(uno: Nombre, otro: Nombre) -> bool:
    """Whether one is the other with small differences: a second name or surname less, or one letter wrong.

    Brothers and sisters share surnames, so the first names must agree by themselves, and Mario is not María.
    """
    if se_escriben_igual(uno, otro):
        return True
    return _con_menos_palabras(uno, otro) or _a_una_letra(uno, otro)


def a_un_numero(uno: str, otro: str) -> bool:
    """Whether two documents differ in one digit, or in two neighbours that changed places."""
    distintos = [lugar for lugar, (a, b) in enumerate(zip(uno, otro, strict=False)) if a != b]
    if len(uno) != len(otro) or len(distintos) not in (1, 2):
        return False
    primero, ultimo = distintos[0], distintos[-1]
    cruzados = ultimo == primero + 1 and uno[primero] == otro[ultimo] and uno[ultimo] == otro[primero]
    return len(distintos) == 1 or cruzados


def _juntos(nombre: Nombre) -> str:
    return comparable(" ".join(nombre)).replace(" ", "")


def _palabras(texto: str) -> list[str]:
    return [palabra for palabra in comparable(texto).split() if palabra not in PARTICULAS]


def _con_menos_palabras(uno: Nombre, otro: Nombre) -> bool:
    pilas = sorted((_palabras(uno[0]), _palabras(otro[0])), key=len)
    corto, largo = sorted((_palabras(uno[1]), _palabras(otro[1])), key=len)
    # The first surname is the one that nobody leaves out.
    return bool(corto) and all(map(_coinciden, corto, largo)) and _estan_en(*pilas)


def _estan_en(pocas: list[str], muchas: list[str]) -> bool:
    """Whether each word is one of the others, in the same order."""
    restantes = iter(muchas)
    return bool(pocas) and all(any(_coinciden(palabra, otra) for otra in restantes) for palabra in pocas)


def _coinciden(una: str, otra: str) -> bool:
    """Whether two words are the same, whole or by their initial."""
    corta, larga = sorted((una, otra), key=len)
    return corta == larga or (len(corta) == 1 and larga.startswith(corta))


def _a_una_letra(uno: Nombre, otro: Nombre) -> bool:
    pila, otra_pila = (comparable(nombre[0]).split() for nombre in (uno, otro))
    apellidos, otros_apellidos = (comparable(nombre[1]) for nombre in (uno, otro))
    if pila == otra_pila:
        return _una_letra(apellidos, otros_apellidos)
    if apellidos != otros_apellidos or len(pila) != len(otra_pila):
        return False
    # Luis and Luisa, Mario and María: a last letter that changes who it is.
    if any(a[-1] != b[-1] and "a" in (a[-1], b[-1]) for a, b in zip(pila, otra_pila, strict=True)):
        return False
    return _una_letra(" ".join(pila), " ".join(otra_pila))


def _una_letra(uno: str, otro: str) -> bool:
    """Whether one letter was changed, added, left out, or swapped with its neighbour."""
    corto, largo = sorted((uno, otro), key=len)
    inicio = next((i for i, (a, b) in enumerate(zip(corto, largo, strict=False)) if a != b), len(corto))
    resto_corto, resto_largo = corto[inicio:], largo[inicio:]
    if len(corto) != len(largo):
        return resto_corto == resto_largo[1:]
    return resto_corto[1:] == resto_largo[1:] or (
        resto_corto[:2] == resto_largo[1::-1] and resto_corto[2:] == resto_largo[2:]
    )
