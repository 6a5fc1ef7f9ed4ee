"""Why somebody is to be told something, in the order of what is urgent: one rule for every list."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, When

from cursos import clases
from cursos.models import Avance, RequisitoDeVersion
from evaluaciones.models import Intento

from ..models import Recordatorio
from .ambito import DIAS_SIN_ENTRAR, Ambito
from .ayuda import entre
from .situacion import sin_actividad

Motivo = Recordatorio.Motivo
ORDEN = [motivo for motivo in Motivo if motivo != Motivo.PENDIENTE]  # of whom to remind; the vacant seats are the last
DIAS_PARA_APLICAR = 60  # for so long somebody is asked what was applied, once it may be told


def orden(ambito: Ambito, *, por_ayudar: Iterable[int] | str) -> Case:
    """The place of the reason of each person that carries an enrolment as ``insc``; null where there is none."""
    return Case(
        When(por_aplicar(ambito), then=ORDEN.index(Motivo.APLICACION)),
        When(entre("pk", por_ayudar), then=ORDEN.index(Motivo.AYUDA)),
        When(_solo_evaluacion(), then=ORDEN.index(Motivo.SOLO_EVALUACION)),
        When(_nunca_entro(ambito), then=ORDEN.index(Motivo.NO_ENTRO)),
        When(sin_actividad(ambito), then=ORDEN.index(Motivo.DETENIDO)),
        default=None,
        output_field=IntegerField(),
    )


def leer(lugar: int | None, *, termino: bool) -> str:
    """The reason of that place; of whoever goes on without any, that the course is not finished.

    Whoever finished is asked only what was applied.
    """
    if termino:
        return Motivo.APLICACION if lugar == ORDEN.index(Motivo.APLICACION) else ""
    return Motivo.PENDIENTE if lugar is None else ORDEN[lugar]


def _solo_evaluacion() -> Q:
    """Everything the version asks for is done, except exams. Only asked of who has done something."""
    hecha = Avance.objects.terminados().filter(inscripcion=OuterRef(OuterRef("insc__pk")), unidad=OuterRef("unidad_id"))
    falta = (
        RequisitoDeVersion.objects.filter(version=OuterRef("insc__version_id"))
        .exclude(unidad__clase__in=clases.con_nota())
        .exclude(Exists(hecha))
    )
    return Q(insc__hechas__gt=0) & ~Q(Exists(falta))


def _nunca_entro(ambito: Ambito) -> Q:
    limite = ambito.hace(DIAS_SIN_ENTRAR)
    return Q(ultimo_ingreso_en__isnull=True, insc__ultima_actividad_en__isnull=True, insc__creada_en__lt=limite)


def por_aplicar(ambito: Ambito) -> Q:
    """Finished; the survey of some months later opened lately, and was not sent. Nobody, without such a survey."""
    if ambito.aplicacion is None:
        return Q(pk__in=[])
    unidad, dias = ambito.aplicacion
    enviada = Intento.objects.enviados().filter(inscripcion=OuterRef("insc__pk"), unidad=unidad)
    desde, hasta = ambito.hace(dias + DIAS_PARA_APLICAR), ambito.hace(dias)
    return Q(insc__terminada_en__gt=desde, insc__terminada_en__lte=hasta) & ~Exists(enviada)
