"""How a person is doing, in five words that every page, count and file shares."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from instancias.models import Persona

from .ambito import DIAS_SIN_ACTIVIDAD, Ambito
from .definiciones import empezo, sigue_en_otra, sin_terminar, termino


class Situacion(models.TextChoices):
    """In the order they are told apart: whoever finished needs no help."""

    TERMINO = "termino", _("Terminó")
    AYUDA = "ayuda", _("Necesita ayuda")
    EN_CURSO = "en_curso", _("En curso")
    EN_OTRA = "en_otra", _("Sigue en otra edición")
    NO_EMPEZO = "no_empezo", _("No empezó")


FORMAS = {
    Situacion.TERMINO: "✓",
    Situacion.AYUDA: "!",
    Situacion.EN_CURSO: "◐",
    Situacion.EN_OTRA: "→",
    Situacion.NO_EMPEZO: "○",
}


def sin_actividad(ambito: Ambito, ruta: str = "insc__") -> Q:
    """Condition: has not finished, and nothing was done for 14 days, counted from the enrolment. Of today only."""
    return quieta_desde_antes(ambito, ambito.hace(DIAS_SIN_ACTIVIDAD), ruta)


def quieta_desde_antes(ambito: Ambito, limite: datetime.datetime, ruta: str = "insc__") -> Q:
    """Condition: has not finished, and the last thing that was done, or the enrolment, is of before the instant.

    Whoever goes on in another edition of the course is not quiet in this one.
    """
    nunca = Q(**{f"{ruta}ultima_actividad_en__isnull": True, f"{ruta}creada_en__lt": limite})
    nunca &= ~sigue_en_otra(ambito, ruta)
    return sin_terminar(ambito, ruta) & (Q(**{f"{ruta}ultima_actividad_en__lt": limite}) | nunca)


def en_una_palabra(ambito: Ambito, *, por_ayudar: Iterable[int] | QuerySet, persona: str = "pk") -> Case:
    """The word of a person that carries an enrolment as ``insc``; ``persona`` is the path to its key.

    That somebody needs help is known of today only: of another day nobody is said to.
    """
    ayuda = [When(**{f"{persona}__in": por_ayudar}, then=Value(Situacion.AYUDA))] if ambito.al is None else []
    return Case(
        When(termino(ambito), then=Value(Situacion.TERMINO)),
        *ayuda,
        When(empezo(ambito), then=Value(Situacion.EN_CURSO)),
        When(sigue_en_otra(ambito), then=Value(Situacion.EN_OTRA)),
        default=Value(Situacion.NO_EMPEZO),
        output_field=CharField(),
    )


def con_situacion(
    personas: QuerySet[Persona], ambito: Ambito, *, por_ayudar: Iterable[int] | QuerySet
) -> QuerySet[Persona]:
    """Add ``situacion`` and the last activity to people that carry their enrolment as ``insc``."""
    return personas.annotate(
        situacion=en_una_palabra(ambito, por_ayudar=por_ayudar),
        ultima=Coalesce("insc__ultima_actividad_en", "insc__iniciada_en"),
    )
