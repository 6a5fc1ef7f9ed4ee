"""What each instancia of a province counts, kept while nothing of it changes: only those that changed count again.

Each is kept under its own number (``cambios``), for whoever looks at it from whatever scope. A sum of people tells each
once, so of those who sit, or sat, at another one it is kept who they are, by number. Nothing else defines a figure: the
questions are those of the other modules, asked of one instancia.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain
from typing import Any

from instancias.models import Territorio
from marco.de_estos import en_fila

from . import asientos, ayuda, cambios, distritos, gente, guardado, matriz, metas, quietud, recordar
from .ambito import Ambito
from .contadores import DE_PERSONAS
from .de_una import DeUnaInstancia
from .distritos import Instancia, Totales
from .guardado import codigo_de_las_cuentas

MUCHAS = 40  # of more instancias than these, all are asked about at once
LEJOS = datetime.datetime.max.replace(tzinfo=datetime.UTC)
Instantes = list[tuple[datetime.datetime, int]]
Clave = tuple[int, datetime.datetime, int]


@dataclass(frozen=True)
class Contada:
    """An instancia and its people at an instant. ``se_aquietan``: who becomes still in the rest of the day, and when.

    ``repiten``: who may be at another one too: what is true of each, and what they did last if they can go on.
    """

    instancia: Instancia
    sumas: tuple[int, ...]
    quietas: int
    se_aquietan: Instantes
    repiten: dict[int, tuple[tuple[bool, ...], datetime.datetime | None]]
    puestos: matriz.Puestos
    por_ayudar: list[int]
    claves: list[Clave]  # of «A quién recordar», and until when it is so
    claves_hasta: datetime.datetime
    terminaron: list[datetime.datetime]  # of late, each at its instant


@dataclass(frozen=True)
class EnEspera:
    """Whom to remind at an instancia, in order, and its vacant seats; and until when it is so.

    Without an order of its own, that of its people as they were counted.
    """

    claves: list[Clave] | None
    sillas: list[tuple[Any, ...]]
    vence: datetime.datetime


# -- the questions

LA_ESTRUCTURA, LA_GENTE = DeUnaInstancia(distritos.filas_sin_gente), DeUnaInstancia(gente.filas)
POR_AYUDAR = DeUnaInstancia(ayuda.quienes)
LAS_VACANTES = DeUnaInstancia(lambda ambito: recordar.vacantes(ambito).values_list(*asientos.ORDEN, "pk"))
LOS_DESCANSOS = DeUnaInstancia(quietud.descansos_de_asientos)


def contar(ambito: Ambito) -> Contada | None:
    """Count one instancia from facts; None where there is no such place. Two statements, and four where somebody needs
    help."""
    de_hoy = ambito.al is None
    suyas = _la_gente(ambito)
    instancia = distritos.leer_estructura(ambito, LA_ESTRUCTURA(ambito), suyas.asientos()).get(ambito.instancia)
    if instancia is None:
        return None
    sumas = suyas.cuantas(*DE_PERSONAS)
    instancia.integrantes, instancia.terminaron = (
        sumas[DE_PERSONAS.index(uno)] for uno in ("integrantes", "terminaron")
    )
    instancia.este_mes, quietas = suyas.cuantas("este_mes", "quieta")
    return Contada(
        instancia=instancia,
        sumas=tuple(sumas),
        quietas=quietas,
        se_aquietan=suyas.se_aquietan(),
        repiten=suyas.repiten(),
        puestos=suyas.puestos(ambito.instancia, de_hoy=de_hoy),
        por_ayudar=sorted(suyas.por_ayudar),
        claves=suyas.claves(),
        claves_hasta=_hasta_cuando(ambito, suyas),
        terminaron=suyas.terminaron_hace_poco(),
    )


def _hasta_cuando(ambito: Ambito, suyas: gente.Gente) -> datetime.datetime:
    """Until when its people wait in that order, if nobody writes anything."""
    quietos = [instante for instante, _pk in suyas.se_aquietan()]
    return quietud.limite(ambito, quietos, suyas.descansos(), quietud.al_pasar(ambito, suyas.plazos()))


def _la_gente(ambito: Ambito) -> gente.Gente:
    """Its people. Of those who began some evaluation, who needs help: their place in «A quién recordar» is another."""
    filas = [gente.leer(fila) for fila in LA_GENTE(ambito, por_ayudar="", solo=None)]
    con_intentos = {una.persona for una in filas if una.con_intentos}
    por_ayudar = sorted(POR_AYUDAR(ambito, de=en_fila(con_intentos))) if con_intentos else []
    if por_ayudar:
        suyas = en_fila(por_ayudar)
        otra_vez = [gente.leer(fila) for fila in LA_GENTE(ambito, por_ayudar=suyas, solo=suyas)]
        filas = [una for una in filas if una.persona not in set(por_ayudar)] + otra_vez
    return gente.Gente(filas, por_ayudar)


def esperar(ambito: Ambito, una: Contada) -> EnEspera:
    """Whom to remind at one instancia. Two statements, of its seats; its people are asked again when time passed by."""
    de_ahora = una if ambito.ahora < una.claves_hasta else contar(ambito) or una
    vence = min(de_ahora.claves_hasta, quietud.limite(ambito, [], LOS_DESCANSOS(ambito), []))
    return EnEspera(None if de_ahora is una else de_ahora.claves, LAS_VACANTES(ambito), vence)


def juntar(todas: Sequence[EnEspera]) -> EnEspera:
    """All of them as one: who sits at two instancias waits once."""
    claves = sorted(set(chain.from_iterable(una.claves or () for una in todas)))
    sillas = list(chain.from_iterable(una.sillas for una in todas))
    return EnEspera(claves, sillas, min((una.vence for una in todas), default=LEJOS))


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
            self._contadas = self._leer("contada", lambda ubigeo, de_una: contar(de_una))
        return self._contadas

    def en_espera(self) -> list[EnEspera]:
        contadas = self.contadas()
        self.lugares = list(contadas)
        suyas = self._leer("espera", lambda ubigeo, de_una: esperar(de_una, contadas[ubigeo]))
        return [
            una if una.claves is not None else replace(una, claves=contadas[ubigeo].claves)
            for ubigeo, una in suyas.items()
        ]

    def _leer(self, que: str, hacer: Any) -> dict[str, Any]:
        """By instancia, of those that there are: what is kept since it changed, and the rest made and kept."""
        llaves = {ubigeo: f"kuska:panel:{que}:{ubigeo}:{self._base}" for ubigeo in self.lugares}
        numeros = {llave: self.numeros.de(ubigeo) for ubigeo, llave in llaves.items()}
        guardadas = guardado.leer(numeros, ahora=self.ambito.ahora)
        nuevas = {llave: hacer(u, self._de_una(u)) for u, llave in llaves.items() if llave not in guardadas}
        guardado.guardar({llave: una for llave, una in nuevas.items() if una is not None}, numeros, self._dura)
        todas = {ubigeo: guardadas.get(llave) or nuevas.get(llave) for ubigeo, llave in llaves.items()}
        return {ubigeo: una for ubigeo, una in todas.items() if una is not None}

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
        todas = [una.instancia for una in self.contadas().values()]
        distritos.callar_las_de_pocos(todas)
        return todas

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
