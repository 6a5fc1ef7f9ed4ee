"""What nobody sent in time is closed before it is shown, so that a person is read as they are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Q

from evaluaciones.services.cierre import cerrar_vencidos
from instancias.models import Persona

from ..consultas.persona import CursoDeLaPersona, cursos


def cursos_al_dia(
    persona: Persona, prefijos: Iterable[str] | None = None, *, ahora: datetime.datetime
) -> list[CursoDeLaPersona]:
    """Return the courses of a person, once what was overdue in them is closed. Three statements, usually."""
    llevados, hay_vencidos = cursos(persona, prefijos, ahora=ahora)
    if hay_vencidos:
        cerrar_vencidos(ahora=ahora, de=Q(inscripcion__persona=persona))
        llevados, _quedan = cursos(persona, prefijos, ahora=ahora)
    return llevados
