"""What keeps an evaluation from going live, in words. The form says it beside each field; the page, to every door."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from cursos.models.paginas import Curso, Modulo
from cursos.sin_terminar import es_de_ejemplo

from . import reglas
from .clases import Falta
from .libro import PreguntaMostrada

DE_EJEMPLO = "de_ejemplo"


def problemas_de(pregunta: PreguntaMostrada, clase: str) -> list[Falta]:
    """Return the faults of a question: those of the rules, and whether it keeps texts of a template."""
    textos = [pregunta.texto, *pregunta.clase.textos(pregunta.contenido)]
    ejemplo = [Falta(DE_EJEMPLO, "texto", "")] if any(es_de_ejemplo(texto) for texto in textos) else []
    return [*reglas.problemas(pregunta, clase), *ejemplo]


def falta_en_las_formas(formas: Iterable[str]) -> str:
    """Twin forms are compared: an empty one is no twin, and one longer than the other would not be one either."""
    formas = list(formas)
    if formas and set(formas) == {reglas.RESERVA}:
        return _("Todas sus preguntas están en reserva: deje algunas para el primer intento.")
    a, b = (formas.count(forma) for forma in ("A", "B"))
    if a == b:
        return ""
    mensaje = _("La forma A tiene %(a)d preguntas y la B, %(b)d. Deben ser tantas en una como en otra.")
    return mensaje % {"a": a, "b": b}


def falta_en_la_otra(otra: Any, clase: str) -> str:
    """Say why the questions of another page cannot be asked in an evaluation of this class, or nothing."""
    if malas := otra.incompletas(clase):
        mensaje = _("En «%(titulo)s», complete estas preguntas: %(lista)s. O elija otra evaluación.")
        return mensaje % {"titulo": otra.title, "lista": ", ".join(map(str, malas))}
    return ""


def falta_en_el_lugar(clase: str, madre: Any) -> str:
    """Say that an evaluation of this class does not go where it is, or nothing. Outside of any course, nothing."""
    if isinstance(madre, Modulo) and clase not in reglas.DE_UN_MODULO:
        return _("De entrada, final y encuestas van en el curso, fuera de los módulos. Muévala o cambie su clase.")
    if isinstance(madre, Curso) and clase in reglas.DE_UN_MODULO:
        return _("Las prácticas y las evaluaciones del módulo van dentro de uno. Muévala o cambie su clase.")
    return ""


def falta_en_el_origen(otra: Any, *, pk: int | None, curso: Any, clase: str, propias: bool) -> str:
    """Say why an evaluation of this course cannot take the questions of another page, or nothing."""
    if propias:
        return _("Ya tiene preguntas propias. Bórrelas o deje vacío «usa las preguntas de».")
    ajena = otra.pk == pk or otra.preguntas_de_id is not None or otra.pagina_del_curso() != curso
    if ajena or not otra.preguntas.exists():
        return _("Elija otra evaluación de este curso, que tenga preguntas propias.")
    if not otra.a_la_vista():
        mensaje = _("«%(titulo)s» no está publicada, y de ahí salen las preguntas. Publíquela antes.")
        return mensaje % {"titulo": otra.title}
    return falta_en_la_otra(otra, clase)
