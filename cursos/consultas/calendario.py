"""What is ahead of a person: last days of their courses, meetings of their seat, and the dates that a course has.

Days are whole days of Lima: today's are still ahead, whatever the hour.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from instancias.models import Persona
from instancias.politica import AlcanceEfectivo
from marco.preparadas import preparada
from marco.textos import buscable

from .. import clases
from ..models import Encuentro, Inscripcion, Unidad
from .contenido import guardado
from .inicio import CursoEnInicio, cursos_de
from .temario import Temario

LLAVE, UN_MINUTO = "kuska:encuentros", 60  # forgotten when a meeting is written or taken away
HACIA_ATRAS = datetime.timedelta(days=180)
DE_UN_DIA = datetime.time.max  # what lasts the whole day goes after what has an hour


@dataclass(frozen=True)
class Fecha:
    """A day of somebody's calendar. ``clave`` is the same each time it is told, and says nothing of its subject."""

    clave: str
    dia: datetime.date
    titulo: str
    hora: datetime.time | None = None
    lugar: str = ""
    url: str = ""
    motivo: str = ""  # of what was called off
    de_curso: bool = False

    @property
    def cancelada(self) -> bool:
        return bool(self.motivo)

    @property
    def orden(self) -> tuple[Any, ...]:
        return (self.dia, self.hora or DE_UN_DIA, self.titulo)


@dataclass(frozen=True)
class Calendario:
    proximas: tuple[Fecha, ...]
    pasadas: tuple[Fecha, ...]  # the last one first


def calendario_de(*, persona: Persona, hoy: datetime.date) -> Calendario:
    """Return the whole calendar of a person. Three statements once what is kept of the courses is there."""
    encuentros = Encuentro.objects.de(persona, hoy).filter(dia__gte=hoy - HACIA_ATRAS)
    fechas = _juntar(cursos_de(persona=persona, hoy=hoy), encuentros)
    return Calendario(
        proximas=tuple(una for una in fechas if una.dia >= hoy),
        pasadas=tuple(una for una in reversed(fechas) if hoy - HACIA_ATRAS <= una.dia < hoy),
    )


def proxima_de(*, persona: Persona, cursos: Iterable[CursoEnInicio], hoy: datetime.date) -> Fecha | None:
    """Return the next day of a person whose courses are known, if there is any.

    One statement where somebody was called.
    """
    siguiente = [] if _ultimo_dia_convocado() < hoy else encuentro_que_sigue(persona=persona.pk, hoy=hoy)
    return next((una for una in _juntar(cursos, siguiente) if una.dia >= hoy), None)


@preparada
def encuentro_que_sigue(*, persona: int, hoy: datetime.date) -> QuerySet[Encuentro]:
    """The next meeting that a person is called to: one row, or none."""
    return Encuentro.objects.de(persona, hoy).filter(dia__gte=hoy).order_by("dia", "hora", "pk")[:1]


def _ultimo_dia_convocado() -> datetime.date:
    """The last day of any meeting of the site, kept for a minute: most have none ahead, and «Inicio» asks no more."""
    dia = cache.get(LLAVE)
    if dia is None:
        dia = Encuentro.objects.aggregate(ultimo=Max("dia"))["ultimo"] or datetime.date.min
        cache.set(LLAVE, dia, UN_MINUTO)
    return dia


def encuentros_de(*, alcance: AlcanceEfectivo, hoy: datetime.date) -> tuple[list[Encuentro], list[Encuentro]]:
    """Return those that somebody of the staff answers for: what is ahead, and what passed, the last one first."""
    suyos = Encuentro.objects.bajo(alcance.prefijos).filter(dia__gte=hoy - HACIA_ATRAS)
    filas = list(suyos.select_related("territorio").prefetch_related("tipos_de_asiento"))
    return [uno for uno in filas if uno.dia >= hoy], [uno for uno in reversed(filas) if uno.dia < hoy]


def _juntar(cursos: Iterable[CursoEnInicio], encuentros: Iterable[Encuentro]) -> list[Fecha]:
    """Put everything in order. A meeting that is also a unit of a course, the same day and so called, is told once."""
    de_cursos = [fecha for uno in cursos if uno.disponible for fecha in _de_un_curso(uno)]
    dichas = {(una.dia, buscable(una.titulo)) for una in de_cursos}
    convocadas = [_de_un_encuentro(uno) for uno in encuentros]
    propias = [una for una in convocadas if una.cancelada or (una.dia, buscable(una.titulo)) not in dichas]
    return sorted([*de_cursos, *propias], key=lambda una: una.orden)


def _de_un_curso(uno: CursoEnInicio) -> Iterator[Fecha]:
    inscripcion, temario = uno.inscripcion, uno.temario
    curso = inscripcion.curso
    ultimo = inscripcion.ultimo_dia
    if ultimo is not None and inscripcion.estado != Inscripcion.Estado.TERMINADA:
        titulo = _("Último día de «%(curso)s»") % {"curso": curso.titulo}
        url = reverse("kuska_cursos:curso", args=[temario.numero])
        yield Fecha(f"curso-{curso.numero}", ultimo, titulo, url=url, de_curso=True)
    for unidad, dia, hora, lugar in guardado("fechas", curso, lambda: list(_leer_fechas(temario))):
        if fila := temario.por_id.get(unidad):
            url = clases.clase_de(fila.clase).url(curso=temario.numero, numero=fila.numero)
            clave = f"curso-{curso.numero}-{fila.numero}"
            yield Fecha(clave, dia, fila.titulo, hora=hora, lugar=lugar, url=url, de_curso=True)


def _leer_fechas(temario: Temario) -> Iterator[tuple[int, datetime.date, datetime.time | None, str]]:
    """Read the dates of the units of a course. No statement where no kind has dates of its own."""
    con_fecha = [clase for clase in clases.clases() if type(clase).fechas is not clases.ClaseDeUnidad.fechas]
    if not con_fecha:
        return
    paginas = dict(Unidad.objects.filter(pk__in=temario.por_id).values_list("pagina_id", "pk"))
    for clase in con_fecha:
        for pagina, dia, hora, lugar in clase.fechas(list(paginas)):
            yield paginas[pagina], dia, hora, lugar


def _de_un_encuentro(uno: Encuentro) -> Fecha:
    return Fecha(f"encuentro-{uno.identidad}", uno.dia, uno.titulo, hora=uno.hora, lugar=uno.lugar, motivo=uno.motivo)
