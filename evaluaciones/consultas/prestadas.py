"""Evaluations that ask the questions of another page: whether they can be done now, and which ones lean on a page."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from cursos.models import Unidad

from ..models import Evaluacion, Pregunta


def con_sus_preguntas(paginas: QuerySet[Any]) -> QuerySet[Any]:
    """Bring with each page the one that lends its questions, and whether there are any."""
    suyas = Pregunta.objects.filter(evaluacion=Coalesce(OuterRef("preguntas_de"), OuterRef("pk")))
    return paginas.select_related("preguntas_de").annotate(hay_preguntas=Exists(suyas))


def hay_que_preguntar(pagina: Any) -> bool:
    """Whether there is something to ask: its own questions, or those of a published page of its course."""
    if not pagina.hay_preguntas:
        return False
    otra = pagina.preguntas_de
    return otra is None or (otra.a_la_vista() and otra.pagina_del_curso() == pagina.pagina_del_curso())


def que_las_piden(paginas: Collection[int]) -> QuerySet[Unidad]:
    """Return the units, seen today, of the evaluations that take their questions from these pages and are not these."""
    deudoras = Evaluacion.objects.live().filter(preguntas_de__in=paginas).exclude(pk__in=paginas)
    return Unidad.objects.vigentes().filter(pagina__in=deudoras.values("pk")).order_by("curso", "orden")
