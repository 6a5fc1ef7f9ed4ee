"""The last sheets: how far people got in each part, and what every column means."""

from __future__ import annotations

from django.utils.translation import gettext as _
from openpyxl import Workbook

from .consultas import curso
from .consultas.ambito import Ambito
from .planilla import Planilla


def escribir_lecciones(libro: Workbook, ambito: Ambito) -> None:
    columnas = [
        (_("Módulo"), 40),
        (_("Número"), 9),
        (_("Lección o evaluación"), 60),
        (_("Clase"), 14),
        (_("A cuántas personas se les pide"), 16),
        (_("Empezaron"), 12),
        (_("Terminaron"), 12),
    ]
    planilla = Planilla(libro, _("Lecciones"), columnas)
    for uno in curso.embudo(ambito):
        planilla.agregar([uno.modulo, uno.numero, uno.titulo, uno.rotulo, uno.piden, uno.empezaron, uno.terminaron])


def escribir_leyenda(libro: Workbook) -> None:
    planilla = Planilla(libro, _("Leyenda"), [(_("Palabra"), 30), (_("Qué significa"), 110)])
    for palabra, significado in (
        (_("Integrante"), _("Persona que hoy ocupa, como titular o alterno/a, un asiento exigido de una instancia.")),
        (
            _("Total y suma"),
            _(
                "En el total, cada persona cuenta una vez. En las instancias, una vez en cada una que integra: "
                "por eso pueden sumar más."
            ),
        ),
        (
            _("Asiento"),
            _(
                "Lugar institucional según los artículos 107 y 109 del Reglamento. Las personas rotan; "
                "el asiento queda."
            ),
        ),
        (_("Asiento completo"), _("Terminó el titular o terminó el alterno/a.")),
        (_("Asiento sin persona"), _("No tiene titular ni alterno/a en funciones.")),
        (_("No aplica"), _("El asiento no existe en ese lugar y no cuenta.")),
        (_("Terminó"), _("Completó todo lo que pide su versión del curso. No se pierde si el curso cambia después.")),
        (
            _("Necesita ayuda"),
            _("No aprobó dos veces una evaluación, o falló cuatro veces la misma pregunta, y no la completó después."),
        ),
        (
            _("Sin actividad en 14 días"),
            _("No ha terminado y no avanzó en los últimos 14 días, contados desde su inscripción."),
        ),
        (_("Partes"), _("Lecciones y evaluaciones que pide el curso.")),
        (_("Fechas y horas"), _("Hora de Lima.")),
        (_("Notas"), _("Este archivo no contiene notas ni respuestas.")),
        (_("Apóstrofo al inicio"), _("Se agrega a los textos que una hoja de cálculo tomaría por fórmula.")),
        (
            _("Datos personales"),
            _("Contiene nombres y documentos: guárdelo en un lugar seguro y bórrelo cuando ya no lo use."),
        ),
    ):
        planilla.agregar([palabra, significado])
