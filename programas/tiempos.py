"""How long the files of a programme take on the screen: the same measure that the course shows, before loading them."""

from __future__ import annotations

from cursos import tiempo
from cursos.consultas.horas import Horas

from .fichas import Evaluacion, Leccion, Opcion, Programa
from .opciones import en_valor
from .tipos import POR_BLOQUE, Forma


def de_leccion(leccion: Leccion) -> int:
    """Return the seconds of a lesson: its steps as the page will keep them."""
    return tiempo.segundos_de_pasos(
        {"type": paso.tipo, "value": {"titulo": paso.titulo, **_leido(paso.tipo, dict(paso.valores))}}
        for paso in leccion.pasos
    )


def _leido(tipo: str, valores: dict[str, object]) -> dict[str, object]:
    campos = POR_BLOQUE[tipo].campos
    enlaces = {campo.nombre for campo in campos if campo.forma in {Forma.ARTICULO, Forma.AUDIO}}
    valores |= {c.nombre: int(str(valores[c.nombre]) or 0) for c in campos if c.forma is Forma.SEGUNDOS}
    return {
        campo: [en_valor(uno) if isinstance(uno, Opcion) else uno for uno in valor]
        if isinstance(valor, tuple)
        else valor
        for campo, valor in valores.items()
        if campo not in enlaces
    }


def de_evaluacion(evaluacion: Evaluacion, programa: Programa) -> int:
    """Return the seconds of answering it once."""
    return tiempo.segundos_de_preguntas(se_preguntan(evaluacion, programa))


def se_preguntan(evaluacion: Evaluacion, programa: Programa) -> int:
    """Return how many questions a person answers in an attempt."""
    fuente = next((una for _m, una in programa.evaluaciones() if una.clave == evaluacion.preguntas_de), evaluacion)
    una_forma = [pregunta for pregunta in fuente.preguntas if pregunta.forma != "B"]
    return evaluacion.sortear or len(una_forma)


def del_programa(programa: Programa) -> int:
    """Return what the course takes: its lessons but those by seat, and every evaluation once."""
    lecciones = sum(de_leccion(leccion) for modulo, leccion in programa.lecciones() if not modulo.rutas)
    return lecciones + sum(de_evaluacion(una, programa) for _m, una in programa.evaluaciones())


def horas_del(programa: Programa) -> Horas:
    """Return the hours that the course declares, beside what it takes."""
    return Horas(programa.curso.horas, programa.curso.tipo_de_horas, del_programa(programa))
