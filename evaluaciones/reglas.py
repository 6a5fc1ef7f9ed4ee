"""The rules of an evaluation as plain functions: no database, no clock, no Django.

A question is the frozen dictionary of a form: ``tipo``, ``texto``, ``cita``, ``ley``, ``leccion``, ``objetivo``,
``dificultad`` and ``alternativas`` (``clave``, ``texto``, ``correcta``, ``explicacion``). What a person may see of it
comes out of here by a list of what is allowed, never by removing what is not.
"""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Pregunta = Mapping[str, Any]
Formulario = Sequence[Pregunta]

UNA, VARIAS, VERDADERO_FALSO = "una", "varias", "verdadero_falso"
ENTRADA, PRACTICA, MODULO, FINAL, ENCUESTA = "entrada", "practica", "modulo", "final", "encuesta"
CON_NOTA = frozenset({MODULO, FINAL})
ESPERAN = frozenset({MODULO, FINAL})
DEL_CURSO = frozenset({FINAL, ENCUESTA})

# For slow networks: what arrives up to five minutes after the deadline still counts. The server's clock decides.
GRACIA = datetime.timedelta(minutes=5)


class EleccionInvalida(ValueError):
    """The options do not answer the question that was asked. ``codigo`` says why."""

    def __init__(self, codigo: str) -> None:
        super().__init__(codigo)
        self.codigo = codigo


# --- The form -------------------------------------------------------------------------------------------------------


def _azar(semilla: str) -> random.Random:
    return random.Random(semilla)  # noqa: S311  (a draw of questions, not a secret)


def sortear(preguntas: Sequence[Pregunta], cuantas: int | None, semilla: str) -> list[Pregunta]:
    """Draw ``cuantas`` questions, spread over objectives and, inside each, over difficulties; keep their order.

    The same seed always draws the same. Nothing to draw from gives nothing; too few gives all of them.
    """
    if cuantas is None or cuantas >= len(preguntas):
        return list(preguntas)
    azar = _azar(semilla)
    objetivos = _por(range(len(preguntas)), lambda n: preguntas[n].get("objetivo"))
    turnos = [_por_turnos(azar, _por(grupo, lambda n: preguntas[n].get("dificultad"))) for grupo in objetivos]
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


def formas_de(preguntas: Sequence[Pregunta]) -> list[str]:
    """The forms that these questions are split in: none, or «A» and «B»."""
    return sorted({pregunta["forma"] for pregunta in preguntas if pregunta.get("forma")})


def de_la_forma(preguntas: Sequence[Pregunta], forma: str) -> list[Pregunta]:
    """The questions of a form: its own and those of both."""
    return [pregunta for pregunta in preguntas if not forma or pregunta.get("forma", "") in ("", forma)]


def forma_que_toca(preguntas: Sequence[Pregunta], clase: str, *, turno: int, intento: int) -> str:
    """Twin forms, counterbalanced: half of the people begin with A and end with B, the other half the other way.

    ``turno`` tells people apart and is the same at the entry and at the end. Each new try shows the other form, so
    that nobody is asked at once what was just answered. Without forms it is empty.
    """
    formas = formas_de(preguntas)
    if not formas:
        return ""
    return formas[(turno + (clase == FINAL) + intento - 1) % len(formas)]


def barajar(pregunta: Pregunta, semilla: str) -> dict[str, Any]:
    """Return the question with its options shuffled. «Verdadero» and «Falso» keep their places."""
    alternativas = list(pregunta["alternativas"])
    if pregunta["tipo"] != VERDADERO_FALSO:
        _azar(semilla).shuffle(alternativas)
    return {**pregunta, "alternativas": alternativas}


def armar_formulario(
    preguntas: Sequence[Pregunta], *, cuantas: int | None, baraja: bool, semilla: str
) -> list[dict[str, Any]]:
    """Draw and shuffle: the form exactly as this attempt will show it."""
    elegidas = sortear(preguntas, cuantas, semilla)
    if not baraja:
        return [dict(pregunta) for pregunta in elegidas]
    return [barajar(pregunta, f"{semilla}:{pregunta['clave']}") for pregunta in elegidas]


# --- Answers and marks ----------------------------------------------------------------------------------------------


def leer_eleccion(pregunta: Pregunta, elegidas: Iterable[str]) -> list[str]:
    """Return the options chosen, once each and in the order shown; raise EleccionInvalida when they do not fit."""
    pedidas = set(elegidas)
    propias = [alternativa["clave"] for alternativa in pregunta["alternativas"]]
    if not pedidas <= set(propias):
        raise EleccionInvalida("alternativa_ajena")
    if pregunta["tipo"] != VARIAS and len(pedidas) > 1:
        raise EleccionInvalida("una_sola_alternativa")
    return [clave for clave in propias if clave in pedidas]


def claves_correctas(pregunta: Pregunta) -> set[str]:
    return {alternativa["clave"] for alternativa in pregunta["alternativas"] if alternativa["correcta"]}


def acierta(pregunta: Pregunta, elegidas: Iterable[str]) -> bool:
    """Exactly the right options and no other. A question without a right option is never got right."""
    correctas = claves_correctas(pregunta)
    return bool(correctas) and set(elegidas) == correctas


@dataclass(frozen=True)
class Calificacion:
    """What an attempt is worth: one point for each question."""

    aciertos: tuple[bool, ...]
    puntos: int
    posibles: int
    aprobado: bool


def calificar(formulario: Formulario, elegidas: Mapping[int, Sequence[str]], reglas: Mapping[str, Any]) -> Calificacion:
    """Grade the answers (by position, from 1) against the form that was shown and the rules of that day."""
    aciertos = tuple(acierta(pregunta, elegidas.get(n, ())) for n, pregunta in enumerate(formulario, 1))
    puntos, posibles = sum(aciertos), len(formulario)
    aprobado = aprueba(puntos, posibles, reglas["nota_minima"]) if reglas["clase"] in CON_NOTA else posibles > 0
    return Calificacion(aciertos, puntos, posibles, aprobado)


