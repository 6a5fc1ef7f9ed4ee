"""What people said of themselves, counted: the numbers that are kept, and what of them may be told (decision 27)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Min

from instancias.declarados import Campo, dichos_de
from instancias.models import DatoDeclarado
from marco.grupos import Contado, callar
from marco.grupos_por_pasos import callar_pasos

from ..models import ConteoDeRasgo
from .ambito import Ambito, EdicionDelAmbito
from .definiciones import certificados_vigentes, empezo, inscripcion_del_dia, membresias_del, termino

SEXOS = tuple(DatoDeclarado.Sexo.values)
ORIGENES = tuple(DatoDeclarado.Origen.values)
PASOS = ("integrantes", "inscritas", "empezaron", "terminaron", "certificadas")
ORDEN = (0, 3, 4, 1, 2)  # who finished is told before who began
Fila = list[list[int]]


@dataclass
class Conteo:
    """By table, step by step: how many said each thing, and how many people there are, said or not."""

    filas: dict[str, Fila] = field(default_factory=dict)
    personas: dict[str, list[int]] = field(default_factory=dict)

    def en_orden(self, ubigeos: Sequence[str]) -> list[Fila]:
        """Of sexes: the rows of some tables, of zeros where there is none."""
        return [self.filas.get(ubigeo) or [[0] * len(SEXOS) for _paso in PASOS] for ubigeo in ubigeos]


def contar_sexos(ambito: Ambito) -> Conteo:
    """Each person once, at the first of their tables; each step within the one before. Three statements."""
    gente = (
        membresias_del(ambito)
        .annotate(insc=inscripcion_del_dia(ambito, "persona__"))
        .order_by()
        .values_list("persona_id", "insc__pk")
        .annotate(lugar=Min("asiento__instancia__territorio_id"))
    )
    por_persona = {persona: (lugar, insc is not None) for persona, insc, lugar in gente}
    empezaron = set(_con(ambito, empezo(ambito)))
    terminaron = set(_con(ambito, termino(ambito)))
    con_papel = set(certificados_vigentes(ambito).order_by().values_list("persona_id", flat=True))
    sexos = dichos_de(Campo.SEXO, por_persona)
    conteo = Conteo()
    for persona, (lugar, inscrita) in por_persona.items():
        fila = conteo.filas.setdefault(lugar, [[0] * len(SEXOS) for _paso in PASOS])
        todas = conteo.personas.setdefault(lugar, [0] * len(PASOS))
        sexo = sexos.get(persona)
        for paso, cumple in enumerate(
            (True, inscrita, persona in empezaron, persona in terminaron, persona in con_papel)
        ):
            if not cumple:
                break
            todas[paso] += 1
            if sexo:
                fila[paso][SEXOS.index(sexo)] += 1
    return conteo


def _con(ambito: Ambito, condicion: object) -> Iterable[int]:
    filas = membresias_del(ambito).annotate(insc=inscripcion_del_dia(ambito, "persona__")).filter(condicion)
    return filas.order_by().values_list("persona_id", flat=True)


def contar_origenes(provincia: str, ambito: Ambito) -> Conteo:
    """Of the whole province together: a table is never asked. Two statements."""
    personas = set(membresias_del(ambito).order_by().values_list("persona_id", flat=True))
    dichos = list(dichos_de(Campo.ORIGEN, personas).values())
    return Conteo({provincia: [[dichos.count(origen) for origen in ORIGENES]]}, {provincia: [len(personas)]})


@dataclass(frozen=True)
class Dicho:
    """What may be told of a province: by table and in all, step by step. ``sin_dato``: who did not say."""

    al: datetime.date
    filas: dict[str, list[list[Contado]]]
    total: list[list[Contado]]
    sin_dato: dict[str, list[int]]
    sin_dato_en_total: list[int]


def dicho_de(conteo: ConteoDeRasgo) -> Dicho:
    """Keep silent what has to be, of a count as it was kept."""
    ubigeos = sorted(conteo.filas)
    crudas = [conteo.filas[ubigeo] for ubigeo in ubigeos]
    if conteo.campo == Campo.ORIGEN:
        filas: list[list[list[Contado]]] = [[callar(paso) for paso in fila] for fila in crudas]
        total = filas[0] if filas else [[None] * len(ORIGENES)]
    else:
        filas, total = callar_pasos(crudas, ORDEN)
        if not conteo.por_instancia:
            filas = [[[None] * len(paso) for paso in fila] for fila in crudas]
    sin_dato = {
        ubigeo: [n - sum(paso) for n, paso in zip(conteo.personas[ubigeo], fila, strict=True)]
        for ubigeo, fila in zip(ubigeos, crudas, strict=True)
    }
    en_total = [sum(pasos) for pasos in zip(*sin_dato.values(), strict=True)]
    return Dicho(conteo.al, dict(zip(ubigeos, filas, strict=True)), total, sin_dato, en_total)


def lo_dicho(
    campo: str, provincias: Iterable[str], edicion: EdicionDelAmbito | None, dia: datetime.date
) -> dict[str, Dicho]:
    """What is told of each province on a day: the last count until then. One statement."""
    filas = ConteoDeRasgo.objects.filter(
        campo=campo, territorio__in=list(provincias), edicion=edicion.id if edicion else None, al__lte=dia
    )
    ultimas: dict[str, ConteoDeRasgo] = {}
    for conteo in filas.order_by("al", "pk"):
        ultimas[conteo.territorio_id] = conteo
    return {provincia: dicho_de(conteo) for provincia, conteo in ultimas.items()}


def sumar_dichos(pasos: Sequence[Sequence[Contado]]) -> list[Contado]:
    """Several provinces together: told only if each of them is."""
    return [None if None in columna else sum(filter(None, columna)) for columna in zip(*pasos, strict=True)]
