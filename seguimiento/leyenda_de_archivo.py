"""The last sheets: how far people got in each part, and what every column means."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marco.libro_largo import LibroLargo, PlanillaLarga

from .consultas import como_se_cuenta, curso
from .consultas.ambito import Ambito


def escribir_lecciones(libro: LibroLargo, ambito: Ambito) -> None:
    columnas = [
        (_("Módulo"), 40),
        (_("Número"), 9),
        (_("Lección o evaluación"), 60),
        (_("Clase"), 14),
        (_("A cuántas personas se les pide"), 16),
        (_("Empezaron"), 12),
        (_("Terminaron"), 12),
    ]
    planilla = PlanillaLarga(libro, _("Lecciones"), columnas)
    for uno in curso.embudo(ambito):
        planilla.agregar([uno.modulo, uno.numero, uno.titulo, uno.rotulo, uno.piden, uno.empezaron, uno.terminaron])


def escribir_leyenda(libro: LibroLargo, ambito: Ambito) -> None:
    """Every figure in the words of the page of help; what is known of today only, in a file of today."""
    definidas = [*como_se_cuenta.ASIENTOS, *como_se_cuenta.PERSONAS]
    definidas += como_se_cuenta.SOLO_DE_HOY[:2] if ambito.al is None else como_se_cuenta.DESPUES
    planilla = PlanillaLarga(libro, _("Leyenda"), [(_("Palabra"), 30), (_("Qué significa"), 110)])
    for palabra, significado in (
        *((una.nombre, una.texto) for una in definidas),
        (_("No aplica"), _("El asiento no existe en ese lugar y no cuenta.")),
        (_("Partes"), _("Lecciones y evaluaciones que pide el curso.")),
        (
            _("Módulo"),
            _("«3 de 8»: de las partes que el módulo pide, cuántas terminó. Terminado, cuando las hizo todas."),
        ),
        (_("Sexo"), _("Solo de quien lo declaró en «Mi cuenta». Es voluntario y se puede retirar.")),
        (_("Fechas y horas"), _("Hora de Lima.")),
        (_("Notas"), _("Este archivo no contiene notas ni respuestas.")),
        (_("Apóstrofo al inicio"), _("Se agrega a los textos que una hoja de cálculo tomaría por fórmula.")),
        (
            _("Datos personales"),
            _("Contiene nombres y documentos: guárdelo en un lugar seguro y bórrelo cuando ya no lo use."),
        ),
    ):
        planilla.agregar([palabra, significado])
