"""Files in private storage, whole or not at all; and the pictures of a template, kept there by content.

A certificate names the picture it printed by its digest, so changing a logo next
year does not change last year's paper, and a thousand certificates share one file.
"""

import hashlib
from contextlib import suppress
from typing import Any, TypedDict

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from certificados.pdf import ImagenImpresa
from certificados.pdf.imagenes import preparar_imagen

_CARPETA = "certificados/imagenes"
_UN_DIA = 24 * 60 * 60


class ImagenGuardada(TypedDict):
    sha256: str
    formato: str
    alternativa: str


def almacen() -> Storage:
    return storages["privado"]


def poner(ruta: str, contenido: bytes) -> str:
    """Keep a file whose name says what is in it, and return where it is.

    What a full disk or a power cut left half-written under that name is replaced, and a save that fails leaves nothing.
    """
    if almacen().exists(ruta):
        if almacen().size(ruta) == len(contenido):
            return ruta
        almacen().delete(ruta)
    try:
        return almacen().save(ruta, ContentFile(contenido))
    except Exception:
        with suppress(Exception):
            almacen().delete(ruta)
        raise


def guardar_imagen(imagen: Any, *, cabe: int) -> ImagenGuardada:
    """Keep the print-size copy of an image of the library, of ``cabe`` bytes; ``imagen`` is the site's image model."""
    clave = f"certificados:imagen:{imagen.pk}:{imagen.file.name}:{cabe}"
    guardada: ImagenGuardada | None = cache.get(clave)
    if guardada is None or not almacen().exists(_ruta(guardada)):
        with imagen.file.open("rb") as archivo:
            lista = preparar_imagen(archivo.read(), alternativa="", cabe=cabe)
        guardada = {"sha256": hashlib.sha256(lista.contenido).hexdigest(), "formato": lista.formato, "alternativa": ""}
        poner(_ruta(guardada), lista.contenido)
        cache.set(clave, guardada, _UN_DIA)
    return {**guardada, "alternativa": imagen.description or imagen.title}


def leer_imagen(guardada: ImagenGuardada) -> ImagenImpresa | None:
    """The picture as printed, or None when its file was lost: a missing logo never stops a proof."""
    try:
        with almacen().open(_ruta(guardada)) as archivo:
            contenido = archivo.read()
    except FileNotFoundError:
        return None
    return ImagenImpresa(contenido=contenido, formato=guardada["formato"], alternativa=guardada["alternativa"])


def _ruta(guardada: ImagenGuardada) -> str:
    return f"{_CARPETA}/{guardada['sha256']}.{guardada['formato']}"
