"""Which questions a person was already asked, and of which the right answers were in their hands."""

from __future__ import annotations

from dataclasses import dataclass

from cursos.models import Inscripcion, Unidad

from .. import reglas
from ..libro import PreguntaMostrada
from ..models import Intento
from .publicado import Publicado


@dataclass(frozen=True)
class Preguntadas:
    """Keys of questions. ``preguntadas``: asked in any evaluation; ``con_clave``: their answers were shown as well.

    ``largo`` is how many questions the last attempt at this evaluation had, 0 without any.
    """

    preguntadas: frozenset[str]
    con_clave: frozenset[str]
    largo: int

    def cuantas(self, publicado: Publicado) -> int:
        """Return how many questions another try has: those drawn, or as many as the last one had."""
        return min(publicado.reglas.sortear or self.largo or publicado.cuantas, publicado.cuantas)


@dataclass(frozen=True)
class ParaOtroIntento:
    """What is left for one more try: how many questions it has, how many are new, and whether there are enough."""

    salen: int
    nuevas: int
    alcanza: bool


def preguntadas_por(inscripcion: Inscripcion, unidad: Unidad) -> Preguntadas:
    """Read what the person of an enrolment was asked, in every attempt of theirs. One statement.

    Practice tells the answers; so did, once, the last try that was not passed. What another edition of the course
    showed is counted as asked: whoever takes it all again is not kept out for it.
    """
    preguntadas: set[str] = set()
    con_clave: set[str] = set()
    largo = 0
    filas = Intento.objects.filter(inscripcion__persona=inscripcion.persona_id).order_by("inscripcion_id", "numero")
    for de, en, clase, vista, formulario in filas.values_list(
        "inscripcion", "unidad", "reglas__clase", "clave_vista", "formulario"
    ):
        claves = {pregunta.clave for pregunta in formulario}
        preguntadas |= claves
        if de == inscripcion.pk and (vista or clase == reglas.PRACTICA):
            con_clave |= claves
        if (de, en) == (inscripcion.pk, unidad.pk):
            largo = len(formulario)
    return Preguntadas(frozenset(preguntadas), frozenset(con_clave), largo)


def para_otro_intento(publicado: Publicado, vistas: Preguntadas) -> ParaOtroIntento:
    """Return what one more try would ask."""
    cuantas = vistas.cuantas(publicado)
    elegidas = elegir(publicado, vistas, forma="", semilla="")
    nuevas = sum(una.clave not in vistas.preguntadas for una in elegidas or ())
    return ParaOtroIntento(salen=cuantas, nuevas=nuevas, alcanza=elegidas is not None)


def elegir(publicado: Publicado, vistas: Preguntadas, *, forma: str, semilla: str) -> list[PreguntaMostrada] | None:
    """Draw one more try: what was not asked before, then what was, never what was shown with its answer."""
    return reglas.elegir_sin_repetir(
        publicado.preguntas,
        cuantas=vistas.cuantas(publicado),
        vistas=vistas.preguntadas,
        prohibidas=vistas.con_clave,
        forma=forma,
        semilla=semilla,
    )
