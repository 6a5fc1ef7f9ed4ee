"""Small helps of the steps of a lesson."""

from __future__ import annotations

import mimetypes
from typing import Any

from django import template
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..clases.leccion.contenido import PasoMostrado, pasos_mostrados
from ..consultas.contenido import renglones
from ..consultas.horas import Horas, horas_de
from ..consultas.temario import FilaDeTemario, temario_de
from ..models import Unidad, VersionDeCurso
from ..services.imagenes import ANCHOS, SALIDAS, peso_de, versiones_de
from ..services.versiones import personas_por_decidir, version_por_decidir
from ..validators import Linea, antes_de_publicar

register = template.Library()

MEGA = 1_000_000
TIPOS = {"opus": "audio/ogg; codecs=opus", "ogg": "audio/ogg", "m4a": "audio/mp4", "mp3": "audio/mpeg"}


@register.filter
def duracion(segundos: int | None) -> str:
    """«3 min», or «40 s» when it is less than a minute."""
    segundos = int(segundos or 0)
    if segundos < 60:
        return _("%(n)d s") % {"n": segundos}
    return _("%(n)d min") % {"n": round(segundos / 60)}


@register.filter
def kilos(bytes_: int) -> str:
    """«25 KB», «1,2 MB»: as those who sell data count them, by thousands."""
    if bytes_ < MEGA:
        return _("%(n)d KB") % {"n": bytes_ // 1000}
    return _("%(n)s MB") % {"n": floatformat(bytes_ / MEGA, 1)}


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
    return f"{reverse('kuska_cursos:audio', args=[*direccion, cual])}?v={(documento.file_hash or '')[:8]}"


@register.simple_tag(takes_context=True)
def versiones_de_imagen(context: dict[str, Any], imagen: Any) -> dict[str, Any]:
    """What a picture element needs: sources from the lightest, the last one for any phone, and its words and size.

    A phone fetches them by the step that holds the picture, as an audio; a preview, by the files themselves.
    """
    versiones, direccion = versiones_de(imagen), context.get("direccion")
    marca = (imagen.file_hash or "")[:8]

    def url(salida: str, ancho: int) -> str:
        if not direccion:
            return versiones[salida, ancho].url
        return f"{reverse('kuska_cursos:imagen', args=[*direccion, ancho, salida])}?v={marca}"

    fuentes = [
        {
            "tipo": f"image/{salida}",
            "srcset": ", ".join(f"{url(salida, ancho)} {versiones[salida, ancho].width}w" for ancho in ANCHOS),
        }
        for salida in SALIDAS
    ]
    ultima = versiones[SALIDAS[-1], ANCHOS[0]]
    return {
        "fuentes": fuentes[:-1],
        "srcset": fuentes[-1]["srcset"],
        "src": url(SALIDAS[-1], ANCHOS[0]),
        "ancho": ultima.width,
        "alto": ultima.height,
        "alt": ultima.alt,
    }


@register.simple_tag
def horas_declaradas(pagina: Any) -> Horas | None:
    """The hours that a course or a module declares, beside what it takes on the screen."""
    return horas_de(pagina)


@register.simple_tag
def peso_de_imagen(imagen: Any) -> int:
    """Bytes that a phone would download to see a picture, at most; 0: nobody knows now."""
    versiones_de(imagen)
    return peso_de(imagen)


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
