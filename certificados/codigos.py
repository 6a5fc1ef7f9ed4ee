"""Codes of a certificate: the long one of the address and the short one of the paper."""

from marco.codigos import ALFABETO, al_azar, caracter_de_control, con_control, es_base32, formatear, limpiar, normalizar

__all__ = ["ALFABETO", "caracter_de_control", "formatear"]

LARGO_DEL_CODIGO_CORTO = 10
LARGO_DEL_CODIGO_LARGO = 26  # 26 × 5 = 130 random bits
# No certificate has it: an unreadable code asks the database the same question as a readable one.
DE_NADIE = ""


def nuevo_codigo_largo() -> str:
    """130 bits from the operating system, lower case for the address."""
    return al_azar(LARGO_DEL_CODIGO_LARGO).lower()


def nuevo_codigo_corto() -> str:
    """9 random characters and their check character, without dashes."""
    return con_control(LARGO_DEL_CODIGO_CORTO)


def normalizar_codigo_corto(escrito: str) -> str | None:
    """What a person typed, as stored; ``None`` when it cannot be one of our codes."""
    return normalizar(escrito, LARGO_DEL_CODIGO_CORTO)


def normalizar_codigo_largo(escrito: str) -> str | None:
    """The code of an address, as stored; ``None`` when it cannot be one of our codes."""
    codigo = limpiar(escrito)
    return codigo.lower() if es_base32(codigo, LARGO_DEL_CODIGO_LARGO) else None
