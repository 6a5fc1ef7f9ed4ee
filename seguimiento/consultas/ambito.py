"""Who is looked at, and on which day: the scope, the territory asked for, and the edition. Questions start here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cursos.models import Edicion
from evaluaciones.consultas.aplicacion import aplicacion_de_un_curso
from instancias.politica import AlcanceEfectivo
from instancias.querysets import bajo
from marco.preparadas import Preparada

from ..models import BarraDeInstancia

DIAS_SIN_ACTIVIDAD = 14
DIAS_SIN_ENTRAR = 7
DIAS_DE_PAUSA = 7


@dataclass(frozen=True)
class EdicionDelAmbito:
    """An edition as the panel needs it, with the territories it was opened to."""

    id: int
    nombre: str
    curso_id: int
    curso_numero: int
    curso: str
    inicia: datetime.date
    termina: datetime.date | None
    abierta: bool
    con_tipos: bool
    territorios: tuple[str, ...] = ()
    retirado: datetime.datetime | None = None  # since when its course is out of sight

    def termino(self, dia: datetime.date) -> bool:
        return self.termina is not None and self.termina < dia

    def recibe(self, dia: datetime.date) -> bool:
        return self.abierta and self.inicia <= dia and (self.termina is None or self.termina >= dia)


@dataclass(frozen=True)
class Ambito:
    """The limits of a question. ``instancia`` narrows it to one table; ``prefijos`` never exceed the scope.

    ``al`` is the day of the figures, when it is not today. ``con_titular`` says who makes a seat complete, when it is
    not as the setting says today: true, only its titular.
    """

    prefijos: tuple[str, ...]
    ahora: datetime.datetime
    edicion: EdicionDelAmbito | None = None
    ediciones: tuple[EdicionDelAmbito, ...] = field(default=(), compare=False)
    territorio: str = ""
    instancia: str = ""
    al: datetime.date | None = None
    con_titular: bool | None = None

    @cached_property
    def hoy(self) -> datetime.date:
        return timezone.localdate(self.ahora)

    @property
    def dia(self) -> datetime.date:
        """The day of every figure."""
        return self.al or self.hoy

    @cached_property
    def corte(self) -> datetime.datetime:
        """The first instant after the day: what happened before it, happened by that day."""
        return inicio_del(self.dia + datetime.timedelta(days=1))

    @property
    def termino(self) -> bool:
        """Whether the last day of the edition passed: nobody can go on with it, and nobody is reminded of it."""
        return self.edicion is not None and self.edicion.termino(self.dia)

    @property
    def retirado(self) -> datetime.datetime | None:
        """Since when its course is out of sight: nobody can open it, and nobody is reminded of it. Of today only."""
        return self.edicion.retirado if self.edicion and self.al is None else None

    @cached_property
    def inicio_de_mes(self) -> datetime.datetime:
        return inicio_del(self.dia.replace(day=1))

    @cached_property
    def solo_titulares(self) -> bool:
        """Whether a seat is complete only when its titular finished."""
        return BarraDeInstancia.actual().solo_titulares if self.con_titular is None else self.con_titular

    @cached_property
    def aplicacion(self) -> tuple[int, int] | None:
        """The survey of what was applied, and after how many days it opens, where the course has one."""
        return aplicacion_de_un_curso(self.edicion.curso_id) if self.edicion else None

    @property
    def edicion_id(self) -> int:
        return self.edicion.id if self.edicion else 0

    @property
    def curso_numero(self) -> int | None:
        return self.edicion.curso_numero if self.edicion else None

    @property
    def limites(self) -> tuple[str, ...]:
        """The one table that it was narrowed to, or its territories."""
        return (self.instancia,) if self.instancia else self.prefijos

    @cached_property
    def convocados(self) -> tuple[str, ...]:
        """Territories of the scope that the edition was opened to."""
        return interseccion(self.prefijos, self.edicion.territorios) if self.edicion else self.prefijos

    def convoca(self, ubigeo: str) -> bool:
        return ubigeo.startswith(self.convocados)

    def alcanza(self, ubigeo: str) -> bool:
        """Whether a place lies inside these limits."""
        return ubigeo.startswith(self.prefijos)

    @property
    def es_de_varias(self) -> bool:
        """Whether it reaches more than one table: of only one, a sum already says how its people are doing."""
        return not self.instancia and (len(self.prefijos) > 1 or any(len(uno) < 6 for uno in self.prefijos))

    def hace(self, dias: int) -> datetime.datetime:
        return self.ahora - datetime.timedelta(days=dias)

    def en(self, ubigeo: str) -> Ambito:
        """The same, for one table only."""
        return replace(self, instancia=ubigeo)

    def al_dia(self, dia: datetime.date) -> Ambito:
        """The same, as of a day."""
        return replace(self, al=dia)

    def de_hoy(self) -> Ambito:
        """The same, for what is only known of today."""
        return replace(self, al=None)


def inicio_del(dia: datetime.date) -> datetime.datetime:
    """Return the first instant of a day, in local time."""
    return timezone.make_aware(datetime.datetime.combine(dia, datetime.time.min))


def interseccion(unos: Iterable[str], otros: Iterable[str]) -> tuple[str, ...]:
    """Return the territories that both sets reach: the longer code of each pair where one contains the other."""
    otros = tuple(otros)
    comunes = {max(a, b, key=len) for a in unos for b in otros if a.startswith(b) or b.startswith(a)}
    return tuple(sorted(c for c in comunes if not any(c != otro and c.startswith(otro) for otro in comunes)))


def ediciones_del(alcance: AlcanceEfectivo) -> tuple[EdicionDelAmbito, ...]:
    """Return the editions opened to something inside the scope, or around it; newest first. One statement."""
    if len(alcance.prefijos) == 1:
        (uno,) = alcance.prefijos
        filas = EDICIONES(bajo_de=uno, **{f"de_{largo}": uno[:largo] for largo in (2, 4) if largo < len(uno)})
    else:
        filas = _ediciones(alcance.prefijos)
    juntas: dict[int, EdicionDelAmbito] = {}
    for *datos, retirado, ubigeo in filas:
        edicion = juntas.get(datos[0]) or EdicionDelAmbito(*datos, retirado=retirado)
        juntas[edicion.id] = replace(edicion, territorios=(*edicion.territorios, ubigeo))
    return tuple(juntas.values())


def _ediciones(prefijos: Iterable[str], arriba: Iterable[str] | None = None) -> QuerySet:
    """A row for each territory of each of them."""
    if arriba is None:
        arriba = {prefijo[:largo] for prefijo in prefijos for largo in (2, 4) if largo < len(prefijo)}
    dentro = bajo(prefijos, "territorios__ubigeo") | Q(territorios__in=arriba)
    ids = Edicion.objects.filter(dentro).values("pk")
    return (
        Edicion.objects.filter(pk__in=ids)
        .annotate(con_tipos=Exists(Edicion.tipos_de_asiento.through.objects.filter(edicion_id=OuterRef("pk"))))
        .order_by("-inicia", "-pk", "territorios__ubigeo")
        .values_list(
            "pk",
            "nombre",
            "curso_id",
            "curso__numero",
            "curso__titulo",
            "inicia",
            "termina",
            "abierta",
            "con_tipos",
            "curso__retirada_en",
            "territorios__ubigeo",
        )
    )


def _ediciones_de_un_lugar(*, bajo_de: str, **arriba: str) -> QuerySet:
    return _ediciones([bajo_de], arriba.values())


EDICIONES = Preparada(_ediciones_de_un_lugar, se_anota=False)  # every page of the panel asks it


def edicion_por_defecto(
    ediciones: tuple[EdicionDelAmbito, ...], *, dia: datetime.date, curso: int | None = None
) -> EdicionDelAmbito | None:
    """Return the newest edition that receives people on the day, of a course that is there if any is; else the newest
    that has begun; else the first."""
    candidatas = [edicion for edicion in ediciones if curso is None or edicion.curso_numero == curso]
    abiertas = [edicion for edicion in candidatas if edicion.recibe(dia)]
    empezadas = [edicion for edicion in candidatas if edicion.inicia <= dia]
    a_la_vista = [edicion for edicion in abiertas if edicion.retirado is None]
    return next(iter(a_la_vista or abiertas or empezadas or candidatas), None)
