"""Codes of a certificate: the long one of the address and the short one of the paper.

Both use Crockford's base 32: digits and capitals without I, L, O and U, which
people confuse with 1, 0 and V. The short code ends in a check character over
GF(32), so any single wrong character and any exchange of two characters are
noticed before the database is asked.
"""

import secrets
import unicodedata

ALFABETO = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LARGO_DEL_CODIGO_CORTO = 10
LARGO_DEL_CODIGO_LARGO = 26  # 26 × 5 = 130 random bits
# No certificate has it: an unreadable code asks the database the same question as a readable one.
DE_NADIE = ""

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


def _al_azar(cuantos: int) -> str:
    bits = secrets.randbits(5 * cuantos)
    return "".join(ALFABETO[(bits >> 5 * i) & 31] for i in range(cuantos))


def nuevo_codigo_largo() -> str:
    """130 bits from the operating system, lower case for the address."""
    return _al_azar(LARGO_DEL_CODIGO_LARGO).lower()


def nuevo_codigo_corto() -> str:
    """9 random characters and their check character, without dashes."""
    datos = _al_azar(LARGO_DEL_CODIGO_CORTO - 1)
    return datos + caracter_de_control(datos)


def formatear(codigo: str) -> str:
    """«7K3M9XQ24T» as printed: «7K3M-9XQ2-4T»."""
    return "-".join(codigo[i : i + 4] for i in range(0, len(codigo), 4))


def _limpiar(escrito: str) -> str:
    if len(escrito) > _MAXIMO_ESCRITO:
        return ""
    texto = unicodedata.normalize("NFKC", escrito).upper()
    letras = (c for c in texto if not c.isspace() and unicodedata.category(c) not in {"Pd", "Cf", "Cc"})
    return "".join(letras).replace("\N{MINUS SIGN}", "").translate(_PARECIDAS)


def _es_base32(texto: str, largo: int) -> bool:
    return len(texto) == largo and all(c in _VALOR for c in texto)


def normalizar_codigo_corto(escrito: str) -> str | None:
    """What a person typed, as stored; ``None`` when it cannot be one of our codes."""
    codigo = _limpiar(escrito)
    if not _es_base32(codigo, LARGO_DEL_CODIGO_CORTO):
        return None
    return codigo if caracter_de_control(codigo[:-1]) == codigo[-1] else None


def normalizar_codigo_largo(escrito: str) -> str | None:
    """The code of an address, as stored; ``None`` when it cannot be one of our codes."""
    codigo = _limpiar(escrito)
    return codigo.lower() if _es_base32(codigo, LARGO_DEL_CODIGO_LARGO) else None
