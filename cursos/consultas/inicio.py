"""The courses of a person, as «Inicio» shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from instancias.consultas.pedidos import respuesta_a_la_persona
from instancias.models import Membresia, Persona
from instancias.querysets import MembresiaQuerySet
from marco.preparadas import preparada

from .. import clases
from ..models import Avance, Inscripcion, Unidad
from ..pasos import por_ver
from .acceso import dice_algo
from .bienvenida import Bienvenida, bienvenida_de
from .dudas import hay_respuestas
from .siguiente import cuenta_de, nombre_de, url_para_seguir
from .temario import FilaDeTemario, Temario, temarios

Estado = Inscripcion.Estado


@dataclass(frozen=True)
class CursoEnInicio:
    """A course of a person as «Inicio» shows it."""

    inscripcion: Inscripcion
    temario: Temario
    empieza_despues: bool
    donde: str
    url: str
    que: str = ""  # the title of what is at hand
    paso: int = 0
    termino: bool = False
    en_pausa: bool = False  # all that is left is out of sight: there is nothing to do for now
    bienvenida: Bienvenida | None = None  # of a course that was not begun
    de_antes: Inscripcion | None = None  # another edition of the same course, finished or closed half way

    @property
    def se_cerro(self) -> bool:
        """Whether the last day of its edition found it unfinished."""
        return self.termino and self.inscripcion.estado != Estado.TERMINADA

    @property
    def cuenta(self) -> str:
        return cuenta_de(self.inscripcion, self.temario)

    @property
    def disponible(self) -> bool:
        return not self.empieza_despues and self.inscripcion.curso.a_la_vista


def cursos_de(*, persona: Persona, hoy: date) -> list[CursoEnInicio]:
    """Return a person's courses, the one to go on with first. Two statements, whatever the number of courses."""
    por_curso: dict[int, Inscripcion] = {}
    de_antes: dict[int, Inscripcion] = {}
    for inscripcion in inscripciones_de(persona=persona.pk, hoy=hoy):
        elegida = por_curso.setdefault(inscripcion.curso_id, inscripcion)
        if elegida is not inscripcion and not elegida.terminada_en and dice_algo(inscripcion, hoy):
            de_antes.setdefault(inscripcion.curso_id, inscripcion)
    esquemas = temarios(inscripcion.curso for inscripcion in por_curso.values())
    elegidas = sorted(por_curso.values(), key=_por_seguir)
    return [_en_inicio(una, esquemas[una.curso_id], hoy, de_antes.get(una.curso_id)) for una in elegidas]


@preparada
def inscripciones_de(*, persona: int, hoy: date) -> QuerySet[Inscripcion]:
    """The enrolments of a person, with where each one is; of several editions of a course, the one to go on first."""
    propias: QuerySet[Any] = Inscripcion.objects.activas().filter(persona=persona)
    en_la_actual = FilteredRelation("avances", condition=Q(avances__unidad=F("unidad_actual")))
    de_la_persona = {
        "dejo_el": _dejo_el(Membresia.objects.filter(persona=OuterRef("persona")), hoy),
        **hay_respuestas(),
        **respuesta_a_la_persona(),
    }
    con_lo_suyo = propias.annotate(en_la_actual=en_la_actual, **de_la_persona).select_related(
        "curso", "edicion", "version", "unidad_actual", "en_la_actual"
    )
    return con_lo_suyo.por_vigencia(hoy)


def _por_seguir(inscripcion: Inscripcion) -> tuple[bool, float, float, int]:
    """Order of «Inicio»: what is not finished first; of it, what was touched last."""
    terminada, ultima = inscripcion.terminada_en, inscripcion.ultima_actividad_en
    return (
        terminada is not None,
        -terminada.timestamp() if terminada else 0,
        -ultima.timestamp() if ultima else 0,
        inscripcion.pk,
    )


def cursos_que_lleva(persona: Persona) -> list[Unidad]:
    """Return the courses that a person is in. One statement."""
    suyas = Inscripcion.objects.activas().filter(persona=persona)
    return list(Unidad.objects.cursos().vigentes().filter(pk__in=suyas.values("curso")))


def asientos_de(*, persona: Persona, hoy: date) -> frozenset[str]:
    """Return the codes of the kinds of seat that a person holds today. One statement."""
    return frozenset(codigos_de_sus_asientos(persona=persona.pk, hoy=hoy))


@preparada
def codigos_de_sus_asientos(*, persona: int, hoy: date) -> QuerySet[Any]:
    vigentes = Membresia.objects.vigentes(hoy).filter(persona=persona)
    return vigentes.values_list("asiento__tipo__codigo", flat=True)


def empieza_el(*, persona: Persona, hoy: date) -> date | None:
    """Return the first day of the seat that waits for a person. One statement."""
    suyas = Membresia.objects.por_empezar(hoy).filter(persona=persona)
    return suyas.order_by("desde").values_list("desde", flat=True).first()


def _dejo_el(suyas: MembresiaQuerySet, hoy: date) -> Case:
    """The last day of the last seat of a person, as an annotation; none while they have one, or wait for one."""
    ultimo = suyas.de_algun_dia().order_by("-hasta").values("hasta")[:1]
    return Case(When(Exists(suyas.sin_terminar(hoy)), then=None), default=Subquery(ultimo))


def sin_cursos(*, persona: Persona, hoy: date) -> tuple[date | None, datetime | None]:
    """Return what is read with the courses of a person, of who has none. One statement.

    The last day of a seat that ended, and when they were last answered about their data.
    """
    suyas = Membresia.objects.filter(persona=OuterRef("pk"))
    respuesta = respuesta_a_la_persona("pk")["pedido_respondido_en"]
    fila = Persona.objects.filter(pk=persona.pk).values_list(_dejo_el(suyas, hoy), respuesta).first()
    return fila or (None, None)


def _en_inicio(
    inscripcion: Inscripcion, temario: Temario, hoy: date, de_antes: Inscripcion | None = None
) -> CursoEnInicio:
    fila = temario.por_id.get(inscripcion.unidad_actual_id or 0)
    if fila is None and inscripcion.estado != Estado.TERMINADA:
        fila = None if inscripcion.unidad_actual_id in temario.en_pausa else temario.primera
    donde, url, que, paso = "", "", "", 0
    if fila is not None:
        donde = nombre_de(fila)
        que = "" if donde == fila.titulo else fila.titulo
        paso = _por_donde_va(inscripcion, fila)
        if clases.clase_de(fila.clase).por_pasos and paso and fila.pasos:
            donde = _("%(donde)s, paso %(n)d de %(total)d") % {"donde": donde, "n": paso, "total": fila.pasos}
        url = url_para_seguir(fila, temario.numero, paso)
    return CursoEnInicio(
        inscripcion,
        temario,
        inscripcion.edicion.inicia > hoy,
        donde,
        url,
        que,
        paso,
        termino=inscripcion.termino(hoy),
        en_pausa=inscripcion.estado != Estado.TERMINADA and inscripcion.unidad_actual_id in temario.en_pausa,
        bienvenida=bienvenida_de(inscripcion, temario, fila),
        de_antes=de_antes,
    )


def _por_donde_va(inscripcion: Inscripcion, fila: FilaDeTemario) -> int:
    """Return the step to go on with in the unit at hand: the first not seen, as the lesson is today. 0: not begun."""
    avance: Avance | None = getattr(inscripcion, "en_la_actual", None)
    if avance is None or not inscripcion.paso_actual:
        return min(inscripcion.paso_actual, 1)
    return min(por_ver(avance, fila.ids), fila.pasos)
