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

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from instancias.models import Membresia, Territorio
from marco.de_estos import en_fila

from . import asientos, ayuda, cambios, distritos, guardado, matriz, quietud, recordar
from . import definiciones as d
from .ambito import Ambito
from .contadores import como_verdad
from .de_una import DeUnaInstancia
from .distritos import Instancia, Totales
from .guardado import codigo_de_las_cuentas
from .situacion import sin_actividad

MUCHAS = 40  # of more instancias than these, all are asked about at once
DE_PERSONAS = ("integrantes", "inscritas", "empezaron", "en_curso", "terminaron", "certificadas", "pendientes")
LEJOS = datetime.datetime.max.replace(tzinfo=datetime.UTC)
Instantes = list[tuple[datetime.datetime, int]]


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


@dataclass(frozen=True)
class EnEspera:
    """Whom to remind at an instancia, in order, and its vacant seats; and until when it is so."""

    claves: list[tuple[int, datetime.datetime, int]]
    sillas: list[tuple[Any, ...]]
    vence: datetime.datetime


# -- the questions


def _sumas(ambito: Ambito) -> QuerySet:
    condiciones = {**distritos.condiciones(ambito), "este_mes": d.este_mes(ambito)}
    condiciones |= {"quietas": sin_actividad(ambito)} if ambito.al is None else {}
    return (
        distritos.sentadas(ambito)
        .values_list("membresias__asiento__instancia__territorio_id")
        .annotate(**{clave: distritos.distintas(cual) for clave, cual in condiciones.items()})
    )


def _repiten(ambito: Ambito) -> QuerySet:
    otras = Membresia.objects.de_algun_dia().filter(persona=OuterRef("pk"))
    puede_seguir = Q(insc__pk__isnull=False) & d.sin_terminar(ambito)
    return (
        distritos.sentadas(ambito)
        .filter(Exists(otras.exclude(asiento__instancia__territorio_id=ambito.instancia)))
        .annotate(
            **{f"es_{clave}": como_verdad(cual) for clave, cual in distritos.condiciones(ambito).items()},
            sigue=como_verdad(puede_seguir),
            momento=Coalesce("insc__ultima_actividad_en", "insc__creada_en", output_field=DateTimeField()),
        )
        .values_list("pk", *(f"es_{clave}" for clave in DE_PERSONAS), "sigue", "momento")
        .distinct()
    )


def _en_orden(ambito: Ambito, *, por_ayudar: str) -> QuerySet:
    return recordar.personas(ambito, por_ayudar=por_ayudar).values_list("orden", "espera", "pk")


LA_ESTRUCTURA = DeUnaInstancia(distritos.filas_de_la_estructura)
LAS_SUMAS, QUIENES_REPITEN = DeUnaInstancia(_sumas), DeUnaInstancia(_repiten)
POR_AYUDAR, LOS_PUESTOS = DeUnaInstancia(ayuda.quienes), DeUnaInstancia(matriz.filas_de_puestos)
LAS_QUIETAS, EN_ORDEN = DeUnaInstancia(quietud.filas_de_quietas), DeUnaInstancia(_en_orden)
LAS_VACANTES = DeUnaInstancia(lambda ambito: recordar.vacantes(ambito).values_list(*asientos.ORDEN, "pk"))
LOS_LIMITES = {que: DeUnaInstancia(que) for que in (quietud.primer_descanso, quietud.primeros_plazos)}


def contar(ambito: Ambito) -> Contada | None:
    """Count one instancia from facts; None where there is no such place. Six statements."""
    de_hoy = ambito.al is None
    instancia = distritos.leer_estructura(ambito, LA_ESTRUCTURA(ambito)).get(ambito.instancia)
    if instancia is None:
        return None
    _ubigeo, *sumas = next(iter(LAS_SUMAS(ambito)), ("", *[0] * (len(DE_PERSONAS) + 2)))
    de_personas = dict(zip(DE_PERSONAS, sumas, strict=False))
    instancia.integrantes, instancia.terminaron = de_personas["integrantes"], de_personas["terminaron"]
    instancia.este_mes = sumas[len(DE_PERSONAS)]
    por_ayudar = sorted(POR_AYUDAR(ambito)) if de_hoy else []
    return Contada(
        instancia=instancia,
        sumas=tuple(sumas[: len(DE_PERSONAS)]),
        quietas=sumas[len(DE_PERSONAS) + 1] if de_hoy else 0,
        se_aquietan=[(momento + quietud.DE_QUIETUD, pk) for momento, pk in LAS_QUIETAS(ambito)] if de_hoy else [],
        repiten={
            pk: (tuple(map(bool, verdades)), momento if sigue else None)
            for pk, *verdades, sigue, momento in QUIENES_REPITEN(ambito)
        },
        puestos=matriz.leer_puestos(LOS_PUESTOS(ambito, por_ayudar=en_fila(por_ayudar))),
        por_ayudar=por_ayudar,
    )


def esperar(ambito: Ambito, una: Contada) -> EnEspera:
    """Whom to remind at one instancia, from facts. Four statements."""
    claves = EN_ORDEN(ambito, por_ayudar=en_fila(una.por_ayudar))
    quietos = [instante for instante, _pk in una.se_aquietan]
    vence = quietud.cambia_a_quien_recordar(
        ambito, quietos, ultima=None, preguntar=lambda que, ambito: LOS_LIMITES[que](ambito)
    )
    return EnEspera(claves, LAS_VACANTES(ambito), vence)


def juntar(todas: Sequence[EnEspera]) -> EnEspera:
    """All of them as one: who sits at two instancias waits once."""
    claves = sorted(set(chain.from_iterable(una.claves for una in todas)))
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
        return list(self._leer("espera", lambda ubigeo, de_una: esperar(de_una, contadas[ubigeo])).values())

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


def instancias(ambito: Ambito) -> list[Instancia]:
    """What ``distritos.instancias`` says, of those that were counted already."""
    suyas = del_ambito(ambito)
    return suyas.instancias() if suyas else distritos.instancias(ambito)


def con_totales(ambito: Ambito) -> tuple[list[Instancia], Totales]:
    """And their sums."""
    suyas = del_ambito(ambito)
    todas = suyas.instancias() if suyas else distritos.instancias(ambito)
    return todas, suyas.totales(todas) if suyas else distritos.totales(ambito, todas)
