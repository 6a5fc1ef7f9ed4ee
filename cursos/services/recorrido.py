"""Where a person is: the rows of «Inicio» and of the page of a course. Only reads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.core.cache import cache
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from instancias.models import Membresia, Persona

from .. import unidades as registro
from ..models import Avance, Inscripcion, RequisitoDeVersion
from .temario import UN_DIA, FilaDeTemario, Temario, clave_de_cache, temario_de, temarios

Estado = Inscripcion.Estado
MODULOS_A_LA_VISTA = 2  # more than these and the page of the course would not be read on a phone


@dataclass(frozen=True)
class CursoEnInicio:
    """A course of a person as «Inicio» shows it."""

    inscripcion: Inscripcion
    temario: Temario
    empieza_despues: bool
    donde: str
    url: str

    @property
    def cuenta(self) -> str:
        return cuenta_de(self.inscripcion, self.temario)

    @property
    def disponible(self) -> bool:
        curso = self.inscripcion.curso
        return not self.empieza_despues and curso.retirada_en is None and curso.pagina_id is not None


@dataclass(frozen=True)
class FilaDeCurso:
    """A unit in the page of a course: its state for this person and where it leads."""

    fila: FilaDeTemario
    estado: str
    url: str
    detalle: str
    cierre: str
    pedida: bool

    @property
    def opcional(self) -> bool:
        return not self.pedida and self.estado != "terminada"

    @property
    def dice_opcional(self) -> bool:
        """Routes say it once, for all of them."""
        return self.opcional and not self.fila.es_ruta


@dataclass(frozen=True)
class ModuloDeCurso:
    """A module as a person sees it. ``rutas`` are those of their seats, or all when none is; ``otras`` go folded.

    ``hoja`` is the number of its sheet to print, 0 when it has none. In a long course modules fold: only the one to go
    on with is ``abierto``.
    """

    titulo: str
    filas: tuple[FilaDeCurso, ...]
    rutas: tuple[FilaDeCurso, ...] = ()
    otras: tuple[FilaDeCurso, ...] = ()
    son_suyas: bool = False
    hoja: int = 0
    se_pliega: bool = False
    abierto: bool = False

    @property
    def pedidas(self) -> tuple[FilaDeCurso, ...]:
        return tuple(una for una in self.filas if una.pedida)

    @property
    def hechas(self) -> int:
        return sum(una.estado == "terminada" for una in self.pedidas)

    @property
    def completo(self) -> bool:
        return self.hechas == len(self.pedidas)


def cursos_de(*, persona: Persona, hoy: date) -> list[CursoEnInicio]:
    """Return a person's courses, the one to go on with first. Two statements, whatever the number of courses."""
    filas = (
        Inscripcion.objects.activas()
        .filter(persona=persona)
        .select_related("curso", "edicion", "unidad_actual")
        .order_by(F("terminada_en").desc(nulls_first=True), F("ultima_actividad_en").desc(nulls_last=True), "pk")
    )
    por_curso: dict[int, Inscripcion] = {}
    for inscripcion in filas:
        por_curso.setdefault(inscripcion.curso_id, inscripcion)
    esquemas = temarios(inscripcion.curso for inscripcion in por_curso.values())
    return [_en_inicio(inscripcion, esquemas[curso_id], hoy) for curso_id, inscripcion in por_curso.items()]


def asientos_de(*, persona: Persona, hoy: date) -> frozenset[str]:
    """Return the codes of the kinds of seat that a person holds today. One statement."""
    vigentes = Membresia.objects.vigentes(hoy).filter(persona=persona)
    return frozenset(vigentes.values_list("asiento__tipo__codigo", flat=True))


def empieza_el(*, persona: Persona, hoy: date) -> date | None:
    """Return the first day of the seat that waits for a person. One statement."""
    suyas = Membresia.objects.por_empezar(hoy).filter(persona=persona)
    return suyas.order_by("desde").values_list("desde", flat=True).first()


def modulos_de(*, inscripcion: Inscripcion, asientos: Collection[str] = ()) -> list[ModuloDeCurso]:
    """Return the outline with this person's ticks: the outline is cached, the ticks are one statement.

    ``asientos`` are the kinds of seat of the person, for the routes.
    """
    temario = temario_de(inscripcion.curso)
    avances = {avance.unidad_id: avance for avance in Avance.objects.filter(inscripcion=inscripcion)}
    terminadas = {pk for pk, avance in avances.items() if avance.estado == Avance.Estado.TERMINADA}
    pide = pedidas_por(inscripcion)
    cumplidas = _cumplidas(temario, terminadas, pide)
    modulos = [
        _modulo(
            temario,
            grupo,
            [
                _fila(fila, temario, avances.get(fila.id), fila.id in terminadas, cumplidas, fila.id in pide)
                for fila in filas
            ],
            frozenset(asientos),
        )
        for grupo, filas in groupby(temario.filas, key=lambda fila: fila.grupo)
    ]
    return _plegados(modulos, inscripcion.unidad_actual_id)


def _plegados(modulos: list[ModuloDeCurso], actual: int | None) -> list[ModuloDeCurso]:
    """Fold the modules of a long course, but for the one where the person is, or else the first that is not done."""
    con_nombre = [uno for uno in modulos if uno.titulo and uno.pedidas]
    if len(con_nombre) <= MODULOS_A_LA_VISTA:
        return modulos
    pendientes = [uno for uno in con_nombre if not uno.completo]
    suyo = next((uno for uno in pendientes if any(una.fila.id == actual for una in uno.filas)), None)
    abierto = suyo or next(iter(pendientes), None)
    return [replace(uno, se_pliega=uno in con_nombre, abierto=uno is abierto) for uno in modulos]


