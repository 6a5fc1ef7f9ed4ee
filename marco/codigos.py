"""Codes that people read from a paper or over the phone, and type.

In Crockford's base 32: digits and capitals without I, L, O and U, which people confuse with 1, 0 and V. One that ends
in its check character over GF(32) notices any single wrong character, and any exchange of two, before the database is
asked.
"""

import secrets
import unicodedata

ALFABETO = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_VALOR = {letra: valor for valor, letra in enumerate(ALFABETO)}
_PARECIDAS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_MAXIMO_ESCRITO = 80


def _por_dos(valor: int) -> int:
    """Multiply by x in GF(32), reduced by x⁵ + x² + 1."""
    valor <<= 1
    return valor ^ 0b100101 if valor & 0b100000 else valor


def caracter_de_control(datos: str) -> str:
    """Horner's rule with x as point: neighbours have different weights."""
    suma = 0
    for letra in datos:
        suma = _por_dos(suma ^ _VALOR[letra])
    return ALFABETO[suma]


def al_azar(cuantos: int) -> str:
    bits = secrets.randbits(5 * cuantos)
    return "".join(ALFABETO[(bits >> 5 * i) & 31] for i in range(cuantos))


def con_control(largo: int) -> str:
    """Random characters and their check character, ``largo`` in all, without dashes."""
    datos = al_azar(largo - 1)
    return datos + caracter_de_control(datos)


def formatear(codigo: str) -> str:
    """«7K3M9XQ24T» as printed: «7K3M-9XQ2-4T»."""
    return "-".join(codigo[i : i + 4] for i in range(0, len(codigo), 4))


def limpiar(escrito: str) -> str:
    if len(escrito) > _MAXIMO_ESCRITO:
        return ""
    texto = unicodedata.normalize("NFKC", escrito).upper()
    letras = (c for c in texto if not c.isspace() and unicodedata.category(c) not in {"Pd", "Cf", "Cc"})
    return "".join(letras).replace("\N{MINUS SIGN}", "").translate(_PARECIDAS)


def es_base32(texto: str, largo: int) -> bool:
    return len(texto) == largo and all(c in _VALOR for c in texto)


def normalizar(escrito: str, largo: int) -> str | None:
    """What a person typed, as it is kept; ``None`` when it cannot be a code of this length with its check character."""
    codigo = limpiar(escrito)
    if not es_base32(codigo, largo):
        return None
    return codigo if caracter_de_control(codigo[:-1]) == codigo[-1] else None
