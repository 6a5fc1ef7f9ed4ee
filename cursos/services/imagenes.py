"""Pictures of the lessons: light, without traces of who took them or where, and under names that tell nothing."""

from __future__ import annotations

import secrets
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

LADO_MAXIMO = 1600
FORMATOS = {"JPEG": {"quality": 85}, "PNG": {}, "WEBP": {"quality": 85}, "AVIF": {"quality": 70}}
# Several pictures in one .jpg, as many phones write them: the first is the photograph, the others are of the camera.
FOTO_CON_OTRAS = "MPO"
ANCHOS = (360, 720)
SALIDAS = ("avif", "webp", "jpeg")


def limpiar_original(imagen: Any) -> None:
    """Shrink a picture that is being uploaded, drop its metadata (place, camera) and give it a neutral name.

    What cannot be written again without loss (an animation) only changes its name.
    """
    nombre = f"{secrets.token_hex(8)}{PurePath(imagen.file.name).suffix.lower()}"
    contenido = _reescribir(imagen.file)
    if contenido is None:
        imagen.file.name = nombre
        return
    imagen.file = ContentFile(contenido, name=nombre)
    imagen._set_image_file_metadata()


def preparar_versiones(leccion: Any) -> None:
    """Make the sizes that the steps of a lesson will ask for, so that reading it only reads."""
    filtros = [f"format-{salida}|width-{ancho}" for salida in SALIDAS for ancho in ANCHOS]
    for bloque in leccion.pasos:
        if bloque.block_type == "imagen" and bloque.value.get("imagen"):
            bloque.value["imagen"].get_renditions(*filtros)


def _reescribir(archivo: Any) -> bytes | None:
    try:
        archivo.seek(0)
        with Image.open(archivo) as original:
            formato = original.format or ""
            if formato == FOTO_CON_OTRAS:
                formato = "JPEG"
                original.seek(0)
            elif getattr(original, "is_animated", False):
                return None
            if formato not in FORMATOS:
                return None
            derecha = ImageOps.exif_transpose(original)
            derecha.thumbnail((LADO_MAXIMO, LADO_MAXIMO))
            limpia = derecha.copy()
    except (UnidentifiedImageError, OSError):
        return None
    finally:
        archivo.seek(0)
    limpia.info = {clave: valor for clave, valor in limpia.info.items() if clave == "transparency"}
    salida = BytesIO()
    limpia.save(salida, format=formato, **FORMATOS[formato])
    return salida.getvalue()