def _modulo(temario: Temario, grupo: int, todas: list[FilaDeCurso], asientos: frozenset[str]) -> ModuloDeCurso:
    """Put apart what is optional and of some seats. What the person's own version asks for is a lesson like any."""
    rutas = [una for una in todas if una.fila.es_ruta and not una.pedida]
    propias = [una for una in rutas if not asientos.isdisjoint(una.fila.asientos)]
    return ModuloDeCurso(
        titulo=todas[0].fila.modulo,
        filas=tuple(una for una in todas if una not in rutas),
        rutas=tuple(propias or rutas),
        otras=tuple(una for una in rutas if una not in propias) if propias else (),
        son_suyas=bool(propias),
        hoja=temario.hoja_del_grupo(grupo),
    )


def pedidas_por(inscripcion: Inscripcion) -> frozenset[int]:
    """Units that the enrolment's version asks for, kept like the outline."""
    llave = clave_de_cache(f"pide:{inscripcion.version_id}", inscripcion.curso)
    ids = cache.get(llave)
    if ids is None:
        filas = RequisitoDeVersion.objects.filter(version=inscripcion.version_id)
        ids = frozenset(filas.values_list("unidad_id", flat=True))
        cache.set(llave, ids, UN_DIA)
    return ids


def terminadas_en(inscripcion: Inscripcion) -> frozenset[int]:
    """Units a person has finished in an enrolment."""
    return frozenset(Avance.objects.terminados().filter(inscripcion=inscripcion).values_list("unidad_id", flat=True))


def siguiente_de(*, inscripcion: Inscripcion, fila: FilaDeTemario, terminadas: Collection[int]) -> FilaDeTemario | None:
    """Return what to do after a unit: the next one asked for, not done, and open."""
    temario = temario_de(inscripcion.curso)
    pide = pedidas_por(inscripcion)
    cumplidas = _cumplidas(temario, terminadas, pide)
    fuera = {f.id for f in temario.filas if f.id not in pide or _cierre(f, temario, cumplidas)}
    return temario.siguiente(fila, fuera | set(terminadas))


def nombre_de(fila: FilaDeTemario) -> str:
    """«Lección 3», or the title of what is not counted."""
    if fila.clase == "leccion" and not fila.es_ruta:
        return _("Lección %(n)d") % {"n": fila.posicion}
    return fila.titulo


def url_de(fila: FilaDeTemario, curso: int) -> str:
    clase = registro.clase_de(fila.clase)
    return clase.url(curso=curso, numero=fila.numero) if clase else ""


def cuenta_de(inscripcion: Inscripcion, temario: Temario) -> str:
    """«3 de 8 lecciones»; where there are also evaluations it says so."""
    cifras = {"hechas": inscripcion.hechas, "total": inscripcion.requeridas}
    if all(fila.clase == "leccion" for fila in temario.filas if fila.obligatoria):
        texto = ngettext("%(hechas)d de %(total)d lección", "%(hechas)d de %(total)d lecciones", cifras["total"])
    else:
        texto = _("%(hechas)d de %(total)d lecciones y evaluaciones")
    return texto % cifras


def _en_inicio(inscripcion: Inscripcion, temario: Temario, hoy: date) -> CursoEnInicio:
    fila = temario.por_id.get(inscripcion.unidad_actual_id or 0)
    if fila is None and inscripcion.estado != Estado.TERMINADA:
        fila = temario.primera
    donde, url = "", ""
    if fila is not None:
        donde = nombre_de(fila)
        if fila.clase == "leccion" and inscripcion.paso_actual and fila.pasos:
            lugar = {"donde": donde, "n": min(inscripcion.paso_actual, fila.pasos), "total": fila.pasos}
            donde = _("%(donde)s, paso %(n)d de %(total)d") % lugar
        url = _url_para_seguir(fila, temario.numero, inscripcion.paso_actual)
    return CursoEnInicio(inscripcion, temario, inscripcion.edicion.inicia > hoy, donde, url)


def _url_para_seguir(fila: FilaDeTemario, curso: int, paso: int) -> str:
    clase = registro.clase_de(fila.clase)
    return clase.url_para_seguir(curso=curso, numero=fila.numero, paso=min(paso, fila.pasos)) if clase else ""


def _cumplidas(temario: Temario, terminadas: Collection[int], pide: Collection[int]) -> frozenset[int]:
    """Units that keep nothing closed: done, or not asked of this person. A lesson added later waits for no one."""
    return frozenset(terminadas).union(fila.id for fila in temario.filas if fila.id not in pide)


def _cierre(fila: FilaDeTemario, temario: Temario, terminadas: Collection[int]) -> str:
    clase = registro.clase_de(fila.clase)
    return str(clase.cierre(fila=fila, temario=temario, terminadas=terminadas)) if clase else ""


def _fila(
    fila: FilaDeTemario,
    temario: Temario,
    avance: Avance | None,
    hecha: bool,
    cumplidas: Collection[int],
    pedida: bool,
) -> FilaDeCurso:
    clase = registro.clase_de(fila.clase)
    cierre = "" if hecha else _cierre(fila, temario, cumplidas)
    paso = 0 if avance is None or hecha else min(avance.paso + 1, fila.pasos)
    detalle = clase.detalle(fila) if clase else ""
    return FilaDeCurso(
        fila=fila,
        estado="terminada" if hecha else "cerrada" if cierre else "en_curso" if avance else "por_empezar",
        url="" if cierre else _url_para_seguir(fila, temario.numero, paso),
        detalle=str(detalle or _("%(n)d min") % {"n": fila.minutos}),
        cierre=cierre,
        pedida=pedida,
    )
