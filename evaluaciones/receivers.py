"""What this room does with what others announce."""

from __future__ import annotations

import datetime
from typing import Any

from django.dispatch import receiver
from django.http import QueryDict

from cursos.services.errores import CursoError
from instancias.models import Persona
from instancias.signals import formulario_apartado

from .services.errores import EvaluacionError
from .services.respuestas import guardar_hoja
from .views.comunes import leer_hoja, leer_uuid


@receiver(formulario_apartado)
def guardar_lo_apartado(sender: Any, persona: Persona, enviado: str, ahora: datetime.datetime, **otros: Any) -> None:
    """Save the answers that were on their way when the session ended. Those of somebody else are nobody's."""
    datos = QueryDict(enviado)
    hoja = {n: elegidas for n, elegidas in leer_hoja(datos).items() if elegidas}
    if not hoja:
        return
    try:
        guardar_hoja(persona=persona, intento=leer_uuid(datos, "intento"), hoja=hoja, ahora=ahora)
    except (CursoError, EvaluacionError):
        return
