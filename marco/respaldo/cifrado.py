"""A file that nobody reads nor changes without its passphrase, written and read as it goes by.

A line of text says what it is; the rest are blocks of AES-256-GCM, numbered, the last one marked as such: a file that
was cut, joined or changed does not open. The key of each file comes from the passphrase and from a salt of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext as _

from .errores import ErrorDeRespaldo

MARCA = b"KUSKA-RESPALDO "
FORMATO = 1
BLOQUE = 1024 * 1024
SELLO = 16  # bytes that AES-GCM adds to each block
LARGO_DE_CLAVE = 12
COSTO = 2**15  # of scrypt: 32 MB and a tenth of a second


def exigir_clave(clave: str) -> str:
    if not clave:
        raise ErrorDeRespaldo("sin_clave", _("Falta la clave de las copias: póngala en KUSKA_CLAVE_DE_RESPALDO."))
    if len(clave) < LARGO_DE_CLAVE:
        frase = _("La clave de las copias (KUSKA_CLAVE_DE_RESPALDO) es corta: escriba %(n)d letras o más.")
        raise ErrorDeRespaldo("clave_corta", frase % {"n": LARGO_DE_CLAVE})
    return clave


def _derivar(clave: str, sal: bytes, costo: int) -> tuple[AESGCM, str]:
    """The key of a file, and what tells a wrong passphrase from a damaged file."""
    entera = Scrypt(salt=sal, length=48, n=costo, r=8, p=1).derive(clave.encode())
    return AESGCM(entera[:32]), hashlib.sha256(entera[32:]).hexdigest()[:32]


def _nonce(numero: int, *, es_el_ultimo: bool) -> bytes:
    return numero.to_bytes(11, "big") + bytes([es_el_ultimo])


class Cifrador(io.RawIOBase):
    """Write here; what arrives at ``destino`` is sealed. ``close`` writes the last block, and only then it is whole."""

    def __init__(self, destino: IO[bytes], clave: str, datos: dict[str, Any]) -> None:
        sal = os.urandom(16)
        self._cifra, prueba = _derivar(exigir_clave(clave), sal, COSTO)
        cabecera = {**datos, "formato": FORMATO, "sal": sal.hex(), "costo": COSTO, "prueba": prueba}
        self._cabecera = MARCA + json.dumps(cabecera, ensure_ascii=False, sort_keys=True).encode() + b"\n"
        self._destino = destino
        self._junto = bytearray()
        self._numero = 0
        destino.write(self._cabecera)

    def writable(self) -> bool:
        return True

    def write(self, datos: Any) -> int:
        self._junto += datos
        while len(self._junto) > BLOQUE:
            self._sellar(bytes(self._junto[:BLOQUE]), es_el_ultimo=False)
            del self._junto[:BLOQUE]
        return len(datos)

    def _sellar(self, bloque: bytes, *, es_el_ultimo: bool) -> None:
        sellado = self._cifra.encrypt(_nonce(self._numero, es_el_ultimo=es_el_ultimo), bloque, self._cabecera)
        self._destino.write(sellado)
        self._numero += 1

    def terminar(self) -> None:
        """Seal what is left as the end. A file that was not ended is never taken for a whole one."""
        self._sellar(bytes(self._junto), es_el_ultimo=True)
        self._junto.clear()


def leer_cabecera(origen: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """What a file says of itself, in the open. Raises ``no_es_copia`` and ``mas_nueva``."""
    linea = origen.readline(4096)
    try:
        if not linea.startswith(MARCA) or not linea.endswith(b"\n"):
            raise ValueError
        cabecera = json.loads(linea[len(MARCA) :])
        formato = int(cabecera["formato"])
    except (ValueError, KeyError, TypeError) as error:
        raise ErrorDeRespaldo("no_es_copia", _("Ese archivo está vacío o no es una copia de Kuska.")) from error
    if formato > FORMATO:
        frase = _("Esa copia es de una versión más nueva que este programa: ábrala con la versión que la hizo.")
        raise ErrorDeRespaldo("mas_nueva", frase)
    return cabecera, linea


class Descifrador(io.RawIOBase):
    """Read from here what was sealed. Raises ``otra_clave``, ``incompleta`` and ``danada``."""

    def __init__(self, origen: IO[bytes], clave: str) -> None:
        self.cabecera, self._linea = leer_cabecera(origen)
        self._cifra, prueba = _derivar(exigir_clave(clave), bytes.fromhex(self.cabecera["sal"]), self.cabecera["costo"])
        if not hmac.compare_digest(prueba, self.cabecera["prueba"]):
            raise ErrorDeRespaldo(
                "otra_clave", _("La clave no es la de esa copia: busque la que había cuando se hizo.")
            )
        self._origen = origen
        self._numero = 0
        self._siguiente = origen.read(BLOQUE + SELLO)
        self._abierto = b""
        self.llego_al_final = False

    def readable(self) -> bool:
        return True

    def readinto(self, destino: Any) -> int:
        while not self._abierto and not self.llego_al_final:
            self._abrir()
        cuantos = min(len(destino), len(self._abierto))
        destino[:cuantos] = self._abierto[:cuantos]
        self._abierto = self._abierto[cuantos:]
        return cuantos

    def _abrir(self) -> None:
        bloque, self._siguiente = self._siguiente, self._origen.read(BLOQUE + SELLO)
        ultimo = not self._siguiente
        try:
            self._abierto = self._cifra.decrypt(_nonce(self._numero, es_el_ultimo=ultimo), bloque, self._linea)
        except (InvalidTag, ValueError) as error:
            if ultimo:
                raise ErrorDeRespaldo(
                    "incompleta", _("La copia está incompleta o dañada: no llega a su final.")
                ) from error
            raise ErrorDeRespaldo("danada", _("La copia está dañada: no se puede leer entera.")) from error
        self._numero += 1
        self.llego_al_final = ultimo
