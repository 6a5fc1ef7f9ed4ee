"""Until when people may go on with an edition, and who gave them more days."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from cursos.models import Inscripcion, Prorroga
from instancias.models import Persona

from .ambito import Ambito
from .lugares import nombres
from .persona import CursoDeLaPersona


def del_territorio(ambito: Ambito) -> list[Prorroga]:
    """More days that reach the table that is looked at, of its edition: those taken back too.

    ``se_quita``: given to this very place, so they are taken back from its page.
    """
    dadas = Prorroga.objects.que_alcanzan([ambito.instancia or ""]).filter(edicion=ambito.edicion_id)
    leidas = list(dadas.select_related("por", "retirada_por"))
    for una in leidas:
        una.se_quita = una.territorio_id == ambito.instancia
    return leidas


def poner_prorrogas(llevados: Sequence[CursoDeLaPersona], persona: Persona) -> None:
    """Put on each course of a person the days that reach them: their own and those of their territory.

    One statement; none where no course has a last day, or all are finished.
    """
    if not any(uno.inscripcion.ultimo_dia and not uno.inscripcion.terminada_en for uno in llevados):
        return
    de_su_lugar = Prorroga.objects.que_alcanzan(str(uno.inscripcion.territorio_id) for uno in llevados)
    leidas = list(
        (Prorroga.objects.filter(inscripcion__persona=persona) | de_su_lugar).select_related("por", "retirada_por")
    )
    for una in leidas:
        una.se_quita = una.inscripcion_id is not None
    for uno in llevados:
        suya = uno.inscripcion
        uno.prorrogas = [una for una in leidas if una.inscripcion_id == suya.pk or _es_de_su_lugar(una, suya)]


def _es_de_su_lugar(prorroga: Prorroga, inscripcion: Inscripcion) -> bool:
    suyo, dado = str(inscripcion.territorio_id), str(prorroga.territorio_id or "-")
    alcanza = suyo.startswith(dado) if prorroga.con_distritos else suyo == dado
    return prorroga.edicion_id == inscripcion.edicion_id and alcanza


def sigue(hasta: datetime.date | None, ambito: Ambito) -> bool:
    """Whether somebody with these days may still go on: the course is there, and by the edition or by what they were
    given."""
    if ambito.retirado:
        return False
    return not ambito.termino or (hasta is not None and hasta >= ambito.dia)


@dataclass(frozen=True)
class Alcanzadas:
    """Whom more days would reach: people of the table itself and of its districts, and how many districts."""

    en_la_instancia: int
    en_todo: int
    distritos: int


def alcanzadas(ambito: Ambito) -> Alcanzadas | None:
    """Of a provincial table with districts, how many have not finished; None of a district. One statement."""
    provincia = str(ambito.instancia)
    distritos = sum(uno.startswith(provincia) and len(uno) > len(provincia) for uno in nombres())
    if not distritos:
        return None
    sin_terminar = Inscripcion.objects.activas().filter(edicion=ambito.edicion_id, terminada_en=None).bajo([provincia])
    cuentas = sin_terminar.aggregate(en_todo=Count("pk"), en_la_instancia=Count("pk", filter=Q(territorio=provincia)))
    return Alcanzadas(**cuentas, distritos=distritos)
