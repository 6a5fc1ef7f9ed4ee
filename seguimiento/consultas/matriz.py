"""Seat by district: who is where, told in a word and a shape. One statement beside the tables already read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from instancias.models import Membresia

from . import definiciones as d
from .ambito import Ambito
from .ayuda import entre
from .distritos import FilaDeAsientos, Instancia
from .situacion import Situacion

VACANTE = "vacante"


@dataclass(frozen=True)
class Marca:
    """Its word, for one seat; its count, where a table has several seats of the kind. Its shape is of its class."""

    clase: str
    texto: str
    en_palabras: str


@dataclass(frozen=True)
class Puesto:
    """The titulares, or the alternos, of the seats of one kind at one table."""

    asientos: int
    terminaron: int = 0
    ayuda: int = 0
    en_curso: int = 0
    en_otra: int = 0
    no_empezaron: int = 0
    ocupados: int = 0
    hechas: int = 0
    requeridas: int = 0

    @property
    def vacantes(self) -> int:
        """Seats that nobody holds: on the days of a hand-over two people share one."""
        return max(self.asientos - self.ocupados, 0)

    @property
    def marcas(self) -> list[Marca]:
        """One mark for one seat; for several, a count for each state: of each seat once, but where two share it."""
        cuentas = (
            (Situacion.AYUDA, self.ayuda, _("Ayuda")),
            (Situacion.TERMINO, self.terminaron, _("Terminó")),
            (Situacion.EN_CURSO, self.en_curso, _("En curso")),
            (Situacion.EN_OTRA, self.en_otra, _("En otra edición")),
            (Situacion.NO_EMPEZO, self.no_empezaron, _("No empezó")),
            (VACANTE, self.vacantes, _("Vacante")),
        )
        if self.asientos > 1:
            return [Marca(clase, str(cuantos), palabra) for clase, cuantos, palabra in cuentas if cuantos]
        avance = _("%(n)d de %(m)d") % {"n": self.hechas, "m": self.requeridas} if self.requeridas else _("En curso")
        return [
            Marca(clase, avance if clase == Situacion.EN_CURSO else palabra, "")
            for clase, cuantos, palabra in cuentas
            if cuantos
        ]


@dataclass(frozen=True)
class Celda:
    """A kind of seat at a table. Without required seats it says «n/c»."""

    codigo: str
    asientos: FilaDeAsientos | None
    titular: Puesto
    alterno: Puesto

    @property
    def corresponde(self) -> bool:
        return bool(self.asientos and self.asientos.exigidos)

    @property
    def de_varios(self) -> bool:
        """Several seats of the kind at one table: beside others, it is told how many are complete."""
        return bool(self.asientos and self.asientos.exigidos > 1)

    @property
    def completa(self) -> bool:
        return self.corresponde and self.asientos.completos == self.asientos.exigidos


@dataclass(frozen=True)
class FilaDeMatriz:
    """A kind of seat, along the tables."""

    codigo: str
    tipo: str
    celdas: list[Celda]

    @property
    def exigidos(self) -> int:
        return sum(celda.asientos.exigidos for celda in self.celdas if celda.asientos)

    @property
    def completos(self) -> int:
        return sum(celda.asientos.completos for celda in self.celdas if celda.asientos)


@dataclass(frozen=True)
class Matriz:
    """Kinds of seat in legal order, by table. Tables of one level: the law gives each its own list."""

    instancias: list[Instancia]
    filas: list[FilaDeMatriz]

    @property
    def hay_en_otra(self) -> bool:
        """Whether somebody goes on in another edition: seldom, so the key of the shapes says it only then."""
        return any(celda.titular.en_otra or celda.alterno.en_otra for fila in self.filas for celda in fila.celdas)


Puestos = dict[tuple[str, str, str], tuple[int, ...]]


def puestos(ambito: Ambito, *, por_ayudar: Iterable[int]) -> Puestos:
    """Count the people of each kind of seat by table and quality. As many rows as cells, however many people."""
    return leer_puestos(filas_de_puestos(ambito, por_ayudar=list(por_ayudar)))


def leer_puestos(filas: Iterable[tuple[Any, ...]]) -> Puestos:
    return {fila[:3]: tuple(numero or 0 for numero in fila[3:]) for fila in filas}


def filas_de_puestos(ambito: Ambito, *, por_ayudar: Sequence[int] | str) -> QuerySet:
    """The question of ``puestos``. ``por_ayudar`` as ``ayuda.entre`` takes them."""
    pendiente, necesita = d.sin_terminar(ambito), entre("persona", por_ayudar)
    en_otra = d.sigue_en_otra(ambito)
    ayuda, sin_ayuda = necesita & pendiente, ~necesita & pendiente
    avance = {"hechas": Max("insc__hechas"), "requeridas": Max("insc__requeridas")}
    return (
        d.membresias_del(ambito)
        .alias(insc=d.inscripcion_del_dia(ambito, "persona__"))
        .order_by()
        .values_list("asiento__instancia__territorio_id", "asiento__tipo__codigo", "calidad")
        .annotate(
            terminaron=Count("asiento", distinct=True, filter=d.termino(ambito)),
            ayuda=Count("asiento", distinct=True, filter=ayuda),
            en_curso=Count("asiento", distinct=True, filter=sin_ayuda & d.empezo(ambito)),
            en_otra=Count("asiento", distinct=True, filter=sin_ayuda & en_otra),
            no_empezaron=Count("asiento", distinct=True, filter=sin_ayuda & d.sin_empezar(ambito) & ~en_otra),
            ocupados=Count("asiento", distinct=True),
            **(avance if ambito.al is None else {}),
        )
    )


def armar(instancias: Sequence[Instancia], contados: Puestos) -> Matriz:
    """Put the counts on the tables: rows in legal order, only kinds that some table has."""
    tipos: dict[str, tuple[int, str]] = {}
    for instancia in instancias:
        for fila in instancia.asientos:
            if fila.exigidos or fila.no_aplican:
                tipos[fila.codigo] = (fila.orden, fila.tipo)
    filas = [
        FilaDeMatriz(codigo, tipo, [celda(instancia, codigo, contados) for instancia in instancias])
        for codigo, (_orden, tipo) in sorted(tipos.items(), key=lambda par: par[1])
    ]
    return Matriz(list(instancias), filas)


def celda(instancia: Instancia, codigo: str, contados: Puestos) -> Celda:
    asientos = next((fila for fila in instancia.asientos if fila.codigo == codigo), None)
    total = asientos.exigidos if asientos else 0

    def puesto(calidad: str) -> Puesto:
        return Puesto(total, *contados.get((instancia.ubigeo, codigo, calidad), ()))

    return Celda(codigo, asientos, puesto(Membresia.Calidad.TITULAR), puesto(Membresia.Calidad.ALTERNO))
