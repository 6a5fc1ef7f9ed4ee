"""Who sits at one instancia: a row for each person on a seat, with all that its counts ask of them. One statement.

Asked figure by figure, the database finds the same people once for each. The conditions are those of the other modules;
here their answers are only added up, of different people and of different seats.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db.models import Case, DateTimeField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from cursos.models import Inscripcion
from evaluaciones.models import Intento
from instancias.models import Membresia

from . import ayuda, distritos, metas, quietud, recordar
from . import definiciones as d
from .ambito import Ambito
from .contadores import DE_PERSONAS
from .matriz import Puestos
from .situacion import sin_actividad

NADIE = Q(pk__in=[])


class Sentada(NamedTuple):
    """A person on a seat. What is yes or no is 1 or 0."""

    persona: int
    asiento: int
    tipo: str
    calidad: str
    hechas: int | None
    requeridas: int | None
    integrantes: int
    inscritas: int
    empezaron: int
    en_curso: int
    terminaron: int
    certificadas: int
    pendientes: int
    este_mes: int
    sin_empezar: int
    en_otra: int
    completa: int  # the seat
    de_otra: int  # sits, or sat, at another instancia too
    con_intentos: int  # and still on the way
    quieta: int
    se_aquieta: int  # in the rest of the day
    momento: datetime.datetime | None  # the last thing that was done, or the enrolment
    orden: int | None  # in «A quién recordar»
    termino_en: datetime.datetime | None  # of late
    descansa: datetime.datetime | None  # since when, where a reminder was made lately
    plazos: tuple[datetime.datetime | None, ...]  # those of ``quietud.plazos``


# What comes after the last field are the deadlines.
DE_UNA = len(Sentada._fields) - 1
CON_INTENTOS, SE_AQUIETA, MOMENTO, DESCANSA = map(
    Sentada._fields.index, ("con_intentos", "se_aquieta", "momento", "descansa")
)


def leer(fila: tuple[Any, ...]) -> Sentada:
    return Sentada(*fila[:DE_UNA], fila[DE_UNA:])


def filas(ambito: Ambito, *, por_ayudar: str, solo: str | None = None) -> QuerySet:
    """The question. ``por_ayudar`` and ``solo``, who needs help and of whom alone it is asked, as ``marco.de_estos``
    writes them."""
    otras = Membresia.objects.de_algun_dia().filter(persona=OuterRef("pk"))
    hechas = Inscripcion.objects.filter(d.termino(ambito, ""), edicion_id=ambito.edicion_id, persona=OuterRef("pk"))
    intentos = Intento.objects.filter(inscripcion=OuterRef("insc__pk"))
    verdades: dict[str, Q | None] = {
        **distritos.condiciones(ambito),
        "este_mes": d.este_mes(ambito),
        "sin_empezar": d.sin_empezar(ambito),
        "en_otra": d.sigue_en_otra(ambito),
        "completa": d.quien_completa(ambito, "membresias__") & (d.termino(ambito) | Q(Exists(hechas))),
        "de_otra": Q(Exists(otras.exclude(asiento__instancia__territorio_id=ambito.instancia))),
        "con_intentos": NADIE,
        "quieta": NADIE,
        "se_aquieta": NADIE,
    }
    momento = Coalesce("insc__ultima_actividad_en", "insc__creada_en", output_field=DateTimeField())
    momentos: dict[str, Any] = {
        "orden": Value(None, IntegerField()),
        "termino_en": Value(None, DateTimeField()),
        "descansa": Value(None, DateTimeField()),
    }
    if ambito.al is None:  # what is known of today only
        verdades |= {
            "con_intentos": d.sin_terminar(ambito) & d.inscritas() & Q(Exists(intentos)),
            "quieta": sin_actividad(ambito),
            "se_aquieta": quietud.se_aquieta(ambito),
        }
        espera = recordar.se_recuerda(ambito, por_ayudar=por_ayudar)
        lugar = recordar.orden(ambito, por_ayudar=por_ayudar)
        descansos = quietud.descansos(ambito).filter(persona=OuterRef("pk"))
        momentos |= {
            "orden": Case(When(espera, then=lugar), default=None, output_field=IntegerField()),
            "termino_en": Case(
                When(metas.terminaron_hace_poco(ambito), then=F("insc__terminada_en")),
                default=None,
                output_field=DateTimeField(),
            ),
            "descansa": Subquery(descansos.values("hecho_en")[:1]),
            **{
                f"plazo_{n}": Case(When(aun, then=F(que)), default=None, output_field=DateTimeField())
                for n, (que, aun, _dias) in enumerate(quietud.plazos(ambito))
            },
        }
    sentadas = distritos.sentadas(ambito)
    return (
        (sentadas if solo is None else sentadas.filter(ayuda.entre("pk", solo)))
        .annotate(momento=momento)
        .annotate(**{f"es_{clave}": _como_numero(cual) for clave, cual in verdades.items()}, **momentos)
        .values_list(
            "pk",
            "membresias__asiento_id",
            "membresias__asiento__tipo__codigo",
            "membresias__calidad",
            "insc__hechas",
            "insc__requeridas",
            *(f"es_{clave}" for clave in verdades),
            "momento",
            *momentos,
        )
    )


def _como_numero(condicion: Q | None) -> Any:
    if condicion is None:
        return Value(1, IntegerField())
    return Case(When(condicion, then=Value(1)), default=Value(0), output_field=IntegerField())


def hasta_cuando(ambito: Ambito, filas: Collection[tuple[Any, ...]]) -> datetime.datetime:
    """Until when they wait in their order, if nobody writes anything."""
    quietos = [fila[MOMENTO] + quietud.DE_QUIETUD for fila in filas if fila[SE_AQUIETA] and fila[MOMENTO]]
    descansos = [fila[DESCANSA] for fila in filas if fila[DESCANSA]]
    plazos = zip(*(fila[DE_UNA:] for fila in filas), strict=True)
    primeros = [min((uno for uno in columna if uno), default=None) for columna in plazos]  # that have not passed
    return quietud.limite(ambito, sorted(quietos), descansos, quietud.al_pasar(ambito, primeros))


class Gente:
    """The people of one instancia, and what they add up to."""

    def __init__(self, filas: Iterable[tuple[Any, ...]], por_ayudar: Iterable[int]) -> None:
        self.filas = list(map(leer, filas))
        self.por_ayudar = set(por_ayudar)
        self.personas = {una.persona: una for una in self.filas}  # each once, however many seats they hold

    def cuantas(self, *campos: str) -> list[int]:
        """How many people there are of each."""
        lugares = [Sentada._fields.index(campo) for campo in campos]
        columnas = list(zip(*self.personas.values(), strict=True))
        return [sum(columnas[lugar]) for lugar in lugares] if columnas else [0] * len(lugares)

    def asientos(self) -> dict[str, tuple[int, int]]:
        """By kind: how many seats have somebody, and how many are complete."""
        ocupados = _juntar((una.tipo, una.asiento) for una in self.filas)
        completos = _juntar((una.tipo, una.asiento) for una in self.filas if una.completa)
        return {tipo: (len(suyos), len(completos.get(tipo, ()))) for tipo, suyos in ocupados.items()}

    def repiten(self) -> dict[int, tuple[tuple[bool, ...], datetime.datetime | None]]:
        desde, hasta = Sentada._fields.index(DE_PERSONAS[0]), Sentada._fields.index(DE_PERSONAS[-1]) + 1
        return {
            una.persona: (
                tuple(map(bool, una[desde:hasta])),
                una.momento if una.inscritas and una.pendientes else None,
            )
            for una in self.personas.values()
            if una.de_otra
        }

    def se_aquietan(self) -> list[tuple[datetime.datetime, int]]:
        suyas = (una for una in self.personas.values() if una.se_aquieta and una.momento)
        return sorted((una.momento + quietud.DE_QUIETUD, una.persona) for una in suyas if una.momento)

    def claves(self) -> list[tuple[int, datetime.datetime, int]]:
        """Whom to remind, in order."""
        suyas = self.personas.values()
        return sorted((una.orden, una.momento, una.persona) for una in suyas if una.orden is not None and una.momento)

    def terminaron_hace_poco(self) -> list[datetime.datetime]:
        return sorted(una.termino_en for una in self.personas.values() if una.termino_en)

    def puestos(self, ubigeo: str, *, de_hoy: bool) -> Puestos:
        """What ``matriz.puestos`` says of each kind and quality: of each seat once."""
        grupos: dict[tuple[str, str], list[Sentada]] = {}
        for una in self.filas:
            grupos.setdefault((una.tipo, una.calidad), []).append(una)
        return {(ubigeo, *clave): self._puesto(suyas, de_hoy=de_hoy) for clave, suyas in grupos.items()}

    def _puesto(self, suyas: list[Sentada], *, de_hoy: bool) -> tuple[int, ...]:
        terminaron, con_ayuda, en_curso, en_otra, sin_empezar = set(), set(), set(), set(), set()
        for una in suyas:
            if una.terminaron:
                terminaron.add(una.asiento)
            if una.pendientes and una.persona in self.por_ayudar:
                con_ayuda.add(una.asiento)
            elif una.en_curso:
                en_curso.add(una.asiento)
            elif una.sin_empezar and una.en_otra:
                en_otra.add(una.asiento)
            elif una.sin_empezar:
                sin_empezar.add(una.asiento)
        todos = {una.asiento for una in suyas}
        cuentas = tuple(map(len, (terminaron, con_ayuda, en_curso, en_otra, sin_empezar, todos)))
        avance = (max(una.hechas or 0 for una in suyas), max(una.requeridas or 0 for una in suyas))
        return (*cuentas, *(avance if de_hoy else ()))


def _juntar(pares: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    juntos: dict[str, set[int]] = {}
    for clave, uno in pares:
        juntos.setdefault(clave, set()).add(uno)
    return juntos
