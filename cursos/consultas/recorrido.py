"""The rows of the page of a course, with what a person has done of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, groupby, takewhile
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from marco.preparadas import preparada

from .. import clases
from ..models import Avance, Inscripcion
from ..pasos import por_ver, sin_ver
from ..tiempo import en_palabras, segundos_que_quedan
from .siguiente import cierre_de, cumplidas_de, pedidas_por, url_para_seguir
from .temario import FilaDeTemario, Temario, temario_de

MODULOS_A_LA_VISTA = 2  # more than these and the page of the course would not be read on a phone


@dataclass(frozen=True)
class FilaDeCurso:
    """A unit in the page of a course: its state for this person and where it leads.

    ``cierre`` is why it is closed; ``paso``, the step to go on with. Words and address come from these few values, so
    that what is drawn is known by them (``huella``).
    """

    fila: FilaDeTemario
    curso: int  # its number
    estado: str
    cierre: str
    pedida: bool
    paso: int = 0
    pasos_nuevos: int = 0
    se_cerro: bool = False  # it can no longer be done; what was sent of it is still there

    @property
    def huella(self) -> tuple[Any, ...]:
        """What its drawing depends on, besides what is read in the course."""
        suyo = self.estado, self.cierre, self.pedida, self.paso, self.pasos_nuevos, self.se_cerro
        return self.fila.id, self.fila.segundos, *suyo

    @property
    def url(self) -> str:
        return "" if self.cierre else url_para_seguir(self.fila, self.curso, self.paso)

    @property
    def texto(self) -> str:
        """The words of its state, where the usual ones will not do."""
        clase = clases.clase_de(self.fila.clase)
        return str(clase.ya_no) if self.se_cerro else self.cierre or clase.estado_en_palabras(self.estado)

    @property
    def plantilla(self) -> str:
        """What draws it, as its kind wants."""
        return clases.clase_de(self.fila.clase).plantilla_de_fila

    @property
    def detalle(self) -> str:
        return self.fila.detalle

    @property
    def hecha(self) -> bool:
        return self.estado == "terminada"

    @property
    def segundos(self) -> int:
        """What is left of it on the screen."""
        if self.hecha or self.se_cerro:
            return 0
        return segundos_que_quedan(self.fila.segundos, pasos=self.fila.pasos, paso=self.paso)

    @property
    def senal(self) -> str:
        """The state as it is drawn."""
        return "cerrada" if self.se_cerro else self.estado

    @property
    def opcional(self) -> bool:
        return not self.pedida and not self.hecha

    @property
    def dice_opcional(self) -> bool:
        """Routes say it once, for all of them."""
        return self.opcional and not self.fila.es_ruta


@dataclass(frozen=True)
class ModuloDeCurso:
    """A module as a person sees it. ``rutas`` are those of their seats, or all when none is; ``otras`` go folded.

    ``hoja`` is the number of its sheet to print, 0 when it has none. In a long course modules fold: only the one to go
    on with is ``abierto``. ``numero`` counts those that have a name and are for everybody.
    """

    titulo: str
    filas: tuple[FilaDeCurso, ...]
    rutas: tuple[FilaDeCurso, ...] = ()
    otras: tuple[FilaDeCurso, ...] = ()
    son_suyas: bool = False
    hoja: int = 0
    numero: int = 0
    se_pliega: bool = False
    abierto: bool = False

    @property
    def huella(self) -> tuple[Any, ...]:
        """What its drawing depends on, besides the outline: the rows as they are for this person, and how it folds."""
        partes = tuple(tuple(una.huella for una in filas) for filas in (self.filas, self.rutas, self.otras))
        return *partes, self.son_suyas, self.hoja, self.numero, self.se_pliega, self.abierto

    @cached_property
    def pedidas(self) -> tuple[FilaDeCurso, ...]:
        return tuple(una for una in self.filas if una.pedida)

    @property
    def hechas(self) -> int:
        return sum(una.hecha for una in self.pedidas)

    @property
    def segundos(self) -> int:
        """What is left of what it asks for, on the screen."""
        return sum(una.segundos for una in self.pedidas)

    @property
    def falta(self) -> str:
        return en_palabras(self.segundos) if self.segundos else ""

    @property
    def completo(self) -> bool:
        return self.hechas == len(self.pedidas)

    @property
    def todo_hecho(self) -> bool:
        """Whether it goes behind: nothing of it is left to anybody in this place."""
        filas = self.pedidas or self.filas
        return bool(filas) and all(una.hecha for una in filas)

    @property
    def es_de_su_asiento(self) -> bool:
        return self.son_suyas and not self.filas


def modulos_de(*, inscripcion: Inscripcion, asientos: Collection[str] = ()) -> list[ModuloDeCurso]:
    """Return the outline with this person's ticks: the outline is cached, the ticks are one statement.

    ``asientos`` are the kinds of seat of the person, for the routes.
    """
    temario = temario_de(inscripcion.curso)
    avances = {avance.unidad_id: avance for avance in avances_de(inscripcion=inscripcion.pk)}
    terminadas = {pk for pk, avance in avances.items() if avance.estado == Avance.Estado.TERMINADA}
    pide = pedidas_por(inscripcion)
    cumplidas = cumplidas_de(temario, terminadas, pide)
    ya_termino = inscripcion.termino(timezone.localdate())
    de_todas = [
        _fila(fila, temario, avances.get(fila.id), fila.id in pide, cumplidas, inscripcion, ya_termino)
        for fila in temario.filas
    ]
    modulos = [
        _modulo(temario, grupo, list(filas), frozenset(asientos))
        for grupo, filas in groupby(de_todas, key=lambda una: una.fila.grupo)
    ]
    return _plegados(_numerados(modulos), inscripcion.unidad_actual_id)


@preparada
def avances_de(*, inscripcion: int) -> QuerySet[Avance]:
    """What tells the state of each row: the hours, that nobody looks at here, take as long to read as all the rest."""
    return Avance.objects.filter(inscripcion=inscripcion).only("unidad", "estado", "paso", "vistos")


def segundos_que_faltan(modulos: Iterable[ModuloDeCurso]) -> int:
    """Return what is left on the screen of what a person is asked for."""
    return sum(uno.segundos for uno in modulos)


def hechos_y_por_hacer(modulos: Sequence[ModuloDeCurso]) -> tuple[list[ModuloDeCurso], list[ModuloDeCurso]]:
    """Put apart the modules at the beginning that are behind. One alone stays where it is: it takes a line already."""
    hechos = list(takewhile(lambda uno: uno.todo_hecho, modulos))
    return (hechos, list(modulos[len(hechos) :])) if len(hechos) > 1 else ([], list(modulos))


def _numerados(modulos: list[ModuloDeCurso]) -> list[ModuloDeCurso]:
    lugares = count(1)
    return [replace(uno, numero=next(lugares)) if uno.titulo and uno.pedidas else uno for uno in modulos]


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


def _fila(
    fila: FilaDeTemario,
    temario: Temario,
    avance: Avance | None,
    pedida: bool,
    cumplidas: Collection[int],
    inscripcion: Inscripcion,
    ya_termino: bool,
) -> FilaDeCurso:
    hecha = avance is not None and avance.estado == Avance.Estado.TERMINADA
    clase = clases.clase_de(fila.clase)
    propio = None if hecha else clase.cierre_propio(fila=fila, inscripcion=inscripcion)
    termino = propio is None and ya_termino
    cierre = "" if hecha or termino else cierre_de(fila, temario, cumplidas) if propio is None else propio
    se_cerro = termino and not hecha and not clase.se_relee
    estado = "terminada" if hecha else "cerrada" if cierre else "en_curso" if avance else "por_empezar"
    nuevos = sin_ver(avance, fila.ids) if hecha and clase.por_pasos else []
    paso = nuevos[0] if nuevos else 0 if avance is None or hecha else por_ver(avance, fila.ids)
    return FilaDeCurso(fila, temario.numero, estado, cierre, pedida, paso, len(nuevos), se_cerro)
