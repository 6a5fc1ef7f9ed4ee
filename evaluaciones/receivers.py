"""What this room does with what others announce."""

from __future__ import annotations

import datetime
from typing import Any

from django.dispatch import receiver
from django.http import QueryDict
from django.utils.translation import gettext as _

from cursos.errores import CursoError
from instancias.models import Persona
from instancias.signals import formulario_apartado

from .apartado import guardar_lo_decidido
from .errores import EvaluacionError
from .services.respuestas import guardar_entrega
from .views.comunes import hay_algo, leer_entrega, leer_uuid


@receiver(formulario_apartado)
def guardar_lo_apartado(sender: Any, persona: Persona, enviado: str, ahora: datetime.datetime, **otros: Any) -> str:
    """Save the answers that were on their way when the session ended, and say so; those of somebody else are nobody's.

    They are saved and not sent, though «Enviar» was what was touched: the person looks at them first.
    """
    datos = QueryDict(enviado)
    entrega = {n: enviado for n, enviado in leer_entrega(datos).items() if hay_algo(enviado)}
    if not entrega:
        return ""
    try:
        guardar_entrega(persona=persona, intento=leer_uuid(datos, "intento"), entrega=entrega, ahora=ahora)
    except (CursoError, EvaluacionError):
        return ""
    return _("Guardamos lo que respondió. Si ya lo iba a enviar, envíelo otra vez.")


@receiver(formulario_apartado)
def guardar_lo_que_se_decidio(
    sender: Any, persona: Persona, enviado: str, ahora: datetime.datetime, **otros: Any
) -> str:
    return guardar_lo_decidido(persona=persona, enviado=enviado, ahora=ahora)
