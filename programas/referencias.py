"""Every key once, and every reference to something that exists."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cursos.esquemas import disponibles
from evaluaciones.variantes import ENCUESTAS

from .errores import Problema
from .fichas import Evaluacion, Leccion, Programa


def revisar(programa: Programa) -> list[Problema]:
    """Return the keys used twice and the references to nothing."""
    articulos = set(programa.articulos())
    lecciones = {leccion.clave for _modulo, leccion in programa.lecciones()}
    problemas = [*_repetidas(programa), *_modulos_repetidos(programa)]
    for _modulo, leccion in programa.lecciones():
        problemas += _de_leccion(leccion, articulos)
    propias = {una.clave for _m, una in programa.evaluaciones() if una.preguntas}
    encuestas = {una.clave for _m, una in programa.evaluaciones() if una.clase in ENCUESTAS}
    for _modulo, evaluacion in programa.evaluaciones():
        problemas += _de_evaluacion(evaluacion, articulos, lecciones)
        if evaluacion.preguntas_de and evaluacion.preguntas_de not in propias:
            mensaje = _("toma las preguntas de «%(clave)s», que no existe o no tiene propias.")
            problemas.append(Problema(evaluacion.archivo, 0, mensaje % {"clave": evaluacion.preguntas_de}))
        if evaluacion.preguntas_de in encuestas and evaluacion.clase not in ENCUESTAS:
            mensaje = _("toma las preguntas de «%(clave)s», que es una encuesta: no tienen respuesta correcta.")
            problemas.append(Problema(evaluacion.archivo, 0, mensaje % {"clave": evaluacion.preguntas_de}))
    return problemas


def _claves(programa: Programa) -> Iterator[tuple[str, str, int]]:
    yield programa.curso.clave, programa.curso.archivo, 0
    for modulo in programa.curso.modulos:
        yield modulo.clave, modulo.archivo, 0
    for _modulo, leccion in programa.lecciones():
        yield leccion.clave, leccion.archivo, 0
    for _modulo, otra in programa.otras():
        yield otra.clave, otra.archivo, 0
    for _modulo, evaluacion in programa.evaluaciones():
        yield evaluacion.clave, evaluacion.archivo, 0
        for pregunta in evaluacion.preguntas:
            yield pregunta.clave, evaluacion.archivo, pregunta.linea


def _repetidas(programa: Programa) -> Iterator[Problema]:
    vistas: dict[str, str] = {}
    for clave, archivo, linea in _claves(programa):
        if clave in vistas:
            mensaje = _("la clave «%(clave)s» ya está en %(otro)s. Cada clave se usa una sola vez.")
            yield Problema(archivo, linea, mensaje % {"clave": clave, "otro": vistas[clave]})
        vistas[clave] = archivo


def _modulos_repetidos(programa: Programa) -> Iterator[Problema]:
    """People tell the modules of a course apart by their titles."""
    vistos: dict[str, str] = {}
    for modulo in programa.curso.modulos:
        if modulo.titulo in vistos:
            mensaje = _("el módulo se llama igual que el de %(otro)s. Póngale un título distinto.")
            yield Problema(modulo.archivo, 0, mensaje % {"otro": vistos[modulo.titulo]})
        vistos[modulo.titulo] = modulo.archivo


def _sin_articulo(clave: str) -> str:
    return _("cita «%(clave)s», que no está en normas.yaml.") % {"clave": clave}


def _de_leccion(leccion: Leccion, articulos: set[str]) -> Iterator[Problema]:
    for paso in leccion.pasos:
        citado = str(paso.valores.get("articulo") or "")
        if citado and citado not in articulos:
            yield Problema(leccion.archivo, paso.linea, _sin_articulo(citado))
        dibujo = str(paso.valores.get("esquema") or "")
        if dibujo and dibujo not in disponibles():
            hay = ", ".join(disponibles()) or _("ninguno")
            mensaje = _("el dibujo «%(clave)s» no existe. Los que hay: %(hay)s.") % {"clave": dibujo, "hay": hay}
            yield Problema(leccion.archivo, paso.linea, mensaje)


def _de_evaluacion(evaluacion: Evaluacion, articulos: set[str], lecciones: set[str]) -> Iterator[Problema]:
    for pregunta in evaluacion.preguntas:
        donde = _("pregunta %(clave)s: ") % {"clave": pregunta.clave}
        if pregunta.articulo and pregunta.articulo not in articulos:
            yield Problema(evaluacion.archivo, pregunta.linea, donde + _sin_articulo(pregunta.articulo))
        if pregunta.leccion and pregunta.leccion not in lecciones:
            mensaje = donde + _("la lección «%(clave)s» no existe.") % {"clave": pregunta.leccion}
            yield Problema(evaluacion.archivo, pregunta.linea, mensaje)
