"""The form: which questions are drawn and in what order, as plain functions. The same seed always draws the same."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from .libro import Formulario, PreguntaMostrada
from .variantes import FINAL

# Questions kept for whoever is given one more try: no first try shows them.
RESERVA = "C"


def _azar(semilla: str) -> random.Random:
    return random.Random(semilla)  # noqa: S311  (a draw of questions, not a secret)


def sortear(preguntas: Sequence[PreguntaMostrada], cuantas: int | None, semilla: str) -> list[PreguntaMostrada]:
    """Draw ``cuantas`` questions, spread over objectives and, inside each, over difficulties; keep their order.

    The same seed always draws the same. Nothing to draw from gives nothing; too few gives all of them.
    """
    if cuantas is None or cuantas >= len(preguntas):
        return list(preguntas)
    azar = _azar(semilla)
    objetivos = _por(range(len(preguntas)), lambda n: preguntas[n].objetivo)
    turnos = [_por_turnos(azar, _por(grupo, lambda n: preguntas[n].dificultad)) for grupo in objetivos]
    elegidas = _intercalar(azar, turnos)[:cuantas]
    return [preguntas[n] for n in sorted(elegidas)]


def _por(indices: Iterable[int], clave: Any) -> list[list[int]]:
    grupos: dict[Any, list[int]] = defaultdict(list)
    for indice in indices:
        grupos[clave(indice)].append(indice)
    return list(grupos.values())


def _por_turnos(azar: random.Random, grupos: list[list[int]]) -> list[int]:
    for grupo in grupos:
        azar.shuffle(grupo)
    return _intercalar(azar, grupos)


def _intercalar(azar: random.Random, grupos: list[list[int]]) -> list[int]:
    """Take one of each group in turn; which group starts is drawn in every round."""
    colas = [list(grupo) for grupo in grupos]
    salida: list[int] = []
    while colas:
        azar.shuffle(colas)
        salida += [cola.pop(0) for cola in colas]
        colas = [cola for cola in colas if cola]
    return salida


def formas_de(preguntas: Sequence[PreguntaMostrada]) -> list[str]:
    """The forms that these questions are split in: none, or «A» and «B»."""
    return sorted({pregunta.forma for pregunta in preguntas} - {"", RESERVA})


def de_la_forma(preguntas: Sequence[PreguntaMostrada], forma: str) -> list[PreguntaMostrada]:
    """The questions of a form: its own and those of both. Those in reserve are of none."""
    de_todas = [pregunta for pregunta in preguntas if pregunta.forma != RESERVA]
    return [pregunta for pregunta in de_todas if not forma or pregunta.forma in ("", forma)]


def forma_que_toca(preguntas: Sequence[PreguntaMostrada], clase: str, *, turno: int, intento: int) -> str:
    """Twin forms, counterbalanced: half of the people begin with A and end with B, the other half the other way.

    ``turno`` tells people apart and is the same at the entry and at the end. Each new try shows the other form, so
    that nobody is asked at once what was just answered. Without forms it is empty.
    """
    formas = formas_de(preguntas)
    if not formas:
        return ""
    return formas[(turno + (clase == FINAL) + intento - 1) % len(formas)]


def elegir_sin_repetir(
    preguntas: Sequence[PreguntaMostrada],
    *,
    cuantas: int,
    vistas: Collection[str],
    prohibidas: Collection[str],
    forma: str,
    semilla: str,
) -> list[PreguntaMostrada] | None:
    """Draw ``cuantas`` for who was already asked some: first those not asked, then the rest, never the forbidden.

    Those in reserve are for this.

    With twin forms it keeps to one: that with most to give, or ``forma`` when they give the same. None when no form
    has enough.
    """
    usables = [pregunta for pregunta in preguntas if pregunta.clave not in prohibidas]
    reserva = {pregunta.clave for pregunta in usables if pregunta.forma == RESERVA}
    formas = formas_de(preguntas) or [""]

    def con_reserva(cual: str) -> list[PreguntaMostrada]:
        propias = {una.clave for una in de_la_forma(usables, cual)} | reserva
        return [una for una in usables if una.clave in propias]

    def da(cual: str) -> tuple[int, int, bool]:
        suyas = con_reserva(cual)
        return min(len(suyas), cuantas), sum(una.clave not in vistas for una in suyas), cual == forma

    suyas = con_reserva(max(formas, key=da))
    if not suyas or len(suyas) < cuantas:
        return None
    nuevas = sortear([una for una in suyas if una.clave not in vistas], cuantas, semilla)
    repetidas = sortear([una for una in suyas if una.clave in vistas], cuantas - len(nuevas), semilla)
    elegidas = {una.clave for una in (*nuevas, *repetidas)}
    return [una for una in suyas if una.clave in elegidas]


def armar_formulario(
    preguntas: Sequence[PreguntaMostrada], *, cuantas: int | None, baraja: bool, semilla: str
) -> Formulario:
    """Draw and shuffle: the form exactly as this attempt will show it."""
    return en_su_orden(sortear(preguntas, cuantas, semilla), baraja=baraja, semilla=semilla)


def en_su_orden(preguntas: Sequence[PreguntaMostrada], *, baraja: bool, semilla: str) -> Formulario:
    """Return the questions drawn as they will be shown. Each kind says what shuffling is in it."""
    return Formulario(tuple(una.barajada(f"{semilla}:{una.clave}", baraja=baraja) for una in preguntas))
