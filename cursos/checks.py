"""A wrong set-up is explained at start, not on the day that a picture tells where it was taken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

W_FORMULARIO = "kuska.W006"
W_ARCHIVOS_ABIERTOS = "kuska.W007"

FORMULARIOS = {
    "WAGTAILIMAGES_IMAGE_FORM_BASE": (
        "cursos.forms_imagenes.FormularioDeImagen",
        "A picture would keep where and with what it was taken, and a cut one would end in a fault.",
    ),
    "WAGTAILDOCS_DOCUMENT_FORM_BASE": (
        "cursos.forms_archivos.FormularioDeDocumento",
        "A sound of any size and kind would be taken for a step.",
    ),
}


@register("kuska")
def formularios(**_kwargs: Any) -> Iterable[CheckMessage]:
    for nombre, (nuestro, que) in FORMULARIOS.items():
        suyo = getattr(settings, nombre, "")
        if not suyo or not issubclass(import_string(suyo), import_string(nuestro)):
            pista = f'Write {nombre} = "{nuestro}", or a form of yours that inherits from it.'
            yield Warning(que, hint=pista, id=W_FORMULARIO)


@register("kuska")
def archivos(**_kwargs: Any) -> Iterable[CheckMessage]:
    """Pictures and sounds of a course go through who may take it; another server is the business of the site."""
    if not settings.MEDIA_URL.startswith("/") or settings.MEDIA_URL == "/":
        return
    try:
        quien = resolve(f"{settings.MEDIA_URL}uno.jpg").view_name
    except Resolver404:
        quien = ""
    if quien != "kuska_cursos:archivo":
        yield Warning(
            f"Whoever has the address of a picture of a course would see it: {settings.MEDIA_URL} is not served by it.",
            hint='Include "cursos.urls" at the root, above what serves MEDIA_URL.',
            id=W_ARCHIVOS_ABIERTOS,
        )
