"""Receipts: what a person gets for sending an evaluation, signed (Ed25519), so that it proves itself.

A receipt is one line of text: ``K1.<key>.<what it says>.<signature>``. It names nobody and tells no mark: which sitting
it is of, when its answers were received, and their digest. Its code is short, to be read over the phone.

The keys are in ``KUSKA_LLAVES_DE_RECIBO``. The first signs; the others, and those whose private part was destroyed
(``pub:…``), still verify. A key is known by a digest of its public part, so none can be taken for another. After ``@``
it may say its day: it proves nothing, and tells when to change it.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from marco import codigos
from marco.contrato import valor

FORMATO = "K1"
PUBLICA, DEL_DIA = "pub:", "@"
LARGO_DEL_CODIGO = 12
LARGO_MAXIMO = 2000  # of what somebody pastes


class LlaveInvalida(ValueError):
    """A key of the settings cannot be read. The message never says the key."""


class Sitio(Protocol):
    """What a receipt needs to know of an attempt."""

    clave: uuid.UUID
    numero: int


@dataclass(frozen=True)
class Llaves:
    """The keys of a site: the one that signs, if there is any, and those that verify, by their names."""

    firma: Ed25519PrivateKey | None
    por_nombre: dict[str, Ed25519PublicKey]


@dataclass(frozen=True)
class LlaveQueFirma:
    """``escrita``: a secret, as the settings have it. ``anteriores``: how many more still verify."""

    nombre: str
    hecha: datetime.date | None
    anteriores: int
    escrita: str = field(repr=False)


@dataclass(frozen=True)
class Recibo:
    """What a receipt says, once its signature was verified."""

    codigo: str
    intento: uuid.UUID
    numero: int
    curso: int
    unidad: int
    recibido_en: datetime.datetime
    huella: str
    preguntas: int

    @property
    def codigo_legible(self) -> str:
        return codigos.formatear(self.codigo)


def nueva_llave(hoy: datetime.date) -> str:
    """Return a private key of today, as it is written in the settings."""
    cruda = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return f"{_en_64(cruda)}{DEL_DIA}{hoy.isoformat()}"


def parte_publica(llave: str) -> str:
    """Return what is left in the settings of a key that will not sign again."""
    _llave, arroba, dia = llave.partition(DEL_DIA)
    return PUBLICA + _en_64(_cruda(_leer_llave(llave)[1])) + arroba + dia


def llave_que_firma() -> LlaveQueFirma | None:
    """Return what is known of the key that signs, if there is one. Raises ``LlaveInvalida``."""
    todas, escritas = llaves(), valor("KUSKA_LLAVES_DE_RECIBO")
    if todas.firma is None:
        return None
    _llave, _arroba, dia = escritas[0].partition(DEL_DIA)
    hecha = datetime.date.fromisoformat(dia) if dia else None
    return LlaveQueFirma(nombre_de(todas.firma.public_key()), hecha, len(todas.por_nombre) - 1, escritas[0])


def llaves() -> Llaves:
    """Return the keys of the settings. Raises ``LlaveInvalida``."""
    return _leer_llaves(tuple(valor("KUSKA_LLAVES_DE_RECIBO")))


@lru_cache(maxsize=8)
def _leer_llaves(escritas: tuple[str, ...]) -> Llaves:
    leidas = [_leer_llave(una) for una in escritas]
    privada = leidas[0][0] if leidas else None
    return Llaves(privada, {nombre_de(publica): publica for _privada, publica in leidas})


def _leer_llave(escrita: str) -> tuple[Ed25519PrivateKey | None, Ed25519PublicKey]:
    llave, _arroba, dia = escrita.partition(DEL_DIA)
    try:
        if dia:
            datetime.date.fromisoformat(dia)
        if llave.startswith(PUBLICA):
            return None, Ed25519PublicKey.from_public_bytes(_de_64(llave[len(PUBLICA) :]))
        privada = Ed25519PrivateKey.from_private_bytes(_de_64(llave))
    except ValueError:
        raise LlaveInvalida("A key of KUSKA_LLAVES_DE_RECIBO is not one that «llave_de_recibos» makes.") from None
    return privada, privada.public_key()


def nombre_de(publica: Ed25519PublicKey) -> str:
    """Return the name by which a receipt tells which key signed it."""
    return hashlib.sha256(_cruda(publica)).hexdigest()[:10]


def _cruda(publica: Ed25519PublicKey) -> bytes:
    return publica.public_bytes(Encoding.Raw, PublicFormat.Raw)


def huella_de(respuestas: Sequence[Any]) -> str:
    """Return the digest of the final answers, in the order of the form."""
    return hashlib.sha256(json.dumps(list(respuestas), sort_keys=True, separators=(",", ":")).encode()).hexdigest()[:32]


def firmar(
    *, intento: Sitio, curso: int, unidad: int, recibido_en: datetime.datetime, respuestas: Sequence[Any]
) -> tuple[str, str]:
    """Return the receipt of what was just received and its code; both empty where no key signs."""
    privada = llaves().firma
    if privada is None:
        return "", ""
    codigo = codigos.con_control(LARGO_DEL_CODIGO)
    dicho = {
        "c": codigo,
        "i": intento.clave.hex,
        "n": intento.numero,
        "q": curso,
        "u": unidad,
        "r": recibido_en.astimezone(datetime.UTC).isoformat(),
        "h": huella_de(respuestas),
        "k": len(respuestas),
    }
    cuerpo = f"{FORMATO}.{nombre_de(privada.public_key())}.{_en_64(json.dumps(dicho, separators=(',', ':')).encode())}"
    return f"{cuerpo}.{_en_64(privada.sign(cuerpo.encode()))}", codigo


def leer(texto: str) -> Recibo | None:
    """Return what a receipt says, or None when no key of this site signed it, to the letter."""
    texto = "".join(texto.split())
    if len(texto) > LARGO_MAXIMO or texto.count(".") != 3 or not texto.isascii():
        return None
    cuerpo, _punto, firma = texto.rpartition(".")
    formato, nombre, dicho = cuerpo.split(".")
    publica = llaves().por_nombre.get(nombre)
    if formato != FORMATO or publica is None:
        return None
    try:
        publica.verify(_de_64(firma), cuerpo.encode())
    except (InvalidSignature, ValueError):
        return None
    datos = json.loads(_de_64(dicho))  # ours, to the letter: it was signed
    return Recibo(
        codigo=datos["c"],
        intento=uuid.UUID(datos["i"]),
        numero=datos["n"],
        curso=datos["q"],
        unidad=datos["u"],
        recibido_en=datetime.datetime.fromisoformat(datos["r"]),
        huella=datos["h"],
        preguntas=datos["k"],
    )


def parece_recibo(escrito: str) -> bool:
    """Whether somebody pasted a whole receipt, and not its code."""
    return "." in escrito.strip()


def normalizar_codigo(escrito: str) -> str | None:
    return codigos.normalizar(escrito, LARGO_DEL_CODIGO)


def _en_64(crudo: bytes) -> str:
    return base64.urlsafe_b64encode(crudo).rstrip(b"=").decode()


def _de_64(escrito: str) -> bytes:
    try:
        return base64.b64decode(escrito + "=" * (-len(escrito) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
