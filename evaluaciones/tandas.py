"""Closed lots: what lets the answers of a few be told, and never be told by subtracting what was told before.

Whatever is told of answers is a sum of whole lots, each of ``minimo`` people or more. A person is in one lot, that does
not change once it closed; so whoever subtracts days, places, parts and their sum has lots again (decision 28).

Months are counted by their first day. Nothing here asks the database.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from marco.grupos import MINIMO

DIAS_PARA_CERRAR = 3  # what the server closes late is written down with its own date: it is waited for
MESES_DE_ESPERA = 3  # then, whoever waits in a place of few goes with those of the other places of the province

Celda = tuple[str, datetime.date]  # a place and a month
Grupo = str


@dataclass(frozen=True)
class Tanda:
    """A closed lot: the cells that went into it, all their people. ``lugar`` is empty where they are of several places.

    ``se_dicen`` are the groups (sectors) that may be told apart among the people of its batch: the lots of the same
    province that closed in the same month.
    """

    mes: datetime.date
    provincia: str
    lugar: str
    celdas: tuple[Celda, ...]
    personas: int
    se_dicen: frozenset[Grupo] = frozenset()

    @property
    def hasta(self) -> datetime.date:
        """The last day that it reaches."""
        return siguiente(self.mes) - datetime.timedelta(days=1)


def mes_de(dia: datetime.date) -> datetime.date:
    return dia.replace(day=1)


def siguiente(mes: datetime.date) -> datetime.date:
    return (mes + datetime.timedelta(days=32)).replace(day=1)


def ultimo_mes(dia: datetime.date) -> datetime.date:
    """The last month that is closed in the figures of a day."""
    return mes_de(mes_de(dia - datetime.timedelta(days=DIAS_PARA_CERRAR - 1)) - datetime.timedelta(days=1))


def ultimo_dia(dia: datetime.date) -> datetime.date:
    """The last day that may be told in the figures of a day."""
    return siguiente(ultimo_mes(dia)) - datetime.timedelta(days=1)


def cerrar(
    cuantas: Mapping[tuple[str, datetime.date, Grupo], int], *, dia: datetime.date, minimo: int = MINIMO
) -> list[Tanda]:
    """Return the lots that are closed on a day, in order. ``cuantas``: people by place, month and group.

    At the end of each month, the people of a place that wait are a lot when they are enough.
    """
    por_provincia: dict[str, dict[Celda, dict[Grupo, int]]] = defaultdict(dict)
    ultimo = ultimo_mes(dia)
    for (lugar, mes, grupo), n in cuantas.items():
        if mes <= ultimo and n:
            por_provincia[lugar[:4]].setdefault((lugar, mes), {})[grupo] = n
    return [
        tanda
        for provincia, celdas in sorted(por_provincia.items())
        for tanda in _de_la_provincia(provincia, celdas, ultimo, minimo)
    ]


def ultimo_corte(
    por_mes: Mapping[datetime.date, int], *, dia: datetime.date, minimo: int = MINIMO
) -> datetime.date | None:
    """Return the last month that closes a lot among all the people at once, or None.

    Whoever came up to it is told: from one cut to the next there are as many as a lot.
    """
    esperan, corte = 0, None
    for mes, n in sorted(por_mes.items()):
        esperan += n if mes <= ultimo_mes(dia) else 0
        if esperan >= minimo:
            esperan, corte = 0, mes
    return corte


def _de_la_provincia(
    provincia: str, celdas: Mapping[Celda, Mapping[Grupo, int]], ultimo: datetime.date, minimo: int
) -> Iterable[Tanda]:
    total = {celda: sum(grupos.values()) for celda, grupos in celdas.items()}
    esperan: dict[str, list[Celda]] = defaultdict(list)
    juntas: list[Celda] = []
    mes = min(mes for _lugar, mes in celdas)
    while mes <= ultimo:
        cierran: list[tuple[str, list[Celda]]] = []
        for lugar in sorted(lugar for lugar, suyo in celdas if suyo == mes):
            esperan[lugar].append((lugar, mes))
        for lugar, suyas in sorted(esperan.items()):
            if sum(total[celda] for celda in suyas) >= minimo:
                cierran.append((lugar, suyas))
                esperan[lugar] = []
            else:
                juntas += [celda for celda in suyas if _ya_espero(celda[1], mes)]
                esperan[lugar] = [celda for celda in suyas if not _ya_espero(celda[1], mes)]
        if sum(total[celda] for celda in juntas) >= minimo:
            cierran.append(("", juntas))
            juntas = []
        dicen = se_dicen([_grupos(suyas, celdas) for _lugar, suyas in cierran], minimo)
        for lugar, suyas in cierran:
            yield Tanda(mes, provincia, lugar, tuple(suyas), sum(total[celda] for celda in suyas), dicen)
        mes = siguiente(mes)


def _ya_espero(mes: datetime.date, hasta: datetime.date) -> bool:
    return (hasta.year - mes.year) * 12 + hasta.month - mes.month >= MESES_DE_ESPERA


def _grupos(celdas: Iterable[Celda], por_celda: Mapping[Celda, Mapping[Grupo, int]]) -> dict[Grupo, int]:
    suma: dict[Grupo, int] = defaultdict(int)
    for celda in celdas:
        for grupo, n in por_celda[celda].items():
            suma[grupo] += n
    return suma


def se_dicen(tandas: Collection[Mapping[Grupo, int]], minimo: int = MINIMO) -> frozenset[Grupo]:
    """Return the groups that may be told of these lots, besides each lot. The rest are only in the sums.

    Lots and groups are the ends of as many links as people. What can be had by adding and subtracting what is told is
    a number for each end, and speaks of the people whose two ends got different ones: it takes cutting their links.
    So no few people are told apart exactly when fewer than ``minimo`` links cut nothing off.
    """
    cuantas = _grupos_en_total(tandas)
    aparte = {grupo for grupo, n in cuantas.items() if n < minimo}
    while dichos := cuantas.keys() - aparte:
        lazos: dict[tuple[str, str], int] = defaultdict(int)
        for numero, tanda in enumerate(tandas):
            for grupo, n in tanda.items():
                lazos[f"tanda {numero}", f"grupo {grupo}" if grupo in dichos else "los demás"] += n
        if corte_menor(lazos) >= minimo:
            return frozenset(dichos)
        aparte.add(min(dichos, key=lambda grupo: (cuantas[grupo], grupo)))
    return frozenset()


def _grupos_en_total(tandas: Iterable[Mapping[Grupo, int]]) -> dict[Grupo, int]:
    suma: dict[Grupo, int] = defaultdict(int)
    for tanda in tandas:
        for grupo, n in tanda.items():
            suma[grupo] += n
    return suma


def corte_menor(lazos: Mapping[tuple[str, str], int]) -> int:
    """Return how many links must be cut, at least, for some part of what is linked to come off.

    Stoer and Wagner, «A simple min-cut algorithm» (1997), on each part that is linked; a lone end has nothing to cut.
    """
    peso: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (uno, otro), n in lazos.items():
        peso[uno][otro] += n
        peso[otro][uno] += n
    return min((_corte_de(parte, peso) for parte in _partes(peso)), default=sum(lazos.values()))


def _partes(peso: Mapping[str, Mapping[str, int]]) -> Iterable[list[str]]:
    vistos: set[str] = set()
    for inicio in peso:
        parte, por_ver = [], [inicio]
        while por_ver:
            uno = por_ver.pop()
            if uno not in vistos:
                vistos.add(uno)
                parte.append(uno)
                por_ver += peso[uno]
        if parte:
            yield parte


def _corte_de(parte: Collection[str], peso: Mapping[str, Mapping[str, int]]) -> int:
    unidos = {uno: {otro: n for otro, n in peso[uno].items() if otro != uno} for uno in parte}
    menor = sum(sum(suyos.values()) for suyos in unidos.values())
    while len(unidos) > 1:
        orden, llega = [], dict.fromkeys(unidos, 0)
        while llega:
            cerca = max(llega, key=lambda uno: llega[uno])
            menor_de_aqui = llega.pop(cerca)
            orden.append(cerca)
            for otro, n in unidos[cerca].items():
                if otro in llega:
                    llega[otro] += n
        ultimo, anterior = orden[-1], orden[-2]
        menor = min(menor, menor_de_aqui)
        for otro, n in unidos.pop(ultimo).items():
            unidos[otro].pop(ultimo)
            if otro != anterior:
                unidos[anterior][otro] = unidos[anterior].get(otro, 0) + n
                unidos[otro][anterior] = unidos[otro].get(anterior, 0) + n
    return menor
