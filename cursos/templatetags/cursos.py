"""Small helps of the steps of a lesson."""

from __future__ import annotations

import mimetypes
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Unidad, VersionDeCurso
from ..services.contenido import PasoMostrado, pasos_mostrados, renglones
from ..services.temario import FilaDeTemario, temario_de
from ..services.versiones import personas_por_decidir, version_por_decidir
from ..validators import Linea, antes_de_publicar

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


@register.simple_tag(takes_context=True)
def direccion_de_audio(context: dict[str, Any], documento: Any, cual: int) -> str:
    """Where a phone fetches an audio: by the step that holds it, so that the address tells nothing."""
    direccion = context.get("direccion")
    if not direccion:
        return documento.url
    return f"{reverse('cursos:audio', args=[*direccion, cual])}?v={(documento.file_hash or '')[:8]}"


@register.simple_tag
def peso_de_imagen(imagen: Any) -> int:
    """Bytes that a phone would download to see a picture."""
    return imagen.get_rendition("width-720|format-avif").file.size


@register.simple_tag
def pasos_de(leccion: Any, ahorro: bool = False) -> list[PasoMostrado]:
    """Steps of a lesson as it is being written, for its preview."""
    return pasos_mostrados(leccion, hoy=timezone.localdate(), ahorro=ahorro, nivel=2)


@register.simple_tag
def lista_antes_de_publicar(leccion: Any) -> list[Linea]:
    return antes_de_publicar(leccion)


@register.simple_tag
def temario_publicado(pagina: Any) -> tuple[FilaDeTemario, ...]:
    """What a course has published, in order, for who writes it."""
    unidad = Unidad.objects.filter(pagina=pagina.pk, clase=Unidad.Clase.CURSO).first() if pagina.pk else None
    return temario_de(unidad).filas if unidad else ()


@register.filter
def en_renglones(texto: str) -> tuple[str, ...]:
    return renglones(texto or "")


@register.simple_tag
def por_decidir(pagina: Any) -> dict[str, Any] | None:
    """What waits to be decided about the people of a course: {"version", "personas"}, or nothing."""
    unidad = Unidad.objects.filter(pagina=pagina.pk, clase=Unidad.Clase.CURSO).first() if pagina.pk else None
    version: VersionDeCurso | None = version_por_decidir(unidad) if unidad else None
    return version and {"version": version, "personas": personas_por_decidir(version).count()}
