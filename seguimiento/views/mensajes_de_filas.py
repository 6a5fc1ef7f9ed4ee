"""The rows of «A quién recordar»: the text to send of each, where there is one, and how they are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cursos.consultas.dibujo import marca
from marco.models import AjustesDelAula

from .. import mensajes
from ..consultas import asientos, personas, plazos
from ..consultas.ambito import Ambito
from ..models import Recordatorio
from .comun import consulta_de, firma_de

FILAS = "kuska/seguimiento/partes/por_recordar.html"
SUS_PARTES = (
    FILAS,
    *(f"kuska/seguimiento/partes/{una}.html" for una in ("mensaje", "hacer_enlace", "ya_avise", "avisar")),
)
SIN_SELLO = "sello-de-cada-quien"
EN_ESTE_PROCESO = LocMemCache("kuska-filas-por-recordar", {"TIMEOUT": 3600, "OPTIONS": {"MAX_ENTRIES": 64}})


def con_mensaje(gente: Sequence[personas.FilaDePersona], firmado: str, ambito: Ambito) -> list[dict[str, Any]]:
    """Add the reason in words and the text to send: none for whoever would find the door closed."""
    para_todos: dict[str, Any] = {"firmado": firmado, "curso": ambito.curso_numero}
    para_todos["textos"] = mensajes.Textos.actuales()
    return [
        {
            "persona": fila,
            "motivo": Recordatorio.Motivo(fila.motivo),
            "mensaje": mensajes.a_la_persona(fila, motivo=fila.motivo, **para_todos),
        }
        for fila in gente
    ]


def con_su_mensaje(gente: Iterable[personas.FilaDePersona], firmado: str, ambito: Ambito) -> None:
    """Put on each the text that fits how they are doing, where what they do still counts."""
    textos = mensajes.Textos.actuales()
    for fila in gente:
        if plazos.sigue(fila.hasta, ambito):
            fila.mensaje = mensajes.segun_su_situacion(fila, firmado=firmado, curso=ambito.curso_numero, textos=textos)


def con_mensaje_de_vacante(sillas: Sequence[asientos.FilaDeAsiento], firmado: str) -> list[dict[str, Any]]:
    textos = mensajes.Textos.actuales()
    for una in sillas:
        una.mensaje = mensajes.por_la_vacante(una, firmado=firmado, textos=textos)
    return [{"asiento": una, "mensaje": una.mensaje} for una in sillas]


def dibujar(
    request: HttpRequest,
    ambito: Ambito,
    gente: Sequence[personas.FilaDePersona],
    sillas: Sequence[asientos.FilaDeAsiento] = (),
    *,
    para_elegir: Mapping[str, Any] | None = None,
) -> SafeString:
    """Draw the rows, once for whoever asks for the same ones in this process: they carry names, so nowhere else.

    What tells two drawings apart is in the key: all that the rows say, who signs, the settings of the site, the page to
    come back to, the day and the language. The seal of the form is put in afterwards.
    """
    ajustes = AjustesDelAula.actuales()
    firmado = firma_de(request)
    dichos = [getattr(ajustes, campo.attname) for campo in ajustes._meta.concrete_fields]
    partes = (
        gente,
        sillas,
        firmado,
        consulta_de(ambito),
        ambito.curso_numero,
        request.get_full_path(),
        ambito.hoy,
        para_elegir,
    )
    huella = repr((*partes, dichos, get_language(), marca(SUS_PARTES)))
    llave = blake2b(huella.encode(), digest_size=20).hexdigest()
    html = EN_ESTE_PROCESO.get(llave)
    if html is None:
        contexto = {
            "por_recordar": con_mensaje(gente, firmado, ambito),
            "vacantes_por_recordar": con_mensaje_de_vacante(sillas, firmado),
            "ambito": ambito,
            "aula": ajustes,
            "request": request,
            "csrf_token": SIN_SELLO,
            **(para_elegir or {}),
        }
        html = str(render_to_string(FILAS, contexto))
        EN_ESTE_PROCESO.set(llave, html)
    return mark_safe(html.replace(SIN_SELLO, get_token(request)))  # noqa: S308 (drawn here)
