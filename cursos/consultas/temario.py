"""The outline of a course: the same for everybody, read once per revision and kept in the cache."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import groupby

from marco import a_mano

from .. import clases, tiempo
from ..models import Unidad
from ..pasos import ids_de
from ..querysets import A_LA_VISTA, EN_PAUSA

UN_DIA = 60 * 60 * 24
FORMATO = 9  # raise it when the shape of what is kept changes


@dataclass(frozen=True)
class FilaDeTemario:
    """A unit as the outline shows it. ``posicion`` counts those of its kind, where they are numbered: «Lección 3».

    A route is not counted.
    """

    id: int
    numero: int
    clase: str
    variante: str
    titulo: str
    modulo: str
    grupo: int
    clave_del_modulo: int
    posicion: int
    pasos: int
    segundos: int
    obligatoria: bool
    asientos: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def minutos(self) -> int:
        return tiempo.minutos_dichos(self.segundos)

    @property
    def detalle(self) -> str:
        """What goes beside its title."""
        return clases.clase_de(self.clase).detalle(self)

    @property
    def es_ruta(self) -> bool:
        """Whether it is for some kinds of seat only."""
        return bool(self.asientos)


@dataclass(frozen=True)
class Temario:
    """Units of a course in order, as published."""

    curso_id: int
    numero: int
    filas: tuple[FilaDeTemario, ...]
    por_id: dict[int, FilaDeTemario] = field(repr=False)
    en_pausa: dict[int, str] = field(default_factory=dict)  # titles of what is out of sight and still asked for
    hojas: dict[int, int] = field(default_factory=dict)  # numbers of the sheets of its modules, by group

    @property
    def segundos(self) -> int:
        """What the course takes. Routes are not in it: nobody reads those of every seat."""
        return sum(fila.segundos for fila in self.filas if not fila.es_ruta)

    @property
    def segundos_pedidos(self) -> int:
        """What it takes to whoever does only what it asks for: what the page of the course says is left to them."""
        return sum(fila.segundos for fila in self.filas if fila.obligatoria and not fila.es_ruta)

    @property
    def primera(self) -> FilaDeTemario | None:
        """Where anybody begins."""
        return next((fila for fila in self.filas if not fila.es_ruta), None)

    @property
    def hay_rutas(self) -> bool:
        return any(fila.es_ruta for fila in self.filas)

    def de_clase(self, clase: str) -> tuple[FilaDeTemario, ...]:
        return tuple(fila for fila in self.filas if fila.clase == clase)

    def del_grupo(self, grupo: int) -> tuple[FilaDeTemario, ...]:
        """Units of a module."""
        return tuple(fila for fila in self.filas if fila.grupo == grupo)

    def hoja_del_grupo(self, grupo: int) -> int:
        """Return the number of the sheet of a module, 0 when nothing that is for everybody goes in it."""
        return self.hojas.get(grupo, 0)

    def siguiente(self, actual: FilaDeTemario, hechas: Collection[int]) -> FilaDeTemario | None:
        """Return the next unit not done, after this one or else from the beginning."""
        lugar = self.filas.index(actual)
        resto = self.filas[lugar + 1 :] + self.filas[:lugar]
        return next((fila for fila in resto if fila.id not in hechas), None)


def _hojas(filas: Collection[FilaDeTemario]) -> dict[int, int]:
    """Know each sheet by the lowest of its units' numbers: those are never used again, so it outlives titles."""
    con_algo = {fila.grupo for fila in filas if fila.modulo and _va_en_la_hoja(fila)}
    return {grupo: min(fila.numero for fila in filas if fila.grupo == grupo) for grupo in con_algo}


def _va_en_la_hoja(fila: FilaDeTemario) -> bool:
    return clases.clase_de(fila.clase).va_en_la_hoja and not fila.es_ruta


def temario_de(curso: Unidad) -> Temario:
    """Return the outline of one course. No statement once it is in the cache."""
    return temarios([curso])[curso.pk]


def temarios(cursos: Iterable[Unidad]) -> dict[int, Temario]:
    """Return the outlines of several courses by id: one statement for all those that the cache does not have."""
    por_llave = {_clave_de_cache(curso): curso for curso in cursos}
    listos = a_mano.dados(por_llave)
    faltan = {curso.pk: llave for llave, curso in por_llave.items() if llave not in listos}
    if faltan:
        de_ellos = Unidad.objects.filter(curso_id__in=list(faltan)).filter(A_LA_VISTA | EN_PAUSA)
        unidades = de_ellos.order_by("curso_id", "orden", "pk")
        por_curso = {pk: list(grupo) for pk, grupo in groupby(unidades, key=lambda unidad: unidad.curso_id)}
        nuevos = {llave: _armar(por_llave[llave], por_curso.get(pk, [])) for pk, llave in faltan.items()}
        a_mano.guardar(nuevos, UN_DIA)
        listos.update(nuevos)
    return {temario.curso_id: temario for temario in listos.values()}


def _clave_de_cache(curso: Unidad) -> str:
    """Key of the outline: it says what its parts take too, and has another one when they are told another time."""
    desde = curso.se_mide_desde
    return clave_de_cache(f"temario-{desde.timestamp() if desde else 0:.6f}", curso)


def clave_de_cache(pieza: str, curso: Unidad) -> str:
    """Key of a cached piece of a course: what is published next has another one."""
    return f"kuska:{pieza}:{FORMATO}:{curso.pk}:{curso.revision}"


def _armar(curso: Unidad, unidades: list[Unidad]) -> Temario:
    filas: list[FilaDeTemario] = []
    cuenta: dict[str, int] = {}
    grupo, anterior = -1, None
    en_pausa = {unidad.pk: unidad.titulo for unidad in unidades if unidad.retirada_en is not None}
    for unidad in unidades:
        if unidad.pk in en_pausa:
            continue
        if unidad.clave_del_modulo != anterior:
            grupo, anterior = grupo + 1, unidad.clave_del_modulo
        if se_cuenta := clases.clase_de(unidad.clase).se_numera and not unidad.asientos:
            cuenta[unidad.clase] = cuenta.get(unidad.clase, 0) + 1
        filas.append(
            FilaDeTemario(
                id=unidad.pk,
                numero=unidad.numero,
                clase=unidad.clase,
                variante=unidad.variante,
                titulo=unidad.titulo,
                modulo=unidad.modulo,
                grupo=grupo,
                clave_del_modulo=unidad.clave_del_modulo,
                posicion=cuenta[unidad.clase] if se_cuenta else 0,
                pasos=unidad.pasos,
                segundos=unidad.toma,
                obligatoria=unidad.obligatoria,
                asientos=tuple(unidad.asientos),
                ids=ids_de(unidad),
            )
        )
    por_id = {fila.id: fila for fila in filas}
    return Temario(curso.pk, curso.numero, tuple(filas), por_id, en_pausa, _hojas(filas))
