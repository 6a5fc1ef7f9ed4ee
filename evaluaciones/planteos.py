"""A step that asks, as a question of its kind. What is written in a lesson is asked by the same kinds as in a bank."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cursos.decida import Planteo

from .clases import clase_de
from .libro import PreguntaMostrada


def pregunta_de(planteo: Planteo, paso: str) -> PreguntaMostrada:
    """Return the question of a step, its options in an order that is the same for everybody: a room answers aloud."""
    contenido = clase_de(planteo.tipo).de_opciones(planteo.opciones)
    pregunta = PreguntaMostrada(clave=paso, tipo=planteo.tipo, texto=planteo.pregunta, contenido=contenido)
    return pregunta.barajada(paso, baraja=True)


def faltas_de(planteo: Planteo) -> list[str]:
    """Return what keeps a step from being asked: of its kind, and an option that does not say why."""
    clase = clase_de(planteo.tipo)
    if not clase.en_un_paso:
        return [_("Elija otra forma de responder: esa no se puede usar en un paso.")]
    faltas = [] if planteo.pregunta else [_("Escriba la pregunta que se decide.")]
    problemas = clase.problemas(clase.de_opciones(planteo.opciones), con_clave=True)
    faltas += [una.mensaje for una in problemas if una.codigo != "sin_explicacion"]
    mensaje = _("La opción «%(texto)s» no explica por qué.")
    return faltas + [mensaje % {"texto": una.texto[:60]} for una in planteo.opciones if not una.explicacion]
