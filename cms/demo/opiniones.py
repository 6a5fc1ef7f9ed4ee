"""What invented people say of the course once they finish it, the same way each time."""

from __future__ import annotations

import random
from collections.abc import Callable

from cursos.models import Unidad
from evaluaciones import reglas
from evaluaciones.libro import PreguntaMostrada, Respuestas
from evaluaciones.models import Intento

SEMILLA = 1006
# Where people began and finished first, long enough ago to be asked what they applied: the months in which they
# answered are closed on any day of the demonstration, so that its results may be read.
TEMPRANO = frozenset({"1006"})
ANTES = 17  # weeks before the others
PARTE_QUE_OPINA = 0.8
PESOS = (9, 4, 2, 1, 1)  # how often each option is chosen, in its order


def encuesta_de(curso: Unidad) -> Unidad | None:
    """Return the survey of a course, if it has one."""
    return Unidad.objects.vigentes().filter(curso=curso, variante=reglas.ENCUESTA).first()


def aplicacion_de(curso: Unidad) -> Unidad | None:
    """Return what a course asks some months later, if it asks anything."""
    return Unidad.objects.vigentes().filter(curso=curso, variante=reglas.APLICACION).first()


def opinar(azar: random.Random) -> Callable[[Intento], Respuestas]:
    """Answer a survey: the first options more than the last."""

    def responder(intento: Intento) -> Respuestas:
        return {n: _elegir(una, azar) for n, una in intento.formulario.lugares()}

    return responder


def _elegir(pregunta: PreguntaMostrada, azar: random.Random) -> object:
    claves = [clave for clave, _texto in pregunta.clase.opciones(pregunta.contenido)]
    if not claves:
        return pregunta.clase.ejemplo(pregunta.contenido, acierta=False, azar=azar)
    elegida = azar.choices(claves, weights=(PESOS * len(claves))[: len(claves)])[0]
    otra = azar.choice(claves[:2])
    return sorted({elegida, otra}, key=claves.index) if getattr(pregunta.clase, "admite_varias", False) else [elegida]
