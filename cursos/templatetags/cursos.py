"""Small helps of the steps of a lesson."""

from __future__ import annotations

import mimetypes
from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()

TIPOS = {"opus": "audio/ogg; codecs=opus", "ogg": "audio/ogg", "m4a": "audio/mp4", "mp3": "audio/mpeg"}


@register.filter
def duracion(segundos: int | None) -> str:
    """«3 min», or «40 s» when it is less than a minute."""
    segundos = int(segundos or 0)
    if segundos < 60:
        return _("%(n)d s") % {"n": segundos}
    return _("%(n)d min") % {"n": round(segundos / 60)}


@register.filter
def tipo_de_audio(documento: Any) -> str:
    """Type of a sound file, so that a phone does not fetch what it cannot play."""
    extension = documento.file_extension.lower()
    return TIPOS.get(extension) or mimetypes.guess_type(documento.filename)[0] or "audio/mpeg"


@register.simple_tag
def peso_de_imagen(imagen: Any) -> int:
    """Bytes that a phone would download to see a picture."""
    return imagen.get_rendition("width-720|format-avif").file.size
