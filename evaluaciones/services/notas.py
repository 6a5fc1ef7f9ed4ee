"""The mark that a person gives. Once every answer of an attempt has one, the attempt has its result."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marco.reloj import no_antes

from .. import reglas
from ..errores import EvaluacionError
from ..libro import puntos_de
from ..models import EstadoDeNota, Intento, Respuesta
from .cierre import de_la_nota
from .envio import anotar


@transaction.atomic
def poner_nota(*, respuesta: Respuesta, puntos: Fraction, por: Any, ahora: datetime.datetime) -> Intento:
    """Mark an answer that waits for it, once; with the last one, the attempt is passed or failed and the course told.

    Raises ``ya_calificada``, ``puntos_de_mas``, and ``a_si_misma`` for an answer of one's own.
    """
    intento = (
        Intento.objects.select_for_update(of=("self",))
        .select_related("inscripcion__persona", "inscripcion__curso", "inscripcion__edicion", "unidad")
        .get(pk=respuesta.intento_id)
    )
    if por is not None and intento.inscripcion.persona.cuenta_id == por.pk:
        raise EvaluacionError("a_si_misma", _("No puede calificar sus propias respuestas: pídalo a otra persona."))
    if not 0 <= puntos <= respuesta.maximo:
        mensaje = _("La nota va de 0 a %(maximo)d.")
        raise EvaluacionError("puntos_de_mas", mensaje % {"maximo": respuesta.maximo})
    ahora = no_antes(ahora, intento.enviado_en)
    puesta = Respuesta.objects.por_calificar().filter(pk=respuesta.pk)
    datos = {"nota": EstadoDeNota.CALIFICADA, "puntos": puntos_de(puntos), "calificada_por": por}
    if not puesta.update(**datos, calificada_en=ahora):
        raise EvaluacionError("ya_calificada", _("Esa respuesta ya tiene su nota."))
    lineas = Respuesta.objects.filter(intento=intento, definitiva=True).order_by("secuencia")
    total = reglas.sumar(tuple(nota for linea in lineas if (nota := linea.nota_dada)), intento.reglas)
    if not total.pendiente:
        for campo, valor in de_la_nota(total).items():
            setattr(intento, campo, valor)
        intento.save(update_fields=["nota", "puntos", "aprobado"])
        anotar(intento, ahora)
    return intento
