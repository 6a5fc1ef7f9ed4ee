"""Who is looked at: the scope of the account, the territory asked for, and the edition. Every question starts here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone

from cursos.models import Edicion, Inscripcion
from instancias.models import Asiento, Membresia, Persona, TipoDeAsiento
from instancias.politica import AlcanceEfectivo
from instancias.querysets import bajo, vigente

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

    def termino(self, dia: datetime.date) -> bool:
        return self.termina is not None and self.termina < dia

    def recibe(self, dia: datetime.date) -> bool:
        return self.abierta and self.inicia <= dia and (self.termina is None or self.termina >= dia)


@dataclass(frozen=True)
class Ambito:
    """The limits of a question. ``instancia`` narrows it to one table; ``prefijos`` never exceed the scope."""

    prefijos: tuple[str, ...]
    ahora: datetime.datetime
    edicion: EdicionDelAmbito | None = None
    ediciones: tuple[EdicionDelAmbito, ...] = field(default=(), compare=False)
    territorio: str = ""
    instancia: str = ""

    @cached_property
    def hoy(self) -> datetime.date:
        return timezone.localdate(self.ahora)

    @property
    def termino(self) -> bool:
        """Whether the last day of the edition passed: nobody can go on with it, and nobody is reminded of it."""
        return self.edicion is not None and self.edicion.termino(self.hoy)

    @cached_property
    def inicio_de_mes(self) -> datetime.datetime:
        return timezone.localtime(self.ahora).replace(day=1, hour=0, minute=0, second=0, microsecond=0)

    @property
    def edicion_id(self) -> int:
        return self.edicion.id if self.edicion else 0

    @property
    def curso_numero(self) -> int | None:
        return self.edicion.curso_numero if self.edicion else None

    @cached_property
    def convocados(self) -> tuple[str, ...]:
        """Territories of the scope that the edition was opened to."""
        return interseccion(self.prefijos, self.edicion.territorios) if self.edicion else self.prefijos

    def convoca(self, ubigeo: str) -> bool:
        return any(ubigeo.startswith(prefijo) for prefijo in self.convocados)

    @property
    def es_de_varias(self) -> bool:
        """Whether it reaches more than one table: of only one, a sum already says how its people are doing."""
        return not self.instancia and (len(self.prefijos) > 1 or any(len(uno) < 6 for uno in self.prefijos))

    def hace(self, dias: int) -> datetime.datetime:
        return self.ahora - datetime.timedelta(days=dias)

    def en(self, ubigeo: str) -> Ambito:
        """The same, for one table only."""
        return replace(self, instancia=ubigeo)


def interseccion(unos: Iterable[str], otros: Iterable[str]) -> tuple[str, ...]:
    """Return the territories that both sets reach: the longer code of each pair where one contains the other."""
    otros = tuple(otros)
    comunes = {max(a, b, key=len) for a in unos for b in otros if a.startswith(b) or b.startswith(a)}
    return tuple(sorted(c for c in comunes if not any(c != otro and c.startswith(otro) for otro in comunes)))


def ediciones_del(alcance: AlcanceEfectivo) -> tuple[EdicionDelAmbito, ...]:
    """Return the editions opened to something inside the scope, or around it; newest first. One statement."""
    arriba = {prefijo[:largo] for prefijo in alcance.prefijos for largo in (2, 4) if largo < len(prefijo)}
    dentro = bajo(alcance.prefijos, "territorios__ubigeo") | Q(territorios__in=arriba)
    ids = Edicion.objects.filter(dentro).values("pk")
    filas = (
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
            "territorios__ubigeo",
        )
    )
    juntas: dict[int, EdicionDelAmbito] = {}
    for *datos, ubigeo in filas:
        edicion = juntas.get(datos[0]) or EdicionDelAmbito(*datos)
        juntas[edicion.id] = replace(edicion, territorios=(*edicion.territorios, ubigeo))
    return tuple(juntas.values())


def edicion_por_defecto(
    ediciones: tuple[EdicionDelAmbito, ...], *, hoy: datetime.date, curso: int | None = None
) -> EdicionDelAmbito | None:
    """Return the newest edition that receives people today; else the newest that has begun; else the first."""
    candidatas = [edicion for edicion in ediciones if curso is None or edicion.curso_numero == curso]
    abiertas = [edicion for edicion in candidatas if edicion.recibe(hoy)]
    empezadas = [edicion for edicion in candidatas if edicion.inicia <= hoy]
    return next(iter(abiertas or empezadas or candidatas), None)


def exigido(ambito: Ambito, ruta: str) -> Q:
    """Condition «this seat counts»: it applies, its table exists, and the edition calls it."""
    condicion = Q(**{f"{ruta}estado": Asiento.Estado.EXIGIDO, f"{ruta}instancia__atendida_por__isnull": True})
    condicion &= bajo(ambito.convocados, f"{ruta}instancia__territorio__ubigeo")
    if ambito.instancia:
        condicion &= Q(**{f"{ruta}instancia__territorio_id": ambito.instancia})
    if ambito.edicion and ambito.edicion.con_tipos:
        condicion &= Q(**{f"{ruta}tipo__in": TipoDeAsiento.objects.filter(ediciones=ambito.edicion_id).values("pk")})
    return condicion


def inscripcion_activa(ambito: Ambito, ruta: str) -> FilteredRelation:
    """The enrolment of the person in the edition: at most one. Whoever finished stays finished."""
    camino = f"{ruta}inscripciones"
    cuenta = Q(**{f"{camino}__retirada_en__isnull": True}) | Q(**{f"{camino}__estado": Inscripcion.Estado.TERMINADA})
    return FilteredRelation(camino, condition=Q(**{f"{camino}__edicion_id": ambito.edicion_id}) & cuenta)


def asientos_del(ambito: Ambito) -> QuerySet[Asiento]:
    """Seats that count."""
    return Asiento.objects.filter(exigido(ambito, ""))


def membresias_del(ambito: Ambito) -> QuerySet[Membresia]:
    """Who sits today on the seats that count."""
    return Membresia.objects.filter(vigente("", ambito.hoy), exigido(ambito, "asiento__"), persona__activa=True)


def membresias_y_siguientes(ambito: Ambito) -> QuerySet[Membresia]:
    """The same, and who is registered to sit there from a later day: they are shown, and counted only then."""
    return Membresia.objects.sin_terminar(ambito.hoy).filter(exigido(ambito, "asiento__"), persona__activa=True)


def personas_del(ambito: Ambito) -> QuerySet[Persona]:
    """People who sit today on the seats that count, each once, with their enrolment as ``insc``."""
    sentadas = Membresia.objects.filter(vigente("", ambito.hoy), exigido(ambito, "asiento__"))
    return (
        Persona.objects.activas()
        .filter(pk__in=sentadas.values("persona_id"))
        .annotate(insc=inscripcion_activa(ambito, ""))
    )


def membresias_de_un_asiento(ambito: Ambito, asiento: str) -> QuerySet[Membresia]:
    """Who sits today on the seat of the outer question; ``asiento`` is the path to its key there."""
    return Membresia.objects.filter(vigente("", ambito.hoy), persona__activa=True, asiento=OuterRef(asiento))


def terminaron(ambito: Ambito) -> Q:
    """Condition on a membership: its person finished the edition."""
    return Q(
        persona__in=Inscripcion.objects.filter(
            edicion_id=ambito.edicion_id, estado=Inscripcion.Estado.TERMINADA
        ).values("persona_id")
    )
