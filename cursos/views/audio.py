"""The audio of a step, at an address that tells nothing and only for who takes the course."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from instancias.vistas import integrante_requerido

from ..rango import responder_archivo
from ..services.contenido import audio_de
from ..templatetags.cursos import tipo_de_audio
from .aula import acceder, con_acceso


@require_safe
@integrante_requerido
@con_acceso
def audio(request: HttpRequest, curso: int, unidad: int, paso: int, cual: int) -> HttpResponseBase:
    """Serve one of the two formats of an audio. ``cual`` is 1 or 2."""
    acceso = acceder(request, curso, unidad, clase="leccion")
    documento = audio_de(unidad=acceso.unidad, numero=paso, alterno=cual == 2)
    if documento is None or cual not in (1, 2):
        raise Http404
    return responder_archivo(
        request, documento.file, tipo=tipo_de_audio(documento), marca=documento.file_hash or str(documento.pk)
    )
