"""Tables and their numbers: what exists, who sits, who finished. Three statements for any number of people."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from instancias.models import Persona, Territorio
from instancias.querysets import bajo

from ..models import MetaDeTerritorio
from . import definiciones as d
from .ambito import Ambito
from .pocos import cuales_se_dicen, se_dice
from .situacion import sin_actividad

PASOS_DE_LA_ESCALA = 5
DE_SUS_ASIENTOS = "instancias__asientos__"
DEL_LUGAR = ("ubigeo", "nombre", "capital", "sigla", "nivel", "fila", "columna")
DEL_LUGAR += ("instancias__pk", "instancias__atendida_por__territorio__nombre")


@dataclass(frozen=True)
class FilaDeAsientos:
    """The seats of one kind at one table."""

    tipo: str
    codigo: str
    orden: int
    preside: bool
    exigidos: int
    no_aplican: int
    con_persona: int
    completos: int


@dataclass
class Instancia:
    """A table as the panel shows it. People are those who sit at it, even if they also sit at another one."""

    ubigeo: str
    nombre: str
    capital: str
    sigla: str
    nivel: str
    fila: int | None
    columna: int | None
    existe: bool
    atendida_por: str
    meta: int | None
    convocada: bool
    norma: str = ""  # the ordinance that created it
    instalada_el: datetime.date | None = None
    asientos: list[FilaDeAsientos] = field(default_factory=list)
    integrantes: int = 0
    terminaron: int = 0
    este_mes: int = 0
    son_pocos: bool = field(default=False, compare=False)  # its counts are not printed beside the total of all

    @property
    def es_provincial(self) -> bool:
        return self.nivel == Territorio.Nivel.PROVINCIA

    @property
    def es_propia(self) -> bool:
        return self.existe and not self.atendida_por

    @property
    def exigidos(self) -> int:
        return sum(fila.exigidos for fila in self.asientos)

    @property
    def con_persona(self) -> int:
        return sum(fila.con_persona for fila in self.asientos)

    @property
    def sin_persona(self) -> int:
        return self.exigidos - self.con_persona

    @property
    def completos(self) -> int:
        return sum(fila.completos for fila in self.asientos)

    @property
    def alcaldias(self) -> int:
        """Of districts: who presides over a province presides over no district."""
        return 0 if self.es_provincial else sum(fila.exigidos for fila in self.asientos if fila.preside)

    @property
    def alcaldias_al_dia(self) -> int:
        return 0 if self.es_provincial else sum(fila.completos for fila in self.asientos if fila.preside)

    @property
    def este_mes_se_dice(self) -> bool:
        return not self.son_pocos and se_dice(self.este_mes, self.terminaron)

    @property
    def porcentaje(self) -> int:
        return porcentaje(self.terminaron, self.integrantes)

    @property
    def escala(self) -> int:
        """Step of the colour scale, 0 to 4."""
        return escala(self.terminaron, self.integrantes)


@dataclass(frozen=True)
class Totales:
    """The sums of the panel. People count once, however many seats they hold."""

    integrantes: int
    inscritas: int
    empezaron: int
    en_curso: int
    terminaron: int
    certificadas: int
    pendientes: int
    alcaldias: int
    alcaldias_al_dia: int
    asientos: int
    sin_persona: int
    completos: int
    suma_de_instancias: int
    sin_actividad: int = 0  # known of today only

    @property
    def porcentaje(self) -> int:
        return porcentaje(self.terminaron, self.integrantes)

    @property
    def son_pocos(self) -> bool:
        return not se_dice(self.terminaron, self.integrantes)

    @property
    def repetidas(self) -> int:
        """How many more the tables add up to, because somebody sits at two."""
        return self.suma_de_instancias - self.integrantes


def porcentaje(parte: int, total: int) -> int:
    """Whole percentage that never says 100 before everybody finished, nor 0 once somebody did."""
    if not total or not parte:
        return 0
    return min(max(round(100 * parte / total), 1), 99 if parte < total else 100)


def escala(parte: int, total: int) -> int:
    return min(parte * PASOS_DE_LA_ESCALA // total, PASOS_DE_LA_ESCALA - 1) if total else 0


def instancias(ambito: Ambito) -> list[Instancia]:
    """Return every table of the scope, the provincial ones first in each province. Two statements."""
    encontradas = _estructura(ambito)
    for ubigeo, integrantes, terminadas, este_mes in _personas_por_instancia(ambito):
        instancia = encontradas[ubigeo]
        instancia.integrantes, instancia.terminaron, instancia.este_mes = integrantes, terminadas, este_mes
    return sorted(encontradas.values(), key=lambda una: una.ubigeo)


def _estructura(ambito: Ambito) -> dict[str, Instancia]:
    return leer_estructura(ambito, filas_de_la_estructura(ambito))


def filas_de_la_estructura(ambito: Ambito) -> QuerySet:
    """Territories, their tables and the seats of each kind: one statement, as many rows as kinds of seat.

    Seats are joined once to who holds them, and these to their enrolments: asked seat by seat, it is two questions for
    each one. A seat comes as many times as people and enrolments it has, so different ones are counted.
    """
    asiento, suya = DE_SUS_ASIENTOS, "ocupa__persona__inscripciones__"
    ocupa = FilteredRelation(f"{asiento}membresias", condition=d.en_funciones(ambito, f"{asiento}membresias__"))
    con_persona = d.exigido(ambito, asiento) & d.abierto(ambito, asiento) & Q(ocupa__persona__activa=True)
    termino = Q(**{f"{suya}edicion_id": ambito.edicion_id}) & d.termino(ambito, suya)
    completo = con_persona & termino & d.quien_completa(ambito, "ocupa__")
    return (
        filas_sin_gente(ambito)
        .alias(ocupa=ocupa)
        .annotate(
            con_persona=Count(f"{asiento}pk", distinct=True, filter=con_persona),
            completos=Count(f"{asiento}pk", distinct=True, filter=completo),
        )
    )


def filas_sin_gente(ambito: Ambito) -> QuerySet:
    """The same, without who sits there."""
    asiento = DE_SUS_ASIENTOS
    cuenta = d.exigido(ambito, asiento) & d.abierto(ambito, asiento)
    meta = MetaDeTerritorio.objects.filter(edicion_id=ambito.edicion_id, territorio=OuterRef("ubigeo"))
    filas = (
        Territorio.objects.filter(bajo(ambito.prefijos, "ubigeo"))
        .exclude(nivel=Territorio.Nivel.DEPARTAMENTO)
        .annotate(meta=Subquery(meta.values("porcentaje")[:1]))
        .values_list(
            *DEL_LUGAR,
            "meta",
            "instancias__norma_de_creacion",
            "instancias__instalada_el",
            f"{asiento}tipo__corto",
            f"{asiento}tipo__codigo",
            f"{asiento}tipo__orden",
            f"{asiento}tipo__preside",
        )
        .annotate(
            exigidos=Count(f"{asiento}pk", distinct=True, filter=cuenta),
            no_aplican=Count(f"{asiento}pk", distinct=True, filter=Q(**{f"{asiento}estado": "no_aplica"})),
        )
        .order_by("ubigeo", f"{asiento}tipo__orden")
    )
    return filas.filter(ubigeo=ambito.instancia) if ambito.instancia else filas


def leer_estructura(
    ambito: Ambito, filas: Iterable[tuple[Any, ...]], ocupados: Mapping[str, tuple[int, int]] | None = None
) -> dict[str, Instancia]:
    """Each table with its seats, without people yet. ``ocupados``: of rows that do not say it, how many seats of each
    kind have somebody and are complete."""
    encontradas: dict[str, Instancia] = {}
    for fila in filas:
        ubigeo, *datos, instancia, atendida_por, meta_de_la_fila, norma, instalada_el = fila[:12]
        if ubigeo not in encontradas:
            encontradas[ubigeo] = Instancia(
                ubigeo,
                *datos,
                existe=instancia is not None,
                atendida_por=atendida_por or "",
                meta=meta_de_la_fila,
                convocada=ambito.convoca(ubigeo),
                norma=norma or "",
                instalada_el=instalada_el,
            )
        if fila[12] is not None:
            suyos = () if ocupados is None else ocupados.get(fila[13], (0, 0))
            encontradas[ubigeo].asientos.append(FilaDeAsientos(*fila[12:], *suyos))
    return encontradas


def sentadas(ambito: Ambito) -> QuerySet[Persona]:
    """People joined to their seats: somebody on two comes twice, so whoever counts, counts different ones."""
    return (
        Persona.objects.activas()
        .alias(insc=d.inscripcion_del_dia(ambito, ""))
        .filter(d.en_funciones(ambito, "membresias__"), d.exigido(ambito, "membresias__asiento__"))
        .order_by()
    )


def distintas(condicion: Q | None = None) -> Count:
    return Count("pk", distinct=True, filter=condicion)


def condiciones(ambito: Ambito) -> dict[str, Q | None]:
    """What makes each count of people, by its name in ``Totales``."""
    return {
        "integrantes": None,
        "inscritas": d.inscritas(),
        "empezaron": d.empezo(ambito),
        "en_curso": d.empezo(ambito) & d.sin_terminar(ambito),
        "terminaron": d.termino(ambito),
        "certificadas": d.certificadas(ambito),
        "pendientes": d.sin_terminar(ambito),
    }


def _personas_por_instancia(ambito: Ambito) -> list[tuple[str, int, int, int]]:
    """People of each table: how many, how many finished, how many of them this month."""
    return list(
        sentadas(ambito)
        .values_list("membresias__asiento__instancia__territorio_id")
        .annotate(
            integrantes=distintas(),
            terminadas=distintas(d.termino(ambito)),
            este_mes=distintas(d.este_mes(ambito)),
        )
    )


def totales(ambito: Ambito, instancias: Sequence[Instancia]) -> Totales:
    """Return the numbers of the sentences. One statement; the seats add up from their tables."""
    personas = sentadas(ambito).aggregate(
        **{clave: distintas(condicion) for clave, condicion in condiciones(ambito).items()},
        **({"sin_actividad": distintas(sin_actividad(ambito))} if ambito.al is None else {}),
    )
    return sumar(personas, instancias)


def sumar(personas: Mapping[str, int], instancias: Sequence[Instancia], *, sin_actividad: int | None = None) -> Totales:
    """The counts of people with the seats of their tables; and of these, which the paper keeps silent beside them."""
    total = Totales(
        **personas,
        **({} if sin_actividad is None else {"sin_actividad": sin_actividad}),
        alcaldias=sum(instancia.alcaldias for instancia in instancias),
        alcaldias_al_dia=sum(instancia.alcaldias_al_dia for instancia in instancias),
        asientos=sum(instancia.exigidos for instancia in instancias),
        sin_persona=sum(instancia.sin_persona for instancia in instancias),
        completos=sum(instancia.completos for instancia in instancias),
        suma_de_instancias=sum(instancia.integrantes for instancia in instancias),
    )
    dichas = cuales_se_dicen([(una.terminaron, una.integrantes) for una in instancias], con_total=not total.son_pocos)
    for una, dicha in zip(instancias, dichas, strict=True):
        una.son_pocos = bool(una.integrantes) and not dicha
    return total
