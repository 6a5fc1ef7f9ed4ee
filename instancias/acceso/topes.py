"""How much guessing is too much: the rule of the brakes, that asks nothing of the database.

Two shapes, and each row of both costs the same whatever happened before. A wait that grows, for who guesses at one
door; a bucket that leaks, for what many people share: it fills with failures, drips one by one, and never closes for
longer than a drop.
"""

from __future__ import annotations

import datetime
import ipaddress
from dataclasses import dataclass, replace
from typing import Protocol

LIBRES = 5
PRIMERA_ESPERA = datetime.timedelta(seconds=30)
ESPERA_MAXIMA = datetime.timedelta(minutes=15)
OLVIDO = datetime.timedelta(hours=6)
NADA = datetime.timedelta()


@dataclass(frozen=True)
class Estado:
    """What a row keeps: how many failures, since when, and until when nobody may try."""

    fallos: int
    ultimo_en: datetime.datetime
    espera_hasta: datetime.datetime | None = None


class Tope(Protocol):
    def contar(self, estado: Estado | None, ahora: datetime.datetime) -> Estado | None:
        """One more try. None when it has to wait: such a try is not counted."""

    def falta(self, estado: Estado, ahora: datetime.datetime) -> datetime.timedelta:
        """How long until one that has to wait may try; nothing of what many share, that would tell of the others."""

    def devolver(self, estado: Estado, cuantos: int) -> Estado:
        """Some of the tries were of somebody who knew the key."""


@dataclass(frozen=True)
class Creciente:
    """Some tries in a row are free; after them, each one waits more than the one before."""

    def contar(self, estado: Estado | None, ahora: datetime.datetime) -> Estado | None:
        if estado and estado.espera_hasta and estado.espera_hasta > ahora:
            return None
        seguidos = estado.fallos + 1 if estado and ahora - estado.ultimo_en <= OLVIDO else 1
        espera = espera_tras(seguidos)
        return Estado(seguidos, ahora, ahora + espera if espera else None)

    def falta(self, estado: Estado, ahora: datetime.datetime) -> datetime.timedelta:
        return max(NADA, (estado.espera_hasta or ahora) - ahora)

    def devolver(self, estado: Estado, cuantos: int) -> Estado:
        return Estado(max(0, estado.fallos - cuantos), estado.ultimo_en)


@dataclass(frozen=True)
class Balde:
    """So many fit, and one leaves every so often. In any stretch of time no more pass than fit, and those that left."""

    caben: int
    cada: datetime.timedelta

    def contar(self, estado: Estado | None, ahora: datetime.datetime) -> Estado | None:
        hay = self._goteado(estado, ahora) if estado else Estado(0, ahora)
        return replace(hay, fallos=hay.fallos + 1) if hay.fallos < self.caben else None

    def falta(self, estado: Estado, ahora: datetime.datetime) -> datetime.timedelta:
        return NADA

    def devolver(self, estado: Estado, cuantos: int) -> Estado:
        return replace(estado, fallos=max(0, estado.fallos - cuantos))

    def _goteado(self, estado: Estado, ahora: datetime.datetime) -> Estado:
        # A clock that goes back gives nothing away.
        gotas = max(0, (ahora - estado.ultimo_en) // self.cada)
        if gotas >= estado.fallos:
            return Estado(0, ahora)
        return Estado(estado.fallos - gotas, estado.ultimo_en + gotas * self.cada)


def espera_tras(fallos: int) -> datetime.timedelta:
    """Return how long to wait after so many failures in a row: 30 s, 1 min, 2 min… up to 15 min."""
    if fallos <= LIBRES:
        return datetime.timedelta()
    return min(PRIMERA_ESPERA * 2 ** min(fallos - LIBRES - 1, 10), ESPERA_MAXIMA)


@dataclass(frozen=True)
class Intento:
    """A try at a door: of whom, from where, with what. ``equipo``: the machine, when it opened this door before.

    ``marca``: few letters that the same secret always gives (see ``services.frenos.marca_de``). ``se_busca``: it is
    a thing looked for by its number, not an account of many that enter at once.
    """

    proposito: str
    cuenta: str = ""
    ip: str = ""
    equipo: str = ""
    marca: str = ""
    se_busca: bool = False


EN_FILA = Creciente()
# Forty people in a room, two wrong keys each, before the first of them is right.
DE_LA_RED = Balde(100, datetime.timedelta(minutes=1))
DE_LA_CUENTA = Balde(20, datetime.timedelta(minutes=5))
# One person who types one wrong key again and again is stopped by their own line before.
DE_UNA_CLAVE = Balde(12, datetime.timedelta(minutes=10))
# What is looked for by its number alone: papers and links.
DE_LO_QUE_SE_BUSCA = Balde(30, datetime.timedelta(minutes=1))


def capas_de(intento: Intento) -> dict[str, Tope]:
    """The brakes of a try, each by what it counts.

    A machine that opened this account before has a brake of its own: whoever fills those of its address, or of the
    account from elsewhere, does not slow it.
    """
    red = red_de(intento.ip)
    if intento.equipo:
        return {f"equipo\n{intento.cuenta}\n{intento.equipo}": EN_FILA}
    capas: dict[str, Tope] = {}
    if intento.cuenta and red:
        capas[f"par\n{intento.cuenta}\n{red}"] = EN_FILA
    if intento.cuenta:
        # Without an address it is asked of who is already in with the key: they slow nobody but themselves.
        capas[f"cuenta\n{intento.cuenta}"] = DE_LA_CUENTA if red else EN_FILA
    if red:
        capas[f"red\n{red}"] = DE_LO_QUE_SE_BUSCA if intento.se_busca else DE_LA_RED
    if intento.marca:
        capas[f"clave\n{red}\n{intento.marca}"] = DE_UNA_CLAVE
    return capas


def red_de(ip: str) -> str:
    """An IPv6 house has 2**64 addresses: count it as one."""
    try:
        leida = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    if isinstance(leida, ipaddress.IPv6Address):
        if leida.ipv4_mapped is None:
            return str(ipaddress.ip_network((leida, 64), strict=False))
        leida = leida.ipv4_mapped
    return str(leida)
