"""What each instancia of a province counts, kept while nothing of it changes: only those that changed count again.

Each is kept under its own number (``cambios``), for whoever looks at it from whatever scope. A sum of people tells each
once, so of those who sit, or sat, at another one it is kept who they are, by number. Nothing else defines a figure: the
questions are those of the other modules, asked of one instancia.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import chain
from typing import Any

from instancias.models import Territorio

from . import cambios, distritos, guardado, matriz, metas, quietud
from .ambito import Ambito
from .contada import Contada, EnEspera, Leida, contar, esperar, juntar, leer, releer
from .contadores import DE_PERSONAS
from .distritos import Instancia, Totales
from .guardado import codigo_de_las_cuentas

__all__ = ["DeLasInstancias", "avances", "con_totales", "del_ambito", "juntar"]

MUCHAS = 200  # of more instancias than any department has, all are asked about at once
POR_CONTAR = 8  # that are counted while somebody waits for one figure of all
POCAS = 60  # people who changed: of more than these, all of the instancia are asked again

# -- what is kept


class DeLasInstancias:
    """The instancias of a scope, each as it was counted since it last changed."""

    def __init__(self, ambito: Ambito, numeros: cambios.Numeros) -> None:
        self.ambito, self.numeros = ambito, numeros
        fijo = (codigo_de_las_cuentas(), ambito.edicion, ambito.dia, ambito.al is None, *cambios.lo_recordado(ambito))
        self._base = blake2b(repr(fijo).encode(), digest_size=12).hexdigest()
        self._dura = cambios.segundos_del_dia(ambito)
        self.lugares = self._lugares()
        self._contadas: dict[str, Contada] | None = None

    @property
    def son_muchas(self) -> bool:
        return len(self.lugares) > MUCHAS

    def contadas(self) -> dict[str, Contada]:
        if self._contadas is None:
            self._contadas = self._leer("contada", lambda de_una, _antes: contar(de_una, self._leida(de_una)))
        return self._contadas

    def casi_contadas(self) -> bool:
        """Whether so many of them are kept that counting the rest takes nothing."""
        if self._contadas is None and not self.son_muchas:
            llaves = {self._llave("contada", ubigeo): self.numeros.de(ubigeo) for ubigeo in self.lugares}
            if len(llaves) - len(guardado.leer(llaves, ahora=self.ambito.ahora)) > POR_CONTAR:
                return False
        return not self.son_muchas

    def _leida(self, de_una: Ambito) -> Leida:
        """What one is counted of: of who changed, where it is known since when it was read, and of all otherwise."""
        ubigeo = de_una.instancia
        llave, numero = self._llave("leida", ubigeo), self.numeros.de(ubigeo)
        antes = guardado.de_antes([llave]).get(llave)
        quienes = self._quienes(ubigeo, antes)
        pocas = antes is not None and quienes is not None and len(quienes) <= POCAS
        leida = releer(de_una, antes.que, quienes or ()) if antes and pocas else leer(de_una)
        guardado.guardar({llave: leida}, {llave: numero}, self._dura, ultimos={llave: self.numeros.ultimo(ubigeo)})
        return leida

    def _quienes(self, ubigeo: str, antes: guardado.DeAntes | None) -> frozenset[int] | None:
        """Who changed at an instancia since something of it was kept; None where it is not known."""
        if antes is None:
            return None
        return self.numeros.quienes(ubigeo, desde=antes.numero, ultimo=antes.ultimo)

    def en_espera(self) -> list[EnEspera]:
        contadas = self.contadas()
        self.lugares = list(contadas)
        suyas = self._leer("espera", lambda de_una, antes: esperar(de_una, contadas[de_una.instancia], antes))
        return [
            una if una.claves is not None else replace(una, claves=contadas[ubigeo].claves)
            for ubigeo, una in suyas.items()
        ]

    def _leer(self, que: str, hacer: Any) -> dict[str, Any]:
        """By instancia, of those that there are: what is kept since it changed, and the rest made and kept."""
        llaves = {ubigeo: self._llave(que, ubigeo) for ubigeo in self.lugares}
        numeros = {llave: self.numeros.de(ubigeo) for ubigeo, llave in llaves.items()}
        de_antes = guardado.de_antes(llaves.values())
        todas: dict[str, Any] = {}
        nuevas: dict[str, Any] = {}
        for ubigeo, llave in llaves.items():
            antes = de_antes.get(llave)
            if antes and antes.es_de_ahora(numeros[llave], self.ambito.ahora):
                todas[ubigeo] = antes.que
            else:
                de_nadie_mas = antes and self._quienes(ubigeo, antes) is not None
                una = hacer(self._de_una(ubigeo), antes.que if antes and de_nadie_mas else None)
                if una is not None:
                    todas[ubigeo] = nuevas[llave] = una
        ultimos = {llaves[ubigeo]: self.numeros.ultimo(ubigeo) for ubigeo in todas if llaves[ubigeo] in nuevas}
        guardado.guardar(nuevas, numeros, self._dura, ultimos=ultimos)
        return todas

    def juntas(self, que: str, hacer: Callable[[list[str]], dict[str, Any]]) -> dict[str, Any]:
        """The same, of what is made at once of all those that lack it."""
        llaves = {ubigeo: self._llave(que, ubigeo) for ubigeo in self.lugares}
        numeros = {llave: self.numeros.de(ubigeo) for ubigeo, llave in llaves.items()}
        guardadas = guardado.leer(numeros, ahora=self.ambito.ahora)
        faltan = [ubigeo for ubigeo, llave in llaves.items() if llave not in guardadas]
        nuevas = {llaves[ubigeo]: una for ubigeo, una in hacer(faltan).items()} if faltan else {}
        guardado.guardar(nuevas, numeros, self._dura)
        todas = guardadas | nuevas
        return {ubigeo: todas[llave] for ubigeo, llave in llaves.items()}

    def _llave(self, que: str, ubigeo: str) -> str:
        return f"kuska:panel:{que}:{ubigeo}:{self._base}"

    def _de_una(self, ubigeo: str) -> Ambito:
        """What is kept is for all, so nothing of the scope of whoever asks first goes with it."""
        return replace(self.ambito, prefijos=(ubigeo,), instancia=ubigeo, territorio="")

    def _lugares(self) -> list[str]:
        """Places of the scope that may have an instancia, in order. One more of them is a change of all."""
        if self.ambito.instancia:
            return [self.ambito.instancia] if self.ambito.alcanza(self.ambito.instancia) else []
        llave = f"kuska:panel:lugares:{'-'.join(self.ambito.prefijos)}:{self._base}"
        numeros = {llave: self.numeros.de_todas}
        lugares: list[str] | None = guardado.leer(numeros, ahora=self.ambito.ahora).get(llave)
        if lugares is None:
            todos = Territorio.objects.bajo(self.ambito.prefijos).exclude(nivel=Territorio.Nivel.DEPARTAMENTO)
            lugares = list(todos.order_by("ubigeo").values_list("ubigeo", flat=True))
            guardado.guardar({llave: lugares}, numeros, self._dura)
        return lugares

    # -- what they add up to

    def instancias(self) -> list[Instancia]:
        return [una.instancia for una in self.contadas().values()]

    def totales(self, instancias: Sequence[Instancia]) -> Totales:
        todas = list(self.contadas().values())
        sumas = [sum(columna) for columna in zip([0] * len(DE_PERSONAS), *(una.sumas for una in todas), strict=True)]
        ahora = self.ambito.ahora
        quietas = sum(una.quietas + bisect_left(una.se_aquietan, (ahora, 0)) for una in todas)
        for verdades, momento in self._de_mas():
            sumas = [suma - es for suma, es in zip(sumas, verdades, strict=True)]
            quietas -= momento is not None and momento + quietud.DE_QUIETUD < ahora
        quietas = quietas if self.ambito.al is None else 0  # known of today only
        return distritos.sumar(dict(zip(DE_PERSONAS, sumas, strict=True)), instancias, sin_actividad=quietas)

    def _de_mas(self) -> Iterable[tuple[tuple[bool, ...], datetime.datetime | None]]:
        """Who was added up already, each time that they come again."""
        vistas: set[int] = set()
        for pk, suyo in chain.from_iterable(una.repiten.items() for una in self.contadas().values()):
            if pk in vistas:
                yield suyo
            vistas.add(pk)

    def ritmos(self) -> dict[str, int]:
        """What ``metas.avances`` asks of each: how many finished lately, at this instant."""
        desde = self.ambito.hace(metas.DIAS_DEL_RITMO)
        return {
            ubigeo: len(una.terminaron) - bisect_left(una.terminaron, desde) for ubigeo, una in self.contadas().items()
        }

    def puestos(self) -> matriz.Puestos:
        return {clave: suyo for una in self.contadas().values() for clave, suyo in una.puestos.items()}

    def por_ayudar(self) -> list[int]:
        return sorted(set(chain.from_iterable(una.por_ayudar for una in self.contadas().values())))

    def se_aquietan(self) -> list[datetime.datetime]:
        """The instants of the rest of the day after which one more person is still."""
        todas = set(chain.from_iterable(una.se_aquietan for una in self.contadas().values()))
        return sorted(instante for instante, _pk in todas if instante >= self.ambito.ahora)


def del_ambito(ambito: Ambito) -> DeLasInstancias | None:
    """The instancias of a scope one by one; None where the database keeps no changes."""
    suyos = cambios.numeros(ambito)
    return DeLasInstancias(ambito, suyos) if suyos else None


def avances(ambito: Ambito) -> list[metas.Avance]:
    """What ``metas.avances`` says of each table, of those that were counted already."""
    suyas = del_ambito(ambito)
    if suyas is None:
        return metas.avances(ambito, distritos.instancias(ambito))
    return metas.avances(ambito, suyas.instancias(), suyas.ritmos())


def con_totales(ambito: Ambito) -> tuple[list[Instancia], Totales]:
    """And their sums."""
    suyas = del_ambito(ambito)
    todas = suyas.instancias() if suyas else distritos.instancias(ambito)
    return todas, suyas.totales(todas) if suyas else distritos.totales(ambito, todas)
