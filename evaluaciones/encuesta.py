"""What a survey says of whoever answered it, from counts already made. No database: closed lots, never people.

A figure speaks of the people of whole lots (``tandas``); none of its counts is of fewer than five (``marco.grupos``).
"""

from __future__ import annotations

import datetime
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from marco.grupos import MINIMO, Contado, callar

from . import tandas
from .libro import PreguntaMostrada

SIN_SECTOR = ""
# What may name somebody in one's own words: an address of e-mail, and whatever has four figures or more.
QUE_SENALAN = re.compile(r"\S+@\S+|\d(?:[\s.\-]?\d){3,}")
OMITIDO = "…"


@dataclass(frozen=True)
class Donde:
    """Of whom it is asked: all that lies under some territories, one place of them, or one sector of all of it."""

    prefijos: tuple[str, ...]
    lugar: str = ""
    sector: str | None = None

    def cubre(self, tanda: tandas.Tanda) -> bool:
        if self.lugar:
            return tanda.lugar == self.lugar
        return (tanda.lugar or tanda.provincia).startswith(self.prefijos)

    def cubre_la_provincia(self, provincia: str) -> bool:
        """Whether it may be told by sectors, which are those of a whole province."""
        return not self.lugar and provincia.startswith(self.prefijos)


@dataclass
class Cuenta:
    """What people of a cell and a sector answered to a question: how many they are, and what they chose or wrote."""

    personas: int = 0
    marcadas: Counter[str] = field(default_factory=Counter)
    escritos: list[str] = field(default_factory=list)

    def sumar(self, otra: Cuenta) -> None:
        self.personas += otra.personas
        self.marcadas += otra.marcadas
        self.escritos += otra.escritos


@dataclass(frozen=True)
class OpcionDicha:
    """An option, and how many chose it: None where they are too few, or would tell those that are.

    ``casi_todas``: the others are fewer than five, none perhaps. How many is not told.
    """

    texto: str
    veces: Contado
    casi_todas: bool = False


@dataclass(frozen=True)
class PreguntaDicha:
    """A question as it is told of some people. Without ``personas``, nothing is."""

    texto: str
    personas: int
    opciones: list[OpcionDicha]
    escritos: list[str]
    se_cuenta: bool = True
    varias: bool = False


@dataclass(frozen=True)
class Pregunta:
    """A question of a survey with everything that was answered to it, by place, month and sector."""

    mostrada: PreguntaMostrada
    textos: Mapping[str, str]
    cuentas: Mapping[tuple[str, datetime.date, str], Cuenta]
    dia: datetime.date

    @cached_property
    def tandas(self) -> list[tandas.Tanda]:
        return tandas.cerrar({donde: una.personas for donde, una in self.cuentas.items()}, dia=self.dia)

    @cached_property
    def _sectores(self) -> dict[tandas.Celda, list[str]]:
        suyos: dict[tandas.Celda, list[str]] = defaultdict(list)
        for lugar, mes, sector in self.cuentas:
            suyos[lugar, mes].append(sector)
        return suyos

    def de(self, donde: Donde) -> Cuenta:
        """Add up the lots of a place, or of a sector what is told of it in each batch."""
        suma = Cuenta()
        for tanda in self.tandas:
            if donde.sector is None:
                sirve = donde.cubre(tanda)
            else:
                sirve = donde.sector in tanda.se_dicen and donde.cubre_la_provincia(tanda.provincia)
            for celda in tanda.celdas if sirve else ():
                for sector in self._sectores[celda]:
                    if donde.sector in (None, sector):
                        suma.sumar(self.cuentas[(*celda, sector)])
        return suma

    def dicha(self, donde: Donde) -> PreguntaDicha:
        suma, opciones = self.de(donde), self.mostrada.clase.opciones(self.mostrada.contenido)
        varias = bool(getattr(self.mostrada.clase, "admite_varias", False))
        veces = [suma.marcadas[clave] for clave, _texto in opciones]
        otras = sorted(set(suma.marcadas) - {clave for clave, _texto in opciones})  # taken away since
        veces += [suma.marcadas[clave] for clave in otras]
        textos = [texto for _clave, texto in opciones] + [self.textos.get(clave, clave) for clave in otras]
        # In one's own words there are no sectors: the same words in two lists would join the one with the other.
        escritos = sin_senales(suma.escritos, semilla=self.mostrada.clave) if donde.sector is None else []
        return PreguntaDicha(
            texto=self.mostrada.texto,
            personas=suma.personas,
            opciones=[
                OpcionDicha(texto, dicho, dicho is None and suma.personas - una < MINIMO <= una)
                for texto, una, dicho in zip(textos, veces, _dichas(veces, suma.personas, varias), strict=True)
            ],
            escritos=escritos,
            se_cuenta=bool(opciones),
            varias=varias,
        )


def _dichas(veces: Sequence[int], personas: int, varias: bool) -> list[Contado]:
    """The counts of the options: of one answer they add up to the people; of several, each is told by itself."""
    if varias:
        return [callar([una, personas - una])[0] for una in veces]
    sin_marcar = personas - sum(veces)
    return callar([*veces, sin_marcar] if sin_marcar > 0 else veces)[: len(veces)]


def sin_senales(escritos: Iterable[str], *, semilla: str) -> list[str]:
    """Return what people wrote in their own words, in an order that is nobody's, without addresses or long numbers."""
    limpios = sorted(QUE_SENALAN.sub(OMITIDO, " ".join(uno.split())) for uno in escritos if uno.strip())
    random.Random(semilla).shuffle(limpios)  # noqa: S311  (an order, not a secret)
    return limpios


@dataclass(frozen=True)
class Encuesta:
    """A survey of a course in one edition, with its questions in order."""

    id: int
    titulo: str
    variante: str
    preguntas: list[Pregunta]

    @property
    def primera(self) -> Pregunta | None:
        return self.preguntas[0] if self.preguntas else None

    def lugares(self) -> dict[str, int]:
        """How many people are told of each place that has a lot."""
        cuantas: Counter[str] = Counter()
        for tanda in self.primera.tandas if self.primera else ():
            cuantas[tanda.lugar] += tanda.personas
        return cuantas

    def personas(self, donde: Donde) -> int:
        """How many people its first question tells of. Surveys are answered whole."""
        return self.primera.de(donde).personas if self.primera else 0

    def sectores(self) -> list[str]:
        """The sectors of those who answered, told or not."""
        return sorted({sector for pregunta in self.preguntas for _lugar, _mes, sector in pregunta.cuentas})

    @property
    def hasta(self) -> datetime.date | None:
        """The last day that what is told reaches."""
        return max((tanda.hasta for una in self.preguntas for tanda in una.tandas), default=None)
