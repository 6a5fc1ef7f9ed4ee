"""What invented people answer some months after they finished: what they did with what they learned."""

from __future__ import annotations

import datetime
import random
from collections.abc import Collection

from django.utils import timezone

from cursos.models import Inscripcion, Unidad
from evaluaciones.consultas.situacion import situacion_de
from evaluaciones.reglas import DIAS_DESPUES
from evaluaciones.services.envio import enviar
from evaluaciones.services.intentos import iniciar

from .opiniones import PARTE_QUE_OPINA, SEMILLA, TEMPRANO, aplicacion_de, opinar

TARDAN = datetime.timedelta(minutes=3)


def dejar_aplicaciones(curso: Unidad, *, siempre: Collection[str] = ()) -> int:
    """Answer it by the same acts as its page, the same way each time. Returns how many people did.

    ``siempre``: documents of those who are shown to have done it.
    """
    unidad, azar, cuantas = aplicacion_de(curso), random.Random(SEMILLA), 0  # noqa: S311 — repeatable on purpose
    terminadas = Inscripcion.objects.terminadas().filter(curso=curso, territorio__in=TEMPRANO)
    for inscripcion in terminadas.select_related("persona", "curso").order_by("persona__documento"):
        responde, dias = azar.random() < PARTE_QUE_OPINA, DIAS_DESPUES + azar.uniform(0.5, 2)
        if unidad is None or inscripcion.terminada_en is None:
            continue
        cuando = inscripcion.terminada_en + datetime.timedelta(days=dias)
        if cuando < timezone.now() and (responde or inscripcion.persona.documento in siempre):
            _responder(inscripcion, unidad, cuando, azar)
            cuantas += 1
    return cuantas


def _responder(inscripcion: Inscripcion, unidad: Unidad, cuando: datetime.datetime, azar: random.Random) -> None:
    persona, curso = inscripcion.persona, inscripcion.curso.numero
    situacion = situacion_de(persona=persona, curso=curso, unidad=unidad.numero, hoy=timezone.localdate(cuando))
    intento = iniciar(situacion=situacion, ahora=cuando - TARDAN)
    enviar(persona=persona, intento=intento.clave, ahora=cuando, entrega=opinar(azar)(intento))
