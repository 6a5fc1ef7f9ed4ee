"""Steps of a lesson. Each block is one step: one idea on one screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

RASGOS = ["bold", "ol", "ul", "link"]


class TextoBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label=_("Título"), max_length=90)
    texto = blocks.RichTextBlock(label=_("Texto"), features=RASGOS, help_text=_("Hasta 120 palabras."))
    en_nuestra_zona = blocks.TextBlock(label=_("En nuestra zona"), required=False)
    mas_detalle = blocks.RichTextBlock(label=_("Más detalle"), features=RASGOS, required=False)

    class Meta:
        icon = "doc-full"
        label = _("Paso de texto")
        template = "cursos/pasos/texto.html"


class CasoBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label=_("Título"), max_length=90)
    caso = blocks.RichTextBlock(label=_("Caso"), features=RASGOS)
    pregunta = blocks.TextBlock(label=_("Qué haría usted"))
    respuesta = blocks.RichTextBlock(label=_("Qué dice la ruta"), features=RASGOS)

    class Meta:
        icon = "group"
        label = _("Caso de nuestra zona")
        template = "cursos/pasos/caso.html"


class CitaBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label=_("Título"), max_length=90)
    articulo = SnippetChooserBlock("cursos.Articulo", label=_("Artículo"))
    cita = blocks.TextBlock(label=_("Palabras de la norma"))
    en_palabras_sencillas = blocks.RichTextBlock(label=_("En palabras sencillas"), features=RASGOS)

    class Meta:
        icon = "openquote"
        label = _("Cita de la ley")
        template = "cursos/pasos/cita.html"


class ImagenBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label=_("Título"), max_length=90)
    imagen = ImageBlock(label=_("Imagen"))
    explicacion = blocks.RichTextBlock(label=_("Explicación"), features=RASGOS)

    class Meta:
        icon = "image"
        label = _("Imagen con explicación")
        template = "cursos/pasos/imagen.html"


class PensarBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label=_("Título"), max_length=90)
    pregunta = blocks.RichTextBlock(label=_("Pregunta"), features=RASGOS)
    explicacion = blocks.RichTextBlock(label=_("Explicación"), features=RASGOS)

    class Meta:
        icon = "help"
        label = _("Para pensar")
        template = "cursos/pasos/pensar.html"


class ResumenBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label=_("Título"), max_length=90)
    lineas = blocks.ListBlock(blocks.CharBlock(label=_("Línea"), max_length=160), label=_("Líneas"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Resumen")
        template = "cursos/pasos/resumen.html"


class PasosBlock(blocks.StreamBlock):
    texto = TextoBlock()
    caso = CasoBlock()
    cita = CitaBlock()
    imagen = ImagenBlock()
    pensar = PensarBlock()
    resumen = ResumenBlock()

    class Meta:
        label = _("Pasos")


PALABRA = re.compile(r"\w+")


def _textos(valor: Any) -> Iterator[str]:
    if isinstance(valor, str):
        yield valor
    elif isinstance(valor, dict):
        for dentro in valor.values():
            yield from _textos(dentro)
    elif isinstance(valor, list):
        for dentro in valor:
            yield from _textos(dentro.get("value") if isinstance(dentro, dict) and "value" in dentro else dentro)


def contar_palabras(pasos: Iterable[dict]) -> int:
    """Words a person reads in these steps, from the raw stream: no block is built and no statement is made."""
    return sum(len(PALABRA.findall(strip_tags(texto))) for paso in pasos for texto in _textos(paso["value"]))


def segundos_de_audio(pasos: Iterable[dict]) -> int:
    """Seconds a person listens in these steps."""
    return sum(int(paso["value"].get("segundos") or 0) for paso in pasos if paso["type"] == "audio")
