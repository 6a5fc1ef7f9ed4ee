"""Sending: graded once, against the form that was shown, whatever became of the page meanwhile."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from cursos.models import Unidad
from cursos.services.avance import empezar_unidad, pasar_de, terminar_unidad
from cursos.services.errores import CursoError
from instancias.models import Persona

from .. import reglas
from ..models import Intento, Respuesta
from .errores import EvaluacionError
from .intentos import elegidas_de, en_su_turno, tomar
from .lectura import quedan
from .respuestas import Hoja, nuevas_de_la_hoja


@dataclass(frozen=True)
class Envio:
    """What sending did. ``repetido``: it was already sent, and this is its first result. ``tarde``: after the deadline,
    so only what had arrived before counts."""

    intento: Intento
    elegidas: Mapping[int, Sequence[str]]
    repetido: bool = False
    tarde: bool = False
    curso_terminado: bool = False


@en_su_turno
def enviar(*, persona: Persona, intento: uuid.UUID, ahora: datetime.datetime, hoja: Hoja | None = None) -> Envio:
    """Grade an attempt and tell the course. A second submission changes nothing and gets the first result."""
    tomado = tomar(persona=persona, clave=intento)
    guardadas = elegidas_de(tomado) if tomado.lineas else {}
    if tomado.estado != Intento.Estado.EN_CURSO:
        return Envio(tomado, guardadas, repetido=True)
    tarde = reglas.fuera_de_plazo(tomado.vence_en, ahora)
    nuevas = {} if tarde or not hoja else nuevas_de_la_hoja(tomado, hoja, guardadas)
    elegidas = {**guardadas, **nuevas}
    if not tarde:
        _exigir_completo(tomado, elegidas)
    nota = reglas.calificar(tomado.formulario, elegidas, tomado.reglas)
    resultado = {
        "estado": Intento.Estado.ENVIADO,
        "enviado_en": ahora,
        "puntos": nota.puntos,
        "aprobado": nota.aprobado,
    }
    if not Intento.objects.filter(pk=tomado.pk, estado=Intento.Estado.EN_CURSO).update(**resultado):
        tomado.refresh_from_db()
        return Envio(tomado, elegidas_de(tomado), repetido=True)
    for campo, valor in resultado.items():
        setattr(tomado, campo, valor)
    _escribir_definitivas(tomado, elegidas, nota, ahora)
    return Envio(tomado, elegidas, tarde=tarde, curso_terminado=_anotar(tomado, ahora))


def _exigir_completo(intento: Intento, elegidas: Mapping[int, Sequence[str]]) -> None:
    """A graded evaluation may be sent with blanks; what counts for being answered is answered to the end."""
    faltan = sum(not elegidas.get(n) for n in range(1, len(intento.formulario) + 1))
    if intento.reglas["clase"] in reglas.CON_NOTA or not faltan:
        return
    mensaje = ngettext("Le falta responder %(faltan)d pregunta.", "Le falta responder %(faltan)d preguntas.", faltan)
    raise EvaluacionError("faltan_respuestas", mensaje % {"faltan": faltan})


def _escribir_definitivas(
    intento: Intento, elegidas: Mapping[int, Sequence[str]], nota: reglas.Calificacion, ahora: datetime.datetime
) -> None:
    lineas = getattr(intento, "lineas", 0)
    Respuesta.objects.bulk_create(
        Respuesta(
            intento=intento,
            version_id=pregunta["version"],
            operacion=uuid.uuid4(),  # nothing that a page could have sent before
            secuencia=lineas + n,
            elegidas=list(elegidas.get(n, [])),
            definitiva=True,
            acierto=nota.aciertos[n - 1],
            recibida_en=ahora,
        )
        for n, pregunta in enumerate(intento.formulario, 1)
    )


def _anotar(intento: Intento, ahora: datetime.datetime) -> bool:
    """Tell the course what was achieved. Returns whether it finished the course.

    A unit that left the course has nobody to tell: the attempt stays, and ``ponerse_al_dia`` tells it on its return.
    """
    acto = terminar_unidad if intento.aprobado else empezar_unidad
    try:
        hecho = acto(inscripcion=intento.inscripcion, unidad=intento.unidad, ahora=ahora)
    except CursoError as error:
        if error.codigo != "unidad_retirada":
            raise
        return False
    if not intento.aprobado and quedan(intento, intento.numero) == 0:
        pasar_de(inscripcion=intento.inscripcion, unidad=intento.unidad)
    return bool(hecho and hecho.curso_terminado)


def ponerse_al_dia(*, unidad: Unidad, ahora: datetime.datetime) -> int:
    """Tell the course of those who passed while the evaluation was away from it. Returns how many."""
    pendientes = (
        Intento.objects.aprobados()
        .filter(unidad=unidad, inscripcion__retirada_en__isnull=True)
        .exclude(inscripcion__avances__in=unidad.avances.terminados())
        .select_related("inscripcion", "unidad")
    )
    inscripciones = {intento.inscripcion_id: intento for intento in pendientes}
    for intento in inscripciones.values():
        terminar_unidad(inscripcion=intento.inscripcion, unidad=unidad, ahora=ahora)
    return len(inscripciones)
