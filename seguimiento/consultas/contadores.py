"""The sums of several provinces: from what was already counted, and from facts for whatever has a mark since.

What has a counter of the day and no mark says today what its facts say: a mark is written with each fact that may
change it, and both are read in one look. The rest is counted as ever, by ``distritos``; without counters, all of it.

SQLite leaves no marks with their day: a counter that somebody asked for there is believed while the number of its
instancia is the one of before it was counted (``cambios``, decision 47). Nobody counts there what nobody asked for.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b

from django.db import connection
from django.db.models import BooleanField, Case, Count, FilteredRelation, Min, Model, Q, QuerySet, Value, When

from instancias.models import Instancia, Membresia
from instancias.querysets import bajo

from ..models import MarcaDeContador, PersonaEnVarias
from . import cambios, distritos
from .ambito import Ambito
from .definiciones import membresias_del
from .distritos import Totales
from .guardado import codigo_de_las_cuentas
from .instantanea import instantanea
from .pocos import cuales_se_dicen

DE_PERSONAS = ("integrantes", "inscritas", "empezaron", "en_curso", "terminaron", "certificadas", "pendientes")
DE_ASIENTOS = ("exigidos", "con_persona", "completos", "alcaldias", "alcaldias_al_dia")
CAMPOS = (*DE_PERSONAS, *DE_ASIENTOS)
VIVAS_A_LA_VEZ = 200  # of more places than these, all are counted from facts: one pass costs less
AL_MOMENTO = 20_000  # people of another day that are counted while somebody waits: less than a second
DE_HOY = 150_000  # of today, that the clock counts without pause: some seconds, of many people at work in one minute

Cuentas = dict[str, tuple[int, ...]]
Vale = Callable[[str, str], bool]


class FaltaContar(Exception):
    """A day of so many people without figures of it that nobody should wait for them (``services.dias``)."""

    def __init__(self, faltan: Sequence[str], provincias: int) -> None:
        super().__init__()
        self.faltan, self.provincias = faltan, provincias

    @property
    def contadas(self) -> int:
        """How many provinces have all their figures."""
        return self.provincias - len({ubigeo[:4] for ubigeo in self.faltan})


@dataclass(frozen=True)
class Lugar:
    """The tables of a department, or of a province, added up."""

    ubigeo: str
    nombre: str
    integrantes: int
    terminaron: int
    asientos: int
    sin_persona: int
    son_pocos: bool = False  # its count is not printed beside that of all

    @property
    def porcentaje(self) -> int:
        return distritos.porcentaje(self.terminaron, self.integrantes)


def hay() -> bool:
    """Whether this database keeps counters: the marks are written by its triggers."""
    return connection.vendor == "postgresql"


def contar(ambito: Ambito, cuales: Collection[str] | None = None) -> Cuentas:
    """Count the tables of the scope from facts. Two or three statements."""
    contadas: Cuentas = {}
    personas = {
        ubigeo: tuple(cuentas)
        for ubigeo, *cuentas in distritos.sentadas(ambito)
        .values_list("membresias__asiento__instancia__territorio_id")
        .annotate(**{clave: distritos.distintas(cual) for clave, cual in distritos.condiciones(ambito).items()})
    }
    for una in distritos.instancias(ambito):
        if cuales is not None and una.ubigeo not in cuales:
            continue
        de_asientos = (una.exigidos, una.con_persona, una.completos, una.alcaldias, una.alcaldias_al_dia)
        contadas[una.ubigeo] = (*personas.get(una.ubigeo, (0,) * len(DE_PERSONAS)), *de_asientos)
    return contadas


def sumar(ambito: Ambito) -> tuple[Cuentas, Totales]:
    """Return what each table of the scope counts, and the totals. A handful of statements, however many people.

    Raises FaltaContar where there are so many people to count that somebody has to do it first.
    """
    if ambito.edicion is None or not hay() and (ambito.al is None or caben(ambito)):
        return _de_hechos(ambito)
    with instantanea() if hay() else nullcontext():
        leidas = guardadas(ambito)
        if leidas is None:
            return _de_hechos(ambito)
        cuentas, de_mas, faltan = leidas
        vivas = sin_los_de_dentro(faltan)
        if not al_momento(ambito, vivas):
            raise FaltaContar(faltan, len({ubigeo[:4] for ubigeo in (*cuentas, *faltan)}))
        if len(vivas) > VIVAS_A_LA_VEZ:
            return _de_hechos(ambito)
        return con_lo_que_falta(ambito, cuentas, de_mas, vivas)


def con_lo_que_falta(
    ambito: Ambito,
    cuentas: Cuentas,
    de_mas: dict[str, list[int]],
    vivas: Sequence[str],
    *,
    con_personas: bool = True,
) -> tuple[Cuentas, Totales]:
    """What was counted already and what is counted now, added up. Without ``con_personas``, only its seats."""
    if vivas:
        cuentas |= contar(replace(ambito, prefijos=tuple(vivas)))
    if not con_personas:
        de_mas = {}
    elif not hay() or ambito.edicion is None or set(ambito.convocados) != set(ambito.edicion.territorios):
        de_mas = repetidas(ambito)  # of a part, who repeats is another matter
    elif vivas:
        de_mas |= repetidas(ambito, vivas)
    sumas = sumar_columnas(cuentas.values(), len(CAMPOS))
    restas = sumar_columnas(de_mas.values(), len(DE_PERSONAS))
    de_personas = {clave: sumas[n] - restas[n] for n, clave in enumerate(DE_PERSONAS)}
    return cuentas, _totales(de_personas, sumas)


def sumar_columnas(filas: Collection[Sequence[int]], cuantas: int) -> list[int]:
    return [sum(columna) for columna in zip(*filas, strict=True)] if filas else [0] * cuantas


def _de_hechos(ambito: Ambito) -> tuple[Cuentas, Totales]:
    cuentas = contar(ambito)
    sumas = sumar_columnas(cuentas.values(), len(CAMPOS))
    personas = distritos.sentadas(ambito).aggregate(
        **{clave: distritos.distintas(cual) for clave, cual in distritos.condiciones(ambito).items()}
    )
    return cuentas, _totales(personas, sumas)


def _totales(de_personas: dict[str, int], sumas: list[int]) -> Totales:
    exigidos, con_persona, completos, alcaldias, alcaldias_al_dia = sumas[len(DE_PERSONAS) :]
    return Totales(
        **de_personas,
        alcaldias=alcaldias,
        alcaldias_al_dia=alcaldias_al_dia,
        asientos=exigidos,
        sin_persona=exigidos - con_persona,
        completos=completos,
        suma_de_instancias=sumas[0],
    )


def caben(ambito: Ambito) -> bool:
    """Whether its people are few enough to be counted at once. One statement, that stops where they are too many."""
    return _son_a_lo_sumo(AL_MOMENTO, ambito)


def _son_a_lo_sumo(tope: int, ambito: Ambito) -> bool:
    return membresias_del(ambito).order_by().values("pk")[: tope + 1].count() <= tope


def al_momento(ambito: Ambito, faltan: Sequence[str]) -> bool:
    """Whether the places that lack their figures are counted while somebody waits.

    Of today, nearly always: the clock counts it without pause. A country that it has not reached, never.
    """
    if not faltan:
        return True
    vivas = sin_los_de_dentro(faltan)
    son_pocas = partial(_son_a_lo_sumo, DE_HOY) if ambito.al is None else caben
    pocas = len(vivas) <= VIVAS_A_LA_VEZ and son_pocas(replace(ambito, prefijos=tuple(vivas)))
    return pocas or son_pocas(ambito)


def guardadas(ambito: Ambito) -> tuple[Cuentas, dict[str, list[int]], list[str]] | None:
    """The counters of the day, what they repeat, and the places that have none that holds. Two statements.

    None where nothing says whether they hold.
    """
    vale = vale_el(ambito)
    if vale is None:
        return None
    suyo = Q(
        territorio__contadores__edicion=ambito.edicion_id,
        territorio__contadores__dia=ambito.dia,
        territorio__contadores__con_titular=ambito.solo_titulares,
    )
    filas = (
        Instancia.objects.filter(bajo(ambito.convocados, "territorio__ubigeo"))
        .annotate(suyo=FilteredRelation("territorio__contadores", condition=suyo))
        .order_by("territorio_id")
        .values_list("territorio_id", "suyo__numero", *(f"suyo__{campo}" for campo in CAMPOS), "suyo__repetidas")
    )
    cuentas: Cuentas = {}
    de_mas: dict[str, list[int]] = {}
    faltan: list[str] = []
    for ubigeo, numero, *suyas, repite in filas:
        if numero is None or not vale(ubigeo, numero):
            faltan.append(ubigeo)
            continue
        cuentas[ubigeo] = tuple(suyas)
        if repite:
            de_mas[ubigeo] = repite
    # A province that is asked about is asked about with all its districts.
    enteras = tuple(ubigeo for ubigeo in faltan if len(ubigeo) == 4)
    cuentas = {ubigeo: suyas for ubigeo, suyas in cuentas.items() if not ubigeo.startswith(enteras)}
    de_mas = {ubigeo: suyas for ubigeo, suyas in de_mas.items() if not ubigeo.startswith(enteras)}
    return cuentas, de_mas, faltan


def sin_los_de_dentro(ubigeos: Sequence[str]) -> list[str]:
    """Of places in order, without those that lie inside another one."""
    fuera: list[str] = []
    for ubigeo in ubigeos:
        if not (fuera and ubigeo.startswith(fuera[-1])):
            fuera.append(ubigeo)
    return fuera


def vale_el(ambito: Ambito) -> Vale | None:
    """What tells, of a place and the number of its counter, whether its figures of the day hold. One statement."""
    if hay():
        marcadas = marcadas_hasta(ambito.dia)
        return lambda ubigeo, _numero: ubigeo not in marcadas and "" not in marcadas
    numeros = numeros_de(ambito)
    return (lambda ubigeo, numero: numero == numeros(ubigeo)) if numeros else None


def numeros_de(ambito: Ambito) -> Callable[[str], str] | None:
    """Where no marks are left: the number of each place, with which its counter is written. One statement.

    Asked before the facts: what changes meanwhile leaves another one. What is read before it goes in it.
    """
    numeros = cambios.numeros(ambito)
    if numeros is None:
        return None
    fijo = repr((codigo_de_las_cuentas(), ambito.edicion))
    return lambda ubigeo: blake2b(f"{numeros.de(ubigeo)} {fijo}".encode(), digest_size=12).hexdigest()


def marcadas_hasta(dia: datetime.date, marca: type[Model] = MarcaDeContador) -> set[str]:
    """The tables whose figures of the day may have changed; with an empty code, those of all of them."""
    marcas = marca._default_manager.filter(Q(desde__isnull=True) | Q(desde__lte=dia))
    return set(marcas.values_list("territorio", flat=True).distinct())


def repetidas(ambito: Ambito, en: Collection[str] | None = None) -> dict[str, list[int]]:
    """By how much the tables add up to more than their people, in each count. One statement.

    Each person is told at the first of their tables; ``en``, only of who sits in these places, and is told there.
    """
    condiciones = distritos.condiciones(ambito)
    lugar = "membresias__asiento__instancia__territorio"
    gente = distritos.sentadas(ambito).filter(pk__in=en_varias())
    if en is not None:
        gente = gente.filter(pk__in=membresias_del(replace(ambito, prefijos=tuple(en))).values("persona"))
    filas = (
        gente.values("pk")
        .annotate(cuantas=Count(lugar, distinct=True), primera=Min(lugar))
        .annotate(**{f"es_{clave}": como_verdad(cual) for clave, cual in condiciones.items()})
        .filter(cuantas__gt=1)
        .values_list("primera", "cuantas", *(f"es_{clave}" for clave in condiciones))
    )
    contadas: dict[str, list[int]] = {}
    for primera, cuantas, *verdades in filas:
        if en is None or primera.startswith(tuple(en)):
            suyas = contadas.setdefault(primera, [0] * len(DE_PERSONAS))
            for columna, es_verdad in enumerate(verdades):
                suyas[columna] += (cuantas - 1) * es_verdad
    return contadas


def en_varias() -> QuerySet:
    """Whoever holds, or held, seats of several tables; where nobody writes them down, they are looked for."""
    if hay():
        return PersonaEnVarias.objects.values("persona")
    de_varias = Membresia.objects.order_by().values("persona").annotate(n=Count("asiento__instancia", distinct=True))
    return de_varias.filter(n__gt=1).values("persona")


def como_verdad(condicion: Q | None) -> Case:
    entonces = When(condicion, then=Value(True)) if condicion is not None else When(pk__isnull=False, then=Value(True))
    return Case(entonces, default=Value(False), output_field=BooleanField())


def por_lugar(cuentas: Cuentas, total: Totales, nombres: dict[str, str], codigos: Iterable[str]) -> list[Lugar]:
    """Add the tables up by department or province."""
    sumas = {codigo: [0, 0, 0, 0] for codigo in codigos}
    largo = min((len(codigo) for codigo in sumas), default=4)
    lugares = [CAMPOS.index(campo) for campo in ("integrantes", "terminaron", "exigidos", "con_persona")]
    for ubigeo, suyas in cuentas.items():
        fila = sumas.setdefault(ubigeo[:largo], [0, 0, 0, 0])
        for columna, lugar in enumerate(lugares):
            fila[columna] += suyas[lugar]
    en_orden = sorted(sumas.items())
    dichas = cuales_se_dicen([(suma[1], suma[0]) for _codigo, suma in en_orden], con_total=not total.son_pocos)
    return [
        Lugar(codigo, nombres.get(codigo, codigo), integrantes, terminaron, exigidos, exigidos - con_persona, not dicha)
        for (codigo, (integrantes, terminaron, exigidos, con_persona)), dicha in zip(en_orden, dichas, strict=True)
    ]
