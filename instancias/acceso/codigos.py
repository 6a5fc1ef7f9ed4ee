"""The codes of a second step: those that an application counts with the clock, and those of a printed sheet."""

from __future__ import annotations

import datetime
import re
import secrets

import pyotp
from django.utils.crypto import constant_time_compare

PASO = 30  # seconds
HOLGURA = 1  # steps that a clock may be late or early
CUANTOS = 20
LARGO = 10
ALFABETO = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PARECIDAS = str.maketrans("ILOU", "110V")


def nuevo_secreto() -> str:
    return pyotp.random_base32()


def direccion_para_la_aplicacion(secreto: str, *, quien: str, donde: str) -> str:
    """What the QR says. Both names are read on the screen of a phone: neutral ones."""
    return pyotp.TOTP(secreto).provisioning_uri(name=quien, issuer_name=donde)


def paso_de(secreto: str, codigo: str, *, ahora: datetime.datetime) -> int | None:
    """The step of the clock that a code is of, if it is of one near now. All of them are looked at, in equal time."""
    de_ahora = int(ahora.timestamp()) // PASO
    totp = pyotp.TOTP(secreto)
    hallado = None
    for paso in range(de_ahora - HOLGURA, de_ahora + HOLGURA + 1):
        if constant_time_compare(totp.at(paso * PASO), codigo):
            hallado = paso
    return hallado


def codigo_de(secreto: str, *, ahora: datetime.datetime) -> str:
    """What the application shows at this moment."""
    return str(pyotp.TOTP(secreto).at(int(ahora.timestamp())))


def hoja_nueva() -> list[str]:
    """Twenty codes of ten letters and numbers that nobody mistakes for each other."""
    return ["".join(secrets.choice(ALFABETO) for _letra in range(LARGO)) for _codigo in range(CUANTOS)]


def legible(codigo: str) -> str:
    return f"{codigo[:4]}-{codigo[4:8]}-{codigo[8:]}"


def leer(escrito: str) -> str:
    """As it is kept: without spaces or dashes, in capitals, with the letters that look alike set right."""
    junto = re.sub(r"[\s\-.]", "", escrito).upper()
    return junto if es_de_aplicacion(junto) else junto.translate(PARECIDAS)


def es_de_aplicacion(codigo: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{6}", codigo))
