"""Two doubts of the demonstration: one was answered and is a note under its step; the other waits."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model

from cursos import clases
from cursos.models import Duda, Inscripcion, Leccion, Unidad
from cursos.services.dudas import preguntar, responder
from cursos.services.notas import publicar_nota

ESPACIO = uuid.UUID("5f1d7c52-7d0f-4f6e-9a0e-2b8f7f7d9c11")
PREGUNTAS = (
    "¿Tengo que esperar a que ella lo pida para avisar a la comisaría?",
    "¿Esto vale también para una comunidad sin señal?",
)
RESPUESTA = "No. Si usted conoce el hecho por su función, avise hoy mismo. Explíquele a ella lo que va a hacer."
NOTA = "¿Se espera un pedido para avisar?"


def dejar_dudas(ahora: datetime.datetime, primero: Collection[str] = ()) -> None:
    """Ask by the same act as the page, and answer as who writes the course. Doing it again changes nothing.

    ``primero``: documents of those whose key is told, so that their page has something to show.
    """
    quien = get_user_model().objects.filter(username="capacitadora").first()
    en_curso = Inscripcion.objects.activas().exclude(estado=Inscripcion.Estado.TERMINADA)
    en_curso = en_curso.select_related("persona", "curso").order_by("persona__documento", "pk")
    suyas = en_curso.filter(persona__documento__in=primero)
    filas = [*suyas, *en_curso.exclude(persona__documento__in=primero)[: len(PREGUNTAS)]][: len(PREGUNTAS)]
    dudas = [_dejar(una, n, ahora - datetime.timedelta(days=2)) for n, una in enumerate(filas)]
    if dudas and dudas[0] and quien and dudas[0].respondida_en is None:
        responder(duda_id=dudas[0].pk, texto=RESPUESTA, por=quien, ahora=ahora)
        publicar_nota(duda_id=dudas[0].pk, pregunta=NOTA, texto=RESPUESTA, por=quien, ahora=ahora)


def _dejar(inscripcion: Inscripcion, n: int, cuando: datetime.datetime) -> Duda | None:
    de_este = Unidad.objects.vigentes().filter(curso=inscripcion.curso, clase__in=clases.que_se_releen())
    leccion = de_este.select_related("curso").order_by("orden").first()
    if leccion is None or len(leccion.ids_de_pasos) < 2:
        return None
    return preguntar(
        inscripcion=inscripcion,
        unidad=leccion,
        paso=(leccion.ids_de_pasos[1], 2, _titulo(leccion)),
        texto=PREGUNTAS[n],
        operacion=uuid.uuid5(ESPACIO, str(n)),
        ahora=cuando,
    )


def _titulo(leccion: Unidad) -> Any:
    pasos = Leccion.objects.get(pk=leccion.pagina_id or 0).pasos.raw_data
    return next((uno["value"].get("titulo", "") for uno in pasos if uno.get("id") == leccion.ids_de_pasos[1]), "")
