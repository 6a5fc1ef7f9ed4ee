"""How often each question was answered and missed, and what was chosen: kept by instancia while nothing of it changes.

Its sums are those of the people of the scope, each once, as facts say them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from evaluaciones.clases import Json
from evaluaciones.models import Respuesta
from evaluaciones.querysets import MAL
from marco.de_estos import DeEstos

from . import contadas, partes
from .ambito import Ambito
from .ayuda import QUE_ENSENAN
from .contadores import sin_los_de_dentro
from .definiciones import inscripcion_cuenta
from .instantanea import instantanea

INSCRIPCION = "intento__inscripcion__"
LUGAR = f"{INSCRIPCION}persona__membresias__asiento__instancia__territorio_id"


@dataclass
class Dichas:
    """Of a question: its answers, those that missed it, and each wrong one as it is written."""

    respuestas: int = 0
    fallos: int = 0
    elegidas: Counter[str] = field(default_factory=Counter)

    def poner(self, valor: Json, respuestas: int, fallos: int) -> None:
        self.respuestas += respuestas
        self.fallos += fallos
        if fallos:
            self.elegidas[json.dumps(valor, sort_keys=True)] += fallos

    def sumar(self, otras: Dichas) -> None:
        self.respuestas += otras.respuestas
        self.fallos += otras.fallos
        self.elegidas.update(otras.elegidas)

    def mas_elegidas(self) -> list[tuple[Json, int]]:
        return [(json.loads(valor), veces) for valor, veces in self.elegidas.most_common() if veces > 0]


PorPregunta = dict[int, Dichas]  # by version of a question


def que_ensenan() -> QuerySet[Respuesta]:
    """Answers that count: definite and marked, of what teaches."""
    return Respuesta.objects.filter(definitiva=True, nota="calificada", intento__unidad__variante__in=QUE_ENSENAN)


def por_pregunta(ambito: Ambito, de_mas: Mapping[int, int] | None = None) -> PorPregunta | None:
    """Of the people of a scope; None where nothing is kept, or it is of too many instancias.

    ``de_mas``: how many times too many each enrolment is told, where that is known already (``partes``).
    """
    if ambito.edicion is None or ambito.instancia or ambito.al is not None:
        return None
    with instantanea():
        suyas = contadas.del_ambito(ambito)
        if suyas is None or suyas.son_muchas:
            return None
        todas: PorPregunta = {}
        for una in suyas.juntas("respuestas", lambda cuales: _de_cada_una(ambito, cuales)).values():
            for version, dichas in una.items():
                todas.setdefault(version, Dichas()).sumar(dichas)
        _quitar_repetidas(todas, partes.repetidas(ambito) if de_mas is None else de_mas)
    return todas


def _de_cada_una(ambito: Ambito, ubigeos: Sequence[str]) -> dict[str, PorPregunta]:
    """From facts. One statement, however many places."""
    aqui = replace(ambito, prefijos=tuple(sin_los_de_dentro(ubigeos)))
    de_ellas = que_ensenan().filter(
        inscripcion_cuenta(aqui, INSCRIPCION), partes.sentada(aqui, f"{INSCRIPCION}persona__")
    )
    contadas_ya: dict[str, PorPregunta] = {ubigeo: {} for ubigeo in ubigeos}
    for ubigeo, version, valor, cuantas, fallos in _agrupadas(de_ellas, LUGAR):
        if ubigeo in contadas_ya:
            contadas_ya[ubigeo].setdefault(version, Dichas()).poner(valor, cuantas, fallos)
    return contadas_ya


def _agrupadas(de_ellas: QuerySet[Respuesta], por: str) -> QuerySet[Any, Any]:
    """By a path, question and what was answered: how many, and how many of them missed."""
    return (
        de_ellas.order_by()
        .values_list(F(por), "version_id", "valor")
        .annotate(cuantas=Count("pk", distinct=True), fallos=Count("pk", distinct=True, filter=MAL))
    )


def _quitar_repetidas(todas: PorPregunta, de_mas: Mapping[int, int]) -> None:
    """Take away what who sits at several instancias was added up again. One statement."""
    if not de_mas:
        return
    inscripcion = f"{INSCRIPCION}pk"
    for pk, version, valor, cuantas, fallos in _agrupadas(
        que_ensenan().filter(Q(DeEstos("intento__inscripcion_id", de_mas))), inscripcion
    ):
        todas.setdefault(version, Dichas()).poner(valor, -de_mas[pk] * cuantas, -de_mas[pk] * fallos)
