"""The rules of an evaluation as plain functions: no database, no clock, no Django.

A question is a ``PreguntaMostrada`` of the ledger, and what is right in it is told by its kind.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .clases import Falta
from .libro import Formulario, Nota, PreguntaMostrada, Reglas, Repaso, Respuestas
from .sorteo import RESERVA as RESERVA
from .sorteo import armar_formulario as armar_formulario
from .sorteo import de_la_forma as de_la_forma
from .sorteo import elegir_sin_repetir as elegir_sin_repetir
from .sorteo import en_su_orden as en_su_orden
from .sorteo import forma_que_toca as forma_que_toca
from .sorteo import formas_de as formas_de
from .sorteo import sortear as sortear
from .variantes import APLICACION as APLICACION
from .variantes import CON_NOTA as CON_NOTA
from .variantes import DE_UN_MODULO as DE_UN_MODULO
from .variantes import DEL_CURSO as DEL_CURSO
from .variantes import DIAS_DESPUES as DIAS_DESPUES
from .variantes import ENCUESTA as ENCUESTA
from .variantes import ENCUESTAS as ENCUESTAS
from .variantes import ENTRADA as ENTRADA
from .variantes import ESPERAN as ESPERAN
from .variantes import FINAL as FINAL
from .variantes import MODULO as MODULO
from .variantes import PRACTICA as PRACTICA

# For slow networks: what arrives up to five minutes after the deadline still counts. The server's clock decides.
GRACIA = datetime.timedelta(minutes=5)


# --- Answers and marks ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Calificacion:
    """What an attempt is worth: at most one point for each question.

    While a person has to mark one, there are no points yet and it is neither passed nor failed.
    """

    notas: tuple[Nota, ...]
    puntos: Fraction | None
    posibles: int
    aprobado: bool | None

    @property
    def pendiente(self) -> bool:
        return self.puntos is None


def calificar(formulario: Formulario, respuestas: Respuestas, reglas: Reglas) -> Calificacion:
    """Grade the answers (by place, from 1) against the form that was shown and the rules of that day.

    In a survey nothing is right, so nothing waits to be marked.
    """
    notas = tuple(pregunta.calificar(respuestas.get(n)) for n, pregunta in formulario.lugares())
    if reglas.clase in ENCUESTAS:
        notas = tuple(Nota(nota.puntos or Fraction(0), nota.maximo) for nota in notas)
    return sumar(notas, reglas)


def sumar(notas: tuple[Nota, ...], reglas: Reglas) -> Calificacion:
    """Add the marks of an attempt up. Each question counts one point, whatever the maximum of its mark."""
    posibles = len(notas)
    if any(nota.pendiente for nota in notas):
        return Calificacion(notas, None, posibles, None)
    puntos = sum((nota.puntos / nota.maximo for nota in notas if nota.puntos is not None), Fraction(0))
    aprobado = aprueba(puntos, posibles, reglas.nota_minima) if reglas.clase in CON_NOTA else posibles > 0
    return Calificacion(notas, puntos, posibles, aprobado)


def necesarios(posibles: int, nota_minima: int) -> int:
    """Points it takes to pass, whole, as the person reads them: 70 % of 20 is 14, of 8 is 6."""
    return -(-posibles * nota_minima // 100)


def aprueba(puntos: int | Fraction, posibles: int, nota_minima: int) -> bool:
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


def admite_blancos(clase: str) -> bool:
    """Whether it may be sent with questions not answered: each counts as not right."""
    return clase in CON_NOTA or clase == ENTRADA


def espera_al_curso(clase: str, modulo: str) -> bool:
    """Whether it opens with every lesson of the course done: a final anywhere, a survey that is of no module."""
    return clase == FINAL or (clase == ENCUESTA and not modulo)


def se_abre_el(terminada: datetime.date | None, dias: int) -> datetime.date | None:
    """The day on which what is asked some days after the course opens for a person; None while it is not finished."""
    return terminada + datetime.timedelta(days=dias) if terminada else None


def fuera_de_plazo(vence_en: datetime.datetime | None, ahora: datetime.datetime) -> bool:
    """Whether what arrives now is too late, the grace already counted."""
    return vence_en is not None and ahora > vence_en + GRACIA


def se_califica_al_cerrar(clase: str, respondidas: int, preguntas: int) -> bool:
    """Whether an attempt that nobody sent in time gets a mark for what was saved.

    What carries a mark always does; the measure of the start, when something was answered. What only counts when it is
    answered to the end does not, unless it is.
    """
    if clase in CON_NOTA:
        return True
    return respondidas > 0 if clase == ENTRADA else respondidas == preguntas


# --- What may be shown ----------------------------------------------------------------------------------------------


def se_publica(clase: str, *, aprobada: bool, cerrada: bool) -> bool:
    """Whether keys and explanations may leave the server: once passed, or when the edition is over. Never for trying.

    Practice explains each question when it is answered. What measures the start, or asks for an opinion, never does.
    """
    if clase == PRACTICA:
        return True
    return clase in CON_NOTA and (aprobada or cerrada)


def lecciones_por_repasar(
    formulario: Formulario, respuestas: Respuestas, notas: Mapping[int, Nota] | None = None
) -> list[Repaso]:
    """The lessons of the questions that were missed, once each, in the order of the course.

    ``notas`` are the marks given. With most of it left blank they are those of all the questions: the few answered
    would be told one by one.
    """
    casi_en_blanco = len(formulario.sin_responder(respuestas)) * 2 > len(formulario)

    def fallo(n: int, pregunta: PreguntaMostrada) -> bool:
        nota = (notas or {}).get(n) or pregunta.calificar(respuestas.get(n))
        return nota.acierto is False

    lecciones = {
        pregunta.leccion.numero: pregunta.leccion
        for n, pregunta in formulario.lugares()
        if pregunta.leccion and (casi_en_blanco or fallo(n, pregunta))
    }
    return sorted(lecciones.values(), key=lambda leccion: (leccion.orden, leccion.numero))


def se_pueden_juntar(clases: Collection[str]) -> bool:
    """Whether evaluations of these classes may ask the same questions: practice tells what the others measure."""
    return PRACTICA not in clases or not (CON_NOTA | {ENTRADA}).intersection(clases)


# --- What a question needs before it is published -------------------------------------------------------------------


def problemas(pregunta: PreguntaMostrada, clase: str) -> list[Falta]:
    """What keeps a question from being published. A survey has neither right answers nor explanations."""
    faltas = [] if pregunta.texto.strip() else [Falta("sin_texto", "texto", "")]
    return [*faltas, *pregunta.clase.problemas(pregunta.contenido, con_clave=clase not in ENCUESTAS)]
