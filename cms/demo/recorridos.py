"""How far each invented person got, and when: written through the same acts as a real one."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from django.utils import timezone

from cursos.models import Inscripcion, Unidad
from cursos.services.avance import registrar_avance
from evaluaciones import reglas
from evaluaciones.models import Intento
from evaluaciones.services.envio import enviar
from evaluaciones.services.intentos import iniciar
from evaluaciones.services.situacion import situacion_de

# Days since the last activity, by how the person is doing.
ULTIMA_VEZ = {
    "termino": (3, 40),
    "solo_evaluacion": (2, 9),
    "en_curso": (0, 10),
    "detenido": (16, 45),
    "ayuda": (1, 6),
}


@dataclass
class Camino:
    """A course as its version asks for it, in order, and the dice."""

    unidades: list[Unidad]
    azar: random.Random
    ahora: datetime.datetime
    entrada: Unidad | None = None  # the entry evaluation, that nobody is asked for

    def fechas(self, perfil: str, ingreso: datetime.datetime, cuantas: int) -> list[datetime.datetime]:
        """Spread the units between the first day and the last one, at hours when people are awake."""
        menos, mas = ULTIMA_VEZ[perfil]
        ultima = self.ahora - datetime.timedelta(days=self.azar.uniform(menos, mas), minutes=5)
        tramo = max((ultima - ingreso) / max(cuantas, 1), datetime.timedelta(minutes=20))
        return [min(ingreso + tramo * n, self.ahora - datetime.timedelta(minutes=2)) for n in range(1, cuantas + 1)]

    def hasta(self, perfil: str) -> int:
        """Return how many units a person of this profile finished."""
        total = len(self.unidades)
        evaluaciones = [n for n, unidad in enumerate(self.unidades) if unidad.clase == Unidad.Clase.EVALUACION]
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


def recorrer(*, inscripcion: Inscripcion, perfil: str, ingreso: datetime.datetime, camino: Camino) -> None:
    """Take a person from their first day to where they are."""
    if camino.entrada is not None and camino.azar.random() < 5 / 6:
        de_entrada = ingreso + datetime.timedelta(minutes=14)
        rendir(inscripcion=inscripcion, unidad=camino.entrada, cuando=de_entrada, azar=camino.azar)
    cuantas = camino.hasta(perfil)
    fechas = camino.fechas(perfil, ingreso, cuantas)
    for unidad, cuando in zip(camino.unidades[:cuantas], fechas, strict=True):
        if unidad.clase == Unidad.Clase.EVALUACION:
            aprobar(inscripcion=inscripcion, unidad=unidad, cuando=cuando, azar=camino.azar)
        else:
            registrar_avance(inscripcion=inscripcion, unidad=unidad, paso=unidad.pasos, ahora=cuando, sin_orden=True)
    if cuantas == len(camino.unidades):
        return
    siguiente = camino.unidades[cuantas]
    ultima = fechas[-1] if fechas else ingreso
    if perfil == "ayuda":
        for vez in (1, 2):
            rendir(
                inscripcion=inscripcion,
                unidad=siguiente,
                cuando=ultima + datetime.timedelta(minutes=25 * vez),
                aprueba=False,
                azar=camino.azar,
            )
    elif siguiente.clase == Unidad.Clase.LECCION and siguiente.pasos > 1 and perfil != "solo_evaluacion":
        registrar_avance(
            inscripcion=inscripcion,
            unidad=siguiente,
            paso=camino.azar.randint(1, siguiente.pasos - 1),
            ahora=ultima + datetime.timedelta(minutes=4),
            sin_orden=True,
        )


def aprobar(*, inscripcion: Inscripcion, unidad: Unidad, cuando: datetime.datetime, azar: random.Random) -> None:
    """Pass an evaluation; one person in six needs a second try."""
    if azar.random() < 1 / 6:
        antes = cuando - datetime.timedelta(minutes=15)
        rendir(inscripcion=inscripcion, unidad=unidad, cuando=antes, aprueba=False, azar=azar)
    rendir(inscripcion=inscripcion, unidad=unidad, cuando=cuando, azar=azar)


def rendir(
    *, inscripcion: Inscripcion, unidad: Unidad, cuando: datetime.datetime, azar: random.Random, aprueba: bool = True
) -> Intento:
    """Start, answer well enough to pass or not, and send."""
    persona = inscripcion.persona
    situacion = situacion_de(
        persona=persona, curso=inscripcion.curso.numero, unidad=unidad.numero, hoy=timezone.localdate(cuando)
    )
    intento = iniciar(situacion=situacion, ahora=cuando - datetime.timedelta(minutes=11))
    fallar = set(azar.sample(range(1, len(intento.formulario) + 1), _errores(intento, azar, aprueba=aprueba)))
    hoja = {n: _elegir(pregunta, falla=n in fallar, azar=azar) for n, pregunta in enumerate(intento.formulario, 1)}
    return enviar(persona=persona, intento=intento.clave, ahora=cuando, hoja=hoja).intento


def _errores(intento: Intento, azar: random.Random, *, aprueba: bool) -> int:
    """How many mistakes: few where it is passed, one or two too many where it is not, about half at the entry."""
    total = len(intento.formulario)
    if intento.reglas["clase"] not in reglas.CON_NOTA:
        return round(total * azar.uniform(0.35, 0.65))
    permitidos = total - reglas.necesarios(total, intento.reglas["nota_minima"])
    if aprueba:
        return azar.randint(0, permitidos)
    return min(permitidos + azar.randint(1, 2), total)


def _elegir(pregunta: dict, *, falla: bool, azar: random.Random) -> list[str]:
    buenas = [a["clave"] for a in pregunta["alternativas"] if a["correcta"]]
    if not falla:
        return buenas
    return [azar.choice([a["clave"] for a in pregunta["alternativas"] if not a["correcta"]] or buenas[:1])]


def entrada_de(curso: Unidad) -> Unidad | None:
    """Return the entry evaluation of a course, if it has one."""
    return Unidad.objects.vigentes().filter(curso=curso, variante=reglas.ENTRADA).first()


def requisitos_en_orden(inscripcion: Inscripcion) -> list[Unidad]:
    """Return what the version of an enrolment asks for, in order."""
    return [fila.unidad for fila in inscripcion.version.filas.select_related("unidad__curso").order_by("orden")]