def necesarios(posibles: int, nota_minima: int) -> int:
    """Points it takes to pass, whole, as the person reads them: 70 % of 20 is 14, of 8 is 6."""
    return -(-posibles * nota_minima // 100)


def aprueba(puntos: int, posibles: int, nota_minima: int) -> bool:
    """Whether the points reach the mark. An evaluation without questions is never passed."""
    return posibles > 0 and puntos >= necesarios(posibles, nota_minima)


def sobre_veinte(nota_minima: int) -> int | None:
    """The mark on the scale of 20, when it is a whole number on it."""
    return nota_minima // 5 if nota_minima % 5 == 0 else None


# --- Tries and time -------------------------------------------------------------------------------------------------


def intentos_permitidos(clase: str, intentos: int) -> int | None:
    """How many times it may be sent: practice without limit, what is only answered once, the rest as the page says."""
    if clase == PRACTICA:
        return None
    return intentos if clase in CON_NOTA else 1


def espera_al_curso(clase: str, modulo: str) -> bool:
    """Whether it opens with every lesson of the course done: a final anywhere, a survey that is of no module."""
    return clase == FINAL or (clase == ENCUESTA and not modulo)


def fuera_de_plazo(vence_en: datetime.datetime | None, ahora: datetime.datetime) -> bool:
    """Whether what arrives now is too late, the grace already counted."""
    return vence_en is not None and ahora > vence_en + GRACIA


# --- What may be shown ----------------------------------------------------------------------------------------------


def se_publica(clase: str, *, aprobada: bool, agotada: bool) -> bool:
    """Whether keys and explanations may leave the server: once passed, or after the last try.

    Practice explains each question when it is answered. What measures the start, or asks for an opinion, never does.
    """
    if clase == PRACTICA:
        return True
    return clase in CON_NOTA and (aprobada or agotada)


def por_preguntar(pregunta: Pregunta, numero: int, elegidas: Sequence[str] = ()) -> dict[str, Any]:
    """What may be seen of a question before the release rule: its words and those of its options."""
    return {
        "numero": numero,
        "tipo": pregunta["tipo"],
        "texto": pregunta["texto"],
        "alternativas": [
            {
                "clave": alternativa["clave"],
                "texto": alternativa["texto"],
                "elegida": alternativa["clave"] in elegidas,
            }
            for alternativa in pregunta["alternativas"]
        ],
    }


def explicar(pregunta: Pregunta, numero: int, elegidas: Sequence[str], *, con_correctas: bool = True) -> dict[str, Any]:
    """What is told of an answered question: why each option chosen is or is not right, and what the law says.

    ``con_correctas`` also names the right options; practice keeps them back while the person may try again.
    """
    acierto = acierta(pregunta, elegidas)
    de_quien_eligio = [a for a in pregunta["alternativas"] if a["clave"] in elegidas]
    correctas = [a for a in pregunta["alternativas"] if a["correcta"] and a["clave"] not in elegidas]
    return {
        "numero": numero,
        "texto": pregunta["texto"],
        "acierto": acierto,
        "elegidas": [{"texto": a["texto"], "explicacion": a["explicacion"]} for a in de_quien_eligio],
        "correctas": [{"texto": a["texto"], "explicacion": a["explicacion"]} for a in correctas]
        if con_correctas
        else [],
        "cita": pregunta.get("cita", ""),
        "ley": pregunta.get("ley", ""),
        "leccion": pregunta.get("leccion"),
    }


def ejemplo(pregunta: Pregunta, *, acierta: bool) -> list[str]:
    """An answer to show a trainer: the right one, or the first wrong option."""
    correctas = claves_correctas(pregunta)
    claves = [alternativa["clave"] for alternativa in pregunta["alternativas"]]
    if acierta:
        return [clave for clave in claves if clave in correctas]
    return [clave for clave in claves if clave not in correctas][:1]


def lecciones_por_repasar(formulario: Formulario, aciertos: Sequence[bool]) -> list[Mapping[str, Any]]:
    """The lessons of the questions that were missed, once each, in the order of the course."""
    lecciones = {
        pregunta["leccion"]["numero"]: pregunta["leccion"]
        for pregunta, acierto in zip(formulario, aciertos, strict=True)
        if not acierto and pregunta.get("leccion")
    }
    return sorted(lecciones.values(), key=lambda leccion: (leccion.get("orden", 0), leccion["numero"]))


# --- What a question needs before it is published -------------------------------------------------------------------


def problemas(pregunta: Pregunta, clase: str) -> list[str]:
    """Codes of what keeps a question from being published. A survey has neither right options nor explanations."""
    alternativas = pregunta["alternativas"]
    con_texto = sum(bool(a["texto"].strip()) for a in alternativas)
    faltas = []
    if not pregunta["texto"].strip():
        faltas.append("sin_texto")
    if pregunta["tipo"] == VERDADERO_FALSO and len(alternativas) != 2:
        faltas.append("dos_alternativas")
    elif not 2 <= con_texto == len(alternativas) <= 5:
        faltas.append("de_dos_a_cinco")
    if clase == ENCUESTA:
        return faltas
    correctas = len(claves_correctas(pregunta))
    if pregunta["tipo"] == VARIAS:
        if correctas < 2:
            faltas.append("dos_correctas_o_mas")
    elif correctas != 1:
        faltas.append("una_correcta")
    if any(not a["explicacion"].strip() for a in alternativas):
        faltas.append("sin_explicacion")
    return faltas
