"""When somebody is told that the service is not well, and when that it is well again. Nothing is asked here.

What is wrong is told once it has lasted: a restart is no news. It is told again while it lasts, every day or every
week, and once more when it has been well for a while, so that whatever comes and goes does not write each time.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from ..estado import BIEN, MAL, MIRAR, LineaDeEstado

DURA = {MAL: datetime.timedelta(minutes=10), MIRAR: datetime.timedelta(days=1)}  # before it is told
SE_REPITE = {MAL: datetime.timedelta(days=1), MIRAR: datetime.timedelta(days=7)}
CALMA = datetime.timedelta(minutes=30)  # well for so long, it is told to be well
PEOR = (BIEN, MIRAR, MAL)


@dataclass(frozen=True)
class Asunto:
    """A line that is not well, or has been so for less than a while: since when, and when and how bad it was told."""

    nombre: str
    estado: str
    desde: datetime.datetime
    dicho_en: datetime.datetime | None = None
    dicho_como: str = ""
    bien_desde: datetime.datetime | None = None

    def como_datos(self) -> dict[str, Any]:
        momentos = {"desde": self.desde, "dicho_en": self.dicho_en, "bien_desde": self.bien_desde}
        textos = {"nombre": self.nombre, "estado": self.estado, "dicho_como": self.dicho_como}
        return {**textos, **{cual: momento and momento.isoformat() for cual, momento in momentos.items()}}

    @classmethod
    def de_datos(cls, datos: Mapping[str, Any]) -> Self:
        def leer(cual: str) -> datetime.datetime | None:
            return datetime.datetime.fromisoformat(datos[cual]) if datos[cual] else None

        desde = datetime.datetime.fromisoformat(datos["desde"])
        textos = {cual: str(datos[cual]) for cual in ("nombre", "estado", "dicho_como")}
        return cls(desde=desde, dicho_en=leer("dicho_en"), bien_desde=leer("bien_desde"), **textos)

    def visto(self, linea: LineaDeEstado, ahora: datetime.datetime) -> Asunto:
        """The same, as its line is now. A clock that went back does not keep it silent."""
        desde = min(self.desde, ahora) if linea.estado == self.estado else ahora
        dicho = self.dicho_en and min(self.dicho_en, ahora)
        return replace(self, nombre=linea.nombre, estado=linea.estado, desde=desde, dicho_en=dicho, bien_desde=None)

    def dura(self, ahora: datetime.datetime) -> bool:
        return ahora - self.desde >= DURA[self.estado]

    def toca(self, ahora: datetime.datetime) -> bool:
        """Whether it is to be told now: never told, told as less bad, or told long ago."""
        if self.dicho_en is None or (self.estado == MAL and self.dicho_como != MAL):
            return self.dura(ahora)
        return ahora - self.dicho_en >= SE_REPITE[self.estado]


@dataclass(frozen=True)
class Aviso:
    """What to tell (lines, with since when), what is well again, and what is to be kept whether it is told or not."""

    asuntos: dict[str, Asunto]
    sin_decir: dict[str, Asunto]
    mal: list[tuple[LineaDeEstado, Asunto]]
    de_vuelta: list[str]

    @property
    def hay_que_decir(self) -> bool:
        return bool(self.mal or self.de_vuelta)


def juzgar(antes: Mapping[str, Asunto], lineas: Iterable[LineaDeEstado], *, ahora: datetime.datetime) -> Aviso:
    """What to tell now, given what was known. Whatever is told goes with all that is wrong and has lasted.

    ``asuntos`` is what is known once it is told; ``sin_decir``, if it could not be told.
    """
    malas = {una.clave: una for una in sorted(lineas, key=lambda una: PEOR.index(una.estado)) if una.estado != BIEN}
    vistos = {clave: _ahora(antes.get(clave), una, ahora) for clave, una in malas.items()}
    de_vuelta, en_calma = [], {}
    for clave, uno in antes.items():
        if clave in vistos or uno.dicho_en is None:
            continue
        bien_desde = min(uno.bien_desde or ahora, ahora)
        en_calma[clave] = replace(uno, bien_desde=bien_desde)
        if ahora - bien_desde >= CALMA:
            de_vuelta.append(clave)
    toca = de_vuelta or any(uno.toca(ahora) for uno in vistos.values())
    se_dicen = [clave for clave, uno in vistos.items() if toca and (uno.dicho_en or uno.dura(ahora))]
    dichos = {clave: replace(vistos[clave], dicho_en=ahora, dicho_como=vistos[clave].estado) for clave in se_dicen}
    siguen = {clave: uno for clave, uno in en_calma.items() if clave not in de_vuelta}
    return Aviso(
        asuntos={**vistos, **dichos, **siguen},
        sin_decir={**vistos, **en_calma},
        mal=sorted(((malas[clave], vistos[clave]) for clave in se_dicen), key=lambda par: -PEOR.index(par[0].estado)),
        de_vuelta=[en_calma[clave].nombre for clave in de_vuelta],
    )


def _ahora(antes: Asunto | None, linea: LineaDeEstado, ahora: datetime.datetime) -> Asunto:
    return antes.visto(linea, ahora) if antes else Asunto(linea.nombre, linea.estado, ahora)
