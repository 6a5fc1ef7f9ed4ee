"""How a person is doing, in four words that every page, count and file shares."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cursos.models import Inscripcion
from instancias.models import Persona

from .ambito import DIAS_SIN_ACTIVIDAD, Ambito


class Situacion(models.TextChoices):
    """In the order they are told apart: whoever finished needs no help."""

    TERMINO = "termino", _("Terminó")
    AYUDA = "ayuda", _("Necesita ayuda")
    EN_CURSO = "en_curso", _("En curso")
    NO_EMPEZO = "no_empezo", _("No empezó")


FORMAS = {Situacion.TERMINO: "✓", Situacion.AYUDA: "!", Situacion.EN_CURSO: "◐", Situacion.NO_EMPEZO: "○"}

TERMINO = Q(insc__estado=Inscripcion.Estado.TERMINADA)
SIN_TERMINAR = Q(insc__pk__isnull=True) | Q(
    insc__estado__in=[Inscripcion.Estado.POR_EMPEZAR, Inscripcion.Estado.EN_CURSO]
)
SIN_EMPEZAR = Q(insc__pk__isnull=True) | Q(insc__estado=Inscripcion.Estado.POR_EMPEZAR, insc__hechas=0)
EMPEZO = Q(insc__hechas__gt=0) | Q(insc__estado=Inscripcion.Estado.EN_CURSO)


def sin_actividad(ambito: Ambito) -> Q:
    """Condition: has not finished, and nothing was done for 14 days, counted from the enrolment."""
    limite = ambito.hace(DIAS_SIN_ACTIVIDAD)
    nunca = Q(insc__ultima_actividad_en__isnull=True, insc__creada_en__lt=limite)
    return SIN_TERMINAR & (Q(insc__ultima_actividad_en__lt=limite) | nunca)


def con_situacion(personas: QuerySet[Persona], *, por_ayudar: Iterable[int] | QuerySet) -> QuerySet[Persona]:
    """Add ``situacion`` and the last activity to people that carry their enrolment as ``insc``."""
    return personas.annotate(
        situacion=Case(
            When(TERMINO, then=Value(Situacion.TERMINO)),
            When(pk__in=por_ayudar, then=Value(Situacion.AYUDA)),
            When(EMPEZO, then=Value(Situacion.EN_CURSO)),
            default=Value(Situacion.NO_EMPEZO),
            output_field=CharField(),
        ),
        ultima=Coalesce("insc__ultima_actividad_en", "insc__iniciada_en"),
    )
