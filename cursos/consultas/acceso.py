"""Who may open what. A course that is not there and a course of others get the same answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from instancias.models import Persona
from marco.preparadas import preparada

from .. import clases
from ..errores import CursoError
from ..models import Avance, Inscripcion, Unidad
from ..pasos import ids_de, por_ver, sin_ver
from ..querysets import ya_termino

EN_PAUSA = gettext_lazy(
    "El equipo del curso la está cambiando. Usted no tiene que hacer nada: lo que avanzó está guardado, y aquí la verá "
    "cuando vuelva."
)


@dataclass(frozen=True)
class Acceso:
    """An enrolment and, of it, one unit with what the person has done there. Read in one statement."""

    inscripcion: Inscripcion
    unidad: Unidad
    avance: Avance | None

    @property
    def por_ver(self) -> int:
        """Number of the first step not seen; of the last, when all were."""
        return por_ver(self.avance, ids_de(self.unidad))

    @property
    def sin_ver(self) -> list[int]:
        """Numbers of the steps not seen."""
        return sin_ver(self.avance, ids_de(self.unidad))

    @property
    def terminada(self) -> bool:
        return self.avance is not None and self.avance.estado == Avance.Estado.TERMINADA


# What a room above needs in the same statement, as annotations of the enrolment; they may name ``la_unidad`` where
# there is one. The same ones each time: the statement is written once.
Ademas = Callable[[], Mapping[str, Any]]
AdemasAhora = Callable[[datetime], Mapping[str, Any]]


def acceder_al_curso(
    *, persona: Persona, curso: int, hoy: date, ademas: AdemasAhora | None = None, ahora: datetime | None = None
) -> Inscripcion:
    """Return the enrolment by which a person reaches a course. ``ademas`` gives annotations that a room above needs.

    Raises ``no_encontrado``, ``aun_no_empieza`` or ``curso_retirado``.
    """
    suya = inscripcion_al_curso.primera(persona=persona.pk, curso=curso, hoy=hoy, ademas=ademas, ahora=ahora)
    return _comprobar(suya, hoy)


def acceder_a_la_unidad(
    *, persona: Persona, curso: int, unidad: int, hoy: date, ademas: Ademas | None = None
) -> Acceso:
    """Return the enrolment, the unit and the person's progress in it, with what ``ademas`` adds.

    Raises what ``acceder_al_curso`` raises, and ``unidad_retirada``, ``unidad_en_pausa`` or ``unidad_sin_clase`` (its
    kind is no longer registered), whose ``inscripcion`` leads back to the course.
    """
    suya = inscripcion_a_la_unidad.primera(persona=persona.pk, curso=curso, unidad=unidad, hoy=hoy, ademas=ademas)
    inscripcion = _comprobar(suya, hoy)
    encontrada = getattr(inscripcion, "la_unidad", None)
    if encontrada is None:
        raise no_encontrado()
    encontrada.curso = inscripcion.curso
    if encontrada.retirada_en is not None and encontrada.en_pausa:
        raise SinPagina("unidad_en_pausa", EN_PAUSA, inscripcion)
    if not encontrada.a_la_vista:
        raise SinPagina("unidad_retirada", _("Esta lección cambió o ya no está en el curso."), inscripcion)
    if not clases.esta_registrada(encontrada.clase):
        mensaje = _("«%(titulo)s» no se puede abrir por ahora. Lo que usted avanzó está guardado.")
        raise SinPagina("unidad_sin_clase", mensaje % {"titulo": encontrada.titulo}, inscripcion)
    return Acceso(inscripcion, encontrada, getattr(inscripcion, "su_avance", None))


class SinPagina(CursoError):
    """There is nothing to show at this address now; ``inscripcion`` says where to go back to."""

    def __init__(self, codigo: str, mensaje: str | Promise, inscripcion: Inscripcion) -> None:
        super().__init__(codigo, str(mensaje))
        self.inscripcion = inscripcion


def no_encontrado() -> CursoError:
    return CursoError("no_encontrado", _("No encontramos esta página."))


@preparada
def inscripcion_al_curso(
    *, persona: int, curso: int, hoy: date, ademas: AdemasAhora | None, ahora: datetime | None
) -> QuerySet[Inscripcion]:
    """The enrolment of a person in a course, with the ``otra`` that has something to tell."""
    suyas = _inscripciones(persona, curso, hoy).annotate(otra=Subquery(_otras(hoy)[:1]))
    return suyas.annotate(**(ademas(ahora) if ademas and ahora else {}))[:1]


def dice_algo(otra: Inscripcion, hoy: date) -> bool:
    """Whether an edition that is not the one at hand was finished, or closed half way. ``_otras`` says the same."""
    return otra.terminada_en is not None or (otra.iniciada_en is not None and otra.termino(hoy))


def _otras(hoy: date) -> QuerySet[Any]:
    """The other enrolments of the same person in the same course that tell something: the finished ones first."""
    suyas = Inscripcion.objects.activas().filter(persona=OuterRef("persona"), curso=OuterRef("curso"))
    dicen = Q(terminada_en__isnull=False) | (Q(iniciada_en__isnull=False) & ya_termino(hoy))
    return suyas.filter(dicen).exclude(pk=OuterRef("pk")).por_vigencia(hoy).values("pk")


def la_otra(inscripcion: Inscripcion) -> Inscripcion | None:
    """Return the other edition that ``acceder_al_curso`` found, while this one is not finished. A statement if any."""
    otra = None if inscripcion.terminada_en else getattr(inscripcion, "otra", None)
    return Inscripcion.objects.select_related("curso", "edicion").filter(pk=otra).first() if otra else None


@preparada
def inscripcion_a_la_unidad(
    *, persona: int, curso: int, unidad: int, hoy: date, ademas: Ademas | None
) -> QuerySet[Inscripcion]:
    """The same, with one unit of the course and what the person has done there."""
    filas: QuerySet[Any] = _inscripciones(persona, curso, hoy).annotate(
        la_unidad=FilteredRelation("curso__unidades", condition=Q(curso__unidades__numero=unidad)),
        su_avance=FilteredRelation("avances", condition=Q(avances__unidad=F("la_unidad__pk"))),
    )
    con_lo_demas = filas.annotate(**(ademas() if ademas else {}))
    return con_lo_demas.select_related("curso", "edicion", "la_unidad", "su_avance")[:1]


def _inscripciones(persona: int, curso: int, hoy: date) -> QuerySet[Inscripcion]:
    """With several editions of a course, the one under way; then the latest."""
    return (
        Inscripcion.objects.activas()
        .filter(persona=persona, curso__numero=curso, curso__curso__isnull=True)
        .select_related("curso", "edicion")
        .por_vigencia(hoy)
    )


def _comprobar(inscripcion: Inscripcion | None, hoy: date) -> Inscripcion:
    if inscripcion is None:
        raise no_encontrado()
    if inscripcion.edicion.inicia > hoy:
        dia = date_format(inscripcion.edicion.inicia)
        mensaje = _("Este curso empieza el %(dia)s. Le esperamos.") % {"dia": dia}
        raise SinPagina("aun_no_empieza", mensaje, inscripcion)
    if not inscripcion.curso.a_la_vista:
        raise SinPagina("curso_retirado", por_que_no_esta(inscripcion), inscripcion)
    return inscripcion


def no_se_da_nada(curso: Unidad) -> str:
    """Say to the staff why nothing is given to go on with a course that nobody can open."""
    if curso.retirada_en is None:
        return _("El curso está retirado y nadie puede seguirlo. Si vuelve, podrá hacerlo entonces.")
    dicho = {"dia": date_format(timezone.localdate(curso.retirada_en))}
    que = _("El curso está retirado desde el %(dia)s y nadie puede seguirlo. Si vuelve, podrá hacerlo entonces.")
    return que % dicho


def por_que_no_esta(inscripcion: Inscripcion) -> str:
    """Say of a course that was taken away since when, what is kept of this person, and what they may do."""
    curso = inscripcion.curso
    dicho = {"dia": date_format(timezone.localdate(curso.retirada_en))} if curso.retirada_en else {}
    que = _("El equipo lo retiró el %(dia)s.") % dicho if dicho else _("El equipo lo retiró.")
    if inscripcion.estado == Inscripcion.Estado.TERMINADA:
        return f"{que} {_('Usted ya lo terminó, y eso se conserva.')}"
    if curso.pagina_id is None:
        despues = _("Lo que usted avanzó está guardado. Pregunte a su facilitadora con qué curso sigue.")
    else:
        despues = _(
            "Lo que usted avanzó está guardado y no tiene que hacer nada. Si el curso vuelve, lo verá en Inicio y "
            "seguirá donde se quedó."
        )
    return f"{que} {despues}"
