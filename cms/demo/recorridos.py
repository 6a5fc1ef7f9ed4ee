"""How far each invented person got, and when."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from cursos.clases import clase_de
from cursos.models import Inscripcion, Unidad
from evaluaciones import reglas
from evaluaciones.libro import Respuestas
from evaluaciones.models import Intento

from .libro import Libro
from .opiniones import PARTE_QUE_OPINA, SEMILLA, TEMPRANO, opinar

# Days since the last activity, by how the person is doing.
ULTIMA_VEZ = {
    "termino": (3, 40),
    "termino_antes": (130, 147),
    "solo_evaluacion": (2, 9),
    "en_curso": (0, 10),
    "detenido": (16, 45),
    "ayuda": (1, 6),
}

UN_RATO = datetime.timedelta(minutes=30)


@dataclass
class Camino:
    """A course as its version asks for it, in order, and the dice."""

    unidades: list[Unidad]
    azar: random.Random
    ahora: datetime.datetime
    entrada: Unidad | None = None  # the entry evaluation, that nobody is asked for
    encuesta: Unidad | None = None
    opiniones: random.Random = field(default_factory=lambda: random.Random(SEMILLA))  # noqa: S311

    def fechas(self, perfil: str, ingreso: datetime.datetime, cuantas: int) -> list[datetime.datetime]:
        """Spread the units between the first day and the last one, at hours when people are awake."""
        menos, mas = ULTIMA_VEZ[perfil]
        ultima = self.ahora - datetime.timedelta(days=self.azar.uniform(menos, mas), minutes=5)
        tramo = max((ultima - ingreso) / max(cuantas, 1), datetime.timedelta(minutes=20))
        return [min(ingreso + tramo * n, self.ahora - datetime.timedelta(minutes=2)) for n in range(1, cuantas + 1)]

    def hasta(self, perfil: str) -> int:
        """Return how many units a person of this profile finished."""
        total = len(self.unidades)
        evaluaciones = [n for n, unidad in enumerate(self.unidades) if clase_de(unidad.clase).con_nota]
        match perfil:
            case "termino":
                return total
            case "solo_evaluacion":
                return total - 1
            case "ayuda":
                return self.azar.choice(evaluaciones or [total - 1])
            case "detenido":
                return self.azar.randint(1, max(total * 4 // 10, 1))
            case _:
                return self.azar.randint(1, max(total * 6 // 10, 1))


def recorrer(
    *, inscripcion: Inscripcion, perfil: str, ingreso: datetime.datetime, camino: Camino, libro: Libro
) -> None:
    """Take a person from their first day to where they are."""
    azar = camino.azar
    antes = perfil == "termino" and inscripcion.territorio_id in TEMPRANO
    if camino.entrada is not None and (azar.random() < 5 / 6 or antes):
        libro.rendir(inscripcion, camino.entrada, ingreso + datetime.timedelta(minutes=14), respuestas(azar))
    cuantas = camino.hasta(perfil)
    fechas = camino.fechas("termino_antes" if antes else perfil, ingreso, cuantas)
    for unidad, cuando in zip(camino.unidades[:cuantas], fechas, strict=True):
        if clase_de(unidad.clase).con_nota:
            aprobar(inscripcion, unidad, cuando, azar, libro)
        else:
            if clase_de(unidad.clase).por_pasos and unidad.pasos > 1:
                minutos = camino.opiniones.randint(3, 14)
                libro.ver(inscripcion, unidad, 1, cuando - datetime.timedelta(minutes=minutos))
            libro.ver(inscripcion, unidad, unidad.pasos, cuando)
    if cuantas == len(camino.unidades):
        if camino.encuesta is not None and camino.opiniones.random() < PARTE_QUE_OPINA:
            libro.rendir(inscripcion, camino.encuesta, fechas[-1] + UN_RATO, opinar(camino.opiniones), minutos=3)
        return
    siguiente = camino.unidades[cuantas]
    ultima = fechas[-1] if fechas else ingreso
    if perfil == "ayuda":
        for vez in (1, 2):
            despues = ultima + datetime.timedelta(minutes=25 * vez)
            libro.rendir(inscripcion, siguiente, despues, respuestas(azar, aprueba=False))
    elif clase_de(siguiente.clase).por_pasos and siguiente.pasos > 1 and perfil != "solo_evaluacion":
        despues = ultima + datetime.timedelta(minutes=4)
        libro.ver(inscripcion, siguiente, azar.randint(1, siguiente.pasos - 1), despues)


def aprobar(
    inscripcion: Inscripcion, unidad: Unidad, cuando: datetime.datetime, azar: random.Random, libro: Libro
) -> None:
    """Pass an evaluation; one person in six needs a second try."""
    if azar.random() < 1 / 6:
        antes = cuando - datetime.timedelta(minutes=15)
        libro.rendir(inscripcion, unidad, antes, respuestas(azar, aprueba=False))
    libro.rendir(inscripcion, unidad, cuando, respuestas(azar))


def respuestas(azar: random.Random, *, aprueba: bool = True) -> Callable[[Intento], Respuestas]:
    """Answer well enough to pass, or not."""

    def responder(intento: Intento) -> Respuestas:
        fallar = set(azar.sample(range(1, len(intento.formulario) + 1), _errores(intento, azar, aprueba=aprueba)))
        return {
            n: una.clase.ejemplo(una.contenido, acierta=n not in fallar, azar=azar)
            for n, una in intento.formulario.lugares()
        }

    return responder


def _errores(intento: Intento, azar: random.Random, *, aprueba: bool) -> int:
    """How many mistakes: few where it is passed, one or two too many where it is not, about half at the entry."""
    total = len(intento.formulario)
    if intento.reglas.clase not in reglas.CON_NOTA:
        return round(total * azar.uniform(0.35, 0.65))
    permitidos = total - reglas.necesarios(total, intento.reglas.nota_minima)
    if aprueba:
        return azar.randint(0, permitidos)
    return min(permitidos + azar.randint(1, 2), total)


def entrada_de(curso: Unidad) -> Unidad | None:
    """Return the entry evaluation of a course, if it has one."""
    return Unidad.objects.vigentes().filter(curso=curso, variante=reglas.ENTRADA).first()


def requisitos_en_orden(inscripcion: Inscripcion) -> list[Unidad]:
    """Return what the version of an enrolment asks for, in order."""
    return [fila.unidad for fila in inscripcion.version.filas.select_related("unidad__curso").order_by("orden")]
