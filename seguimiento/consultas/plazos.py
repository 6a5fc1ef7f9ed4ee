"""Until when people may go on with an edition, and who gave them more days."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from cursos.models import Inscripcion, Prorroga
from instancias.models import Persona

from .ambito import Ambito
from .persona import CursoDeLaPersona


def del_territorio(ambito: Ambito) -> QuerySet[Prorroga]:
    """More days given to the table that is looked at, of its edition: those taken back too."""
    dadas = Prorroga.objects.filter(edicion=ambito.edicion_id, territorio=ambito.instancia)
    return dadas.select_related("por", "retirada_por")


def poner_prorrogas(llevados: Sequence[CursoDeLaPersona], persona: Persona) -> None:
    """Put on each course of a person the days that reach them: their own and those of their territory.

    One statement; none where no course has a last day, or all are finished.
    """
    if not any(uno.inscripcion.ultimo_dia and not uno.inscripcion.terminada_en for uno in llevados):
        return
    suyas = Inscripcion.objects.filter(persona=persona, edicion=OuterRef("edicion"), territorio=OuterRef("territorio"))
    dadas = Prorroga.objects.filter(Q(inscripcion__persona=persona) | Exists(suyas))
    leidas = list(dadas.select_related("por", "retirada_por"))
    for uno in llevados:
        suya = uno.inscripcion
        uno.prorrogas = [una for una in leidas if una.inscripcion_id == suya.pk or _es_de_su_lugar(una, suya)]


def _es_de_su_lugar(prorroga: Prorroga, inscripcion: Inscripcion) -> bool:
    return (prorroga.edicion_id, prorroga.territorio_id) == (inscripcion.edicion_id, inscripcion.territorio_id)


def sigue(hasta: datetime.date | None, ambito: Ambito) -> bool:
    """Whether somebody with these days may still go on: by the edition, or by what they were given."""
    return not ambito.termino or (hasta is not None and hasta >= ambito.dia)
