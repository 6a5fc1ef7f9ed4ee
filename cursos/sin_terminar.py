"""What is still as it came: the texts of the template, and alternative texts that are the name of a file.

A draft may keep them. What goes live may not: people would read an instruction for the author as if it were the law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .blocks import PasosBlock, textos_de
from .ejemplos import EJEMPLO, pasos_de_ejemplo

PALABRAS_QUE_BASTAN = 5  # a shorter sentence may be somebody's own
ESPACIOS = re.compile(r"\s+")
EXTENSION = re.compile(r"\.(?:avif|bmp|gif|heic|jfif|jpe?g|png|svg|tiff?|webp)$", re.IGNORECASE)
UNA_SOLA_PIEZA = re.compile(r"^(?=\S*[\d_])\S+$|^[a-z0-9]+(?:-[a-z0-9]+)+$")
NOMBRES_DE_APARATO = re.compile(
    r"^(?:captura(?: de pantalla)?|screen ?shot|whatsapp image|imagen de whatsapp|imagen|image|foto|photo|picture|"
    r"img|dscn?|dscf|pxl|scan|escaneo|documento escaneado|descarga|download|sin t[ií]tulo|untitled|unnamed)"
    r"(?:[\s\d._:()-]|\b(?:at|a las?|am|pm|a\. ?m\.|p\. ?m\.)(?![^\W\d_]))*$",
    re.IGNORECASE,
)


def es_nombre_de_archivo(texto: str) -> bool:
    """Whether an alternative text is what a phone or a camera called the picture, and says nothing of it."""
    texto = texto.strip()
    return bool(EXTENSION.search(texto) or UNA_SOLA_PIEZA.match(texto) or NOMBRES_DE_APARATO.match(texto))


def es_de_ejemplo(texto: str) -> bool:
    """Whether a text keeps words of the template: its mark, or one of its instructions with the mark taken off."""
    llano = _llano(texto)
    if EJEMPLO.casefold() in llano:
        return True
    return any(
        llano == frase or (len(frase.split()) >= PALABRAS_QUE_BASTAN and frase in llano)
        for frase in _instrucciones(get_language())
    )


def faltas_de_los_textos(campos: Iterable[tuple[Any, str]]) -> list[str]:
    """Return a sentence for each field of a page, by its name on screen, that still says what the template says."""
    mensaje = _("«%(campo)s» sigue con el texto de ejemplo. Escriba lo suyo o déjelo vacío.")
    return [mensaje % {"campo": _mayuscula(nombre)} for nombre, texto in campos if es_de_ejemplo(texto)]


def faltas_de_los_pasos(pasos: Iterable[dict]) -> list[str]:
    """Return a sentence for each field of each step that is as it came, with what to write there."""
    return [falta for numero, paso in enumerate(pasos, 1) for falta in _faltas_del_paso(numero, paso)]


def _faltas_del_paso(numero: int, paso: dict) -> Iterator[str]:
    bloque = PasosBlock.base_blocks.get(paso["type"])
    hijos = bloque.child_blocks if bloque else {}
    muestra = getattr(bloque.meta, "preview_value", None) or {} if bloque else {}
    for campo, valor in paso["value"].items():
        textos = list(textos_de(valor))
        como_muestra = None if campo == "titulo" else muestra.get(campo)  # a good title may be the same
        sin_tocar = any(es_de_ejemplo(texto) or _es_la_muestra(texto, como_muestra) for texto in textos)
        if sin_tocar and campo in hijos:
            datos = {"n": numero, "campo": hijos[campo].label, "ayuda": _ayuda(hijos[campo])}
            mensaje = _("Paso %(n)d: «%(campo)s» sigue con el texto de ejemplo. Escriba lo suyo. %(ayuda)s")
            yield (mensaje % datos).strip()


def falta_del_alternativo(imagen: Any) -> str:
    """Say that the alternative text of a picture is the name of its file, or nothing."""
    if not isinstance(imagen, dict) or imagen.get("decorative"):
        return ""
    texto = str(imagen.get("alt_text") or "").strip()
    if not texto or not es_nombre_de_archivo(texto):
        return ""
    mensaje = _("«%(texto)s» es el nombre de un archivo. Diga qué muestra y para qué, o marque que es solo adorno.")
    return mensaje % {"texto": texto}


@lru_cache
def _instrucciones(idioma: str | None) -> frozenset[str]:
    """Return what the template tells the author to write, without its mark, in a language."""
    textos = [_llano(texto) for paso in pasos_de_ejemplo() for texto in textos_de(paso["value"])]
    marca = EJEMPLO.casefold()
    return frozenset(texto.replace(marca, "").strip() for texto in textos if marca in texto)


def _es_la_muestra(texto: str, muestra: Any) -> bool:
    """Whether a text is, word by word, the sample that the list of steps shows."""
    if muestra is None or isinstance(muestra, int | list):
        return False
    llano = _llano(str(muestra))
    return len(llano.split()) >= PALABRAS_QUE_BASTAN and _llano(texto) == llano


def _llano(texto: str) -> str:
    return ESPACIOS.sub(" ", unescape(strip_tags(texto)).replace("\xa0", " ")).strip().casefold()


def _ayuda(bloque: Any) -> str:
    campo = getattr(bloque, "field", None)
    return str((campo.help_text if campo is not None else "") or getattr(bloque.meta, "help_text", "") or "")


def _mayuscula(nombre: Any) -> str:
    nombre = str(nombre)
    return nombre[:1].upper() + nombre[1:]
