"""Secrets that are kept, closed with a key that the settings give and the database does not have.

``SECRET_KEY`` closes and opens; those of ``SECRET_KEY_FALLBACKS`` still open.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SAL = "instancias.sobres"


def cerrar(texto: str) -> str:
    return _cerradura().encrypt(texto.encode()).decode()


def abrir(sobre: str) -> str | None:
    """None when no key of today opens it: the secret is lost, and whoever had it sets another."""
    try:
        return _cerradura().decrypt(sobre.encode()).decode()
    except InvalidToken:
        return None


def huellas_de(texto: str) -> list[str]:
    """The keyed digests of a secret that is only compared: that of today first, then those of former keys."""
    return [salted_hmac(f"{SAL}.huella", texto, secret=una, algorithm="sha256").hexdigest() for una in _claves()]


def _claves() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _cerradura() -> MultiFernet:
    derivadas = (salted_hmac(SAL, "", secret=una, algorithm="sha256").digest() for una in _claves())
    return MultiFernet([Fernet(base64.urlsafe_b64encode(una)) for una in derivadas])
