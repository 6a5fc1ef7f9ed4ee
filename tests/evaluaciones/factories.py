"""Evaluations made of real pages, published as a trainer does, and what their questions say."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from cursos.models import Curso, Inscripcion, Leccion, Modulo, Unidad
from cursos.services.avance import terminar_unidad
from evaluaciones.consultas.situacion import situacion_de
from evaluaciones.libro import PreguntaMostrada
from evaluaciones.models import Alternativa, Evaluacion, Intento, Pregunta
from evaluaciones.services.intentos import iniciar
from evaluaciones.variantes import DE_UN_MODULO
from instancias.models import Persona
from tests.cursos.factories import Programa, publicar, publicar_programa
from tests.moldes import con_molde

UN_MINUTO = datetime.timedelta(minutes=1)


def hacer_pregunta(n: int, *, tipo: str = "una", clase: str = "modulo", **campos: Any) -> Pregunta:
    """A question whose words carry its number: «Explica 3.2» is the explanation of its second option."""
    opciones, correctas = {"una": (4, {2}), "varias": (4, {1, 3}), "verdadero_falso": (2, {1})}[tipo]
    textos = ["Verdadero", "Falso"] if tipo == "verdadero_falso" else [f"Alternativa {n}.{m}" for m in (1, 2, 3, 4)]
    pregunta = Pregunta(tipo=tipo, texto=f"¿Texto de la pregunta {n}?", sort_order=n, objetivo=1 + n % 3, **campos)
    pregunta.alternativas = [
        Alternativa(
            texto=textos[m - 1],
            correcta=m in correctas and clase != "encuesta",
            explicacion="" if clase == "encuesta" else f"Explica {n}.{m}",
            sort_order=m,
        )
        for m in range(1, opciones + 1)
    ]
    return pregunta


@con_molde
def crear_evaluacion(
    padre: Any,
    *,
    clase: str = "modulo",
    preguntas: int | Sequence[Pregunta] = 10,
    titulo: str = "Evaluación del módulo 1",
    **campos: Any,
) -> Evaluacion:
    """Publish an evaluation under a module or a course. By default, one kind of question after the other.

    Under a module, what goes in the course is put beside it.
    """
    if isinstance(padre, Modulo) and clase not in DE_UN_MODULO:
        padre = padre.get_parent().specific
    if isinstance(preguntas, int):
        tipos = ("una", "varias", "una", "verdadero_falso", "una")
        preguntas = [hacer_pregunta(n, tipo=tipos[n % 5], clase=clase) for n in range(1, preguntas + 1)]
    pagina = Evaluacion(title=titulo, clase=clase, live=False, **campos)
    pagina.preguntas = list(preguntas)
    return publicar(padre.add_child(instance=pagina))


def unidad_de(pagina: Any) -> Unidad:
    return Unidad.objects.select_related("curso").get(pagina=pagina.pk)


def ver_lecciones(inscripcion: Inscripcion, *, ahora: datetime.datetime | None = None) -> None:
    """Finish every lesson of the course."""
    for unidad in Unidad.objects.filter(curso=inscripcion.curso, clase="leccion", retirada_en__isnull=True):
        terminar_unidad(inscripcion=inscripcion, unidad=unidad, ahora=ahora or timezone.now())


def situacion(persona: Persona, unidad: Unidad) -> Any:
    return situacion_de(
        persona=persona, curso=unidad.curso.numero, unidad=unidad.numero, hoy=timezone.localdate(timezone.now())
    )


def empezar(persona: Persona, unidad: Unidad, *, ahora: datetime.datetime | None = None, **campos: Any) -> Intento:
    return iniciar(situacion=situacion(persona, unidad), ahora=ahora or timezone.now(), **campos)


def buenas(intento: Intento, cuantas: int | None = None) -> dict[int, list[str]]:
    """The right answers to the first questions of a form and wrong ones to the rest."""
    total = len(intento.formulario)
    cuantas = total if cuantas is None else cuantas
    return {
        n: correctas(pregunta) if n <= cuantas else equivocadas(pregunta)
        for n, pregunta in enumerate(intento.formulario, 1)
    }


def correctas(pregunta: PreguntaMostrada) -> list[str]:
    return [a.clave for a in pregunta.contenido.alternativas if a.correcta]


def equivocadas(pregunta: PreguntaMostrada) -> list[str]:
    return [next(a.clave for a in pregunta.contenido.alternativas if not a.correcta)]


def operacion() -> uuid.UUID:
    return uuid.uuid4()


@con_molde
def publicar_con_evaluacion(lecciones: int, **campos: Any) -> tuple[Curso, list[Modulo], list[Leccion], Evaluacion]:
    pagina, modulos, suyas = publicar_programa(1, lecciones, 2, "Nuestras funciones")
    return pagina, modulos, suyas, crear_evaluacion(modulos[0], **campos)


class ProgramaConEvaluacion(Programa):
    """A course of one module with its evaluation: ten questions, 70 % to pass, three tries."""

    def __init__(self, *, lecciones: int = 2, **campos: Any) -> None:
        de_todo = publicar_con_evaluacion(lecciones, **{"clase": "modulo", "preguntas": 10, **campos})
        self.pagina, self.modulos, self.lecciones, self.evaluacion = de_todo

    @property
    def unidad_evaluada(self) -> Unidad:
        return unidad_de(self.evaluacion)
