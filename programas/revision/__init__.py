"""What a content of the programme must meet before people read it: the voice, the sizes, the law behind each answer.

Reading a folder already refuses what cannot be loaded; this is what would load and still not be good enough.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from .. import glosario, guia, tiempos
from ..errores import Problema
from ..fichas import Programa
from . import decida, partes, preguntas, voz


def revisar(programa: Programa) -> list[Problema]:
    """Return everything to mend, in the order of the files."""
    de_todo = (partes.revisar, preguntas.revisar, voz.revisar, glosario.revisar, guia.revisar)
    return sorted(problema for revisar_parte in de_todo for problema in revisar_parte(programa))


def avisos(programa: Programa) -> list[Problema]:
    """Return what whoever publishes has to know and nobody can mend in the files alone."""
    aviso = tiempos.horas_del(programa).aviso
    de_las_horas = [Problema(programa.curso.archivo, 0, _("aviso: %(aviso)s") % {"aviso": aviso})] if aviso else []
    return [*de_las_horas, *decida.avisos(programa)]
