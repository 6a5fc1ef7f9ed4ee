"""«Repaso de hoy»: which ideas come back, and when. Pure: it reads answers in order and places of an outline.

An idea is a step that asked. It waits when it was answered wrong, until it is answered right in a review: right after
reading the answer, getting it right says little. It comes back two lessons after it was last met, two ideas at a
time, the one that waits longest first; and before the evaluation of its module, whatever the distance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

DISTANCIA = 2  # lessons
POR_LECCION = 2
POR_EVALUACION = 5


class Idea(NamedTuple):
    """A step of a lesson: the id of its unit, and what the step is known by."""

    unidad: int
    paso: str


@dataclass(frozen=True)
class Vez:
    """One answer. ``repaso_en`` is the unit before which it was asked again; none when it was in its own lesson."""

    idea: Idea
    acierto: bool | None
    repaso_en: int | None = None


def esperan(veces: Iterable[Vez], lugares: Mapping[int, int]) -> dict[Idea, int]:
    """Return the ideas that wait, each with the place of the lesson where it was last met.

    ``veces`` come in the order they were given; ``lugares`` is, for each unit of the outline, how many lessons there
    are until it. What is no longer in the outline waits for nobody.
    """
    vistas: dict[Idea, int] = {}
    falladas: set[Idea] = set()
    for vez in veces:
        if vez.idea.unidad not in lugares:
            continue
        vistas[vez.idea] = lugares.get(vez.repaso_en or 0, lugares[vez.idea.unidad])
        if vez.acierto is False:
            falladas.add(vez.idea)
        elif vez.acierto and vez.repaso_en is not None:
            falladas.discard(vez.idea)
    return {idea: lugar for idea, lugar in vistas.items() if idea in falladas}


def tocan(veces: Iterable[Vez], *, en: int, lugares: Mapping[int, int]) -> list[Idea]:
    """Return the ideas to ask before the lesson ``en`` begins: what is left of its two."""
    veces = list(veces)
    if en not in lugares:
        return []
    quedan = POR_LECCION - len(_ya_repasadas(veces, en))
    debidas = {idea: lugar for idea, lugar in esperan(veces, lugares).items() if lugar + DISTANCIA <= lugares[en]}
    return _en_orden(debidas, lugares)[: max(quedan, 0)]


def antes_de_evaluar(
    veces: Iterable[Vez], *, en: int, lecciones: Collection[int], lugares: Mapping[int, int]
) -> list[Idea]:
    """Return the ideas of these lessons to offer before the evaluation ``en``, once each."""
    veces = list(veces)
    ya = _ya_repasadas(veces, en)
    suyas = {
        idea: lugar for idea, lugar in esperan(veces, lugares).items() if idea.unidad in lecciones and idea not in ya
    }
    return _en_orden(suyas, lugares)[: max(POR_EVALUACION - len(ya), 0)]


def _ya_repasadas(veces: Iterable[Vez], en: int) -> set[Idea]:
    return {vez.idea for vez in veces if vez.repaso_en == en}


def _en_orden(ideas: Mapping[Idea, int], lugares: Mapping[int, int]) -> list[Idea]:
    return sorted(ideas, key=lambda idea: (ideas[idea], lugares[idea.unidad], idea))
