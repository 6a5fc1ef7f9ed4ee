"""The entry evaluation is optional: it can be left aside, and what is not known is said."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cursos.consultas.siguiente import lo_que_sigue
from cursos.consultas.temario import FilaDeTemario
from cursos.models import Unidad
from cursos.services.avance import apuntar_a

from .. import reglas
from ..consultas.situacion import Situacion
from ..errores import EvaluacionError
from ..libro import Formulario


def con_no_lo_se(formulario: Formulario, clase: str) -> Formulario:
    """Give each question of an entry form a way of saying «No lo sé»: an answer that is never right."""
    if clase != reglas.ENTRADA:
        return formulario
    return Formulario(tuple(pregunta.con_no_lo_se() for pregunta in formulario))


def saltar(situacion: Situacion) -> FilaDeTemario | None:
    """Leave the entry evaluation aside: «Continuar» leads to what comes after it. Returns that, if there is any.

    It can still be given until the final begins. Who is already further on is not moved. Raises ``no_se_salta``.
    """
    if situacion.unidad.variante != reglas.ENTRADA:
        raise EvaluacionError("no_se_salta", _("Esta evaluación no se puede saltar."))
    inscripcion = situacion.inscripcion
    fila = lo_que_sigue(inscripcion=inscripcion, unidad_id=situacion.unidad.pk)
    if fila is not None and inscripcion.unidad_actual_id in (None, situacion.unidad.pk):
        apuntar_a(inscripcion_id=inscripcion.pk, unidad=Unidad.objects.get(pk=fila.id))
    return fila
