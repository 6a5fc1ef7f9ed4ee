"""Pictures that somebody uploads, written again: whole, light, still, and without traces of who took them or where.

What comes out holds the points of the picture and nothing of its file: no place, no camera, no comment, no profile, no
second picture, nothing glued behind. What cannot be written again is refused, in words.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LADO_MAXIMO = 1600
FORMATOS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85},
    "PNG": {},
    "WEBP": {"quality": 85},
    "AVIF": {"quality": 70},
    "GIF": {},
}
# Several pictures in one .jpg, as many phones write them: the first is the photograph, the others are of the camera.
FOTO_CON_OTRAS = "MPO"
# A JPEG is read at the size that is needed; the others, whole: each point costs four bytes of memory.
PUNTOS_MAXIMOS = 24_000_000
PUNTOS_MAXIMOS_DE_JPEG = 80_000_000
# What a phone writes at the start of a picture, in place of a JPEG. An AVIF of the same family says that it is one.
MARCAS_DE_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
MARCAS_DE_VARIOS = {b"mif1", b"msf1"}
DANADA = (OSError, SyntaxError, ValueError, EOFError, IndexError, Image.DecompressionBombError)


def reescribir(archivo: Any, *, lado: int = LADO_MAXIMO) -> bytes:
    """Return the picture written again, its longest side no more than ``lado``. Of an animation, its first image.

    Raises ValidationError (``imagen_ajena``, ``imagen_heic``, ``imagen_enorme``, ``imagen_danada``) when it cannot be.
    """
    archivo.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its size, that is measured here; of tags that nobody keeps
            return _reescribir(archivo, lado)
    except UnidentifiedImageError as error:
        raise (foto_en_heic() if es_heic(archivo) else _ajena()) from error
    except DANADA as error:
        if es_heic(archivo):
            raise foto_en_heic() from error
        raise ValidationError(
            _("La imagen está dañada o incompleta. Ábrala en su celular o computadora, guárdela otra vez y súbala."),
            code="imagen_danada",
        ) from error
    finally:
        archivo.seek(0)


def _reescribir(archivo: Any, lado: int) -> bytes:
    with Image.open(archivo, formats=list(FORMATOS)) as original:
        formato = "JPEG" if original.format == FOTO_CON_OTRAS else original.format or ""
        _medir(original, formato)
        if formato == "JPEG":
            original.draft(original.mode, (lado, lado))
        original.load()  # to its last point: what was cut on the way is known here
        derecha = ImageOps.exif_transpose(original)
        if max(derecha.size) > lado:
            if formato == "GIF":
                derecha = derecha.convert("RGBA" if "transparency" in derecha.info else "RGB")
            derecha.thumbnail((lado, lado))
        limpia = derecha.copy()
    limpia.info = {clave: valor for clave, valor in limpia.info.items() if clave == "transparency"}
    salida = BytesIO()
    limpia.save(salida, format=formato, **FORMATOS[formato])
    return salida.getvalue()


def _medir(original: Image.Image, formato: str) -> None:
    puntos = original.width * original.height
    if puntos > (PUNTOS_MAXIMOS_DE_JPEG if formato == "JPEG" else PUNTOS_MAXIMOS):
        mensaje = _("La imagen mide %(ancho)d × %(alto)d puntos y es demasiado grande. Redúzcala y súbala otra vez.")
        raise ValidationError(mensaje % {"ancho": original.width, "alto": original.height}, code="imagen_enorme")


def es_heic(archivo: Any) -> bool:
    archivo.seek(0)
    inicio = archivo.read(64)
    archivo.seek(0)
    if inicio[4:8] != b"ftyp":
        return False
    largo = int.from_bytes(inicio[:4], "big")
    marcas = {inicio[n : n + 4] for n in range(8, min(largo, len(inicio)), 4)}
    return bool(marcas & MARCAS_DE_HEIC or (marcas & MARCAS_DE_VARIOS and b"avif" not in marcas))


def foto_en_heic() -> ValidationError:
    motivo = _("La foto está en HEIC, un formato de celular que no se puede mostrar.")
    return ValidationError(f"{motivo} {_como_pasarla()}", code="imagen_heic")


def formatos_de_foto() -> str:
    """What may be uploaded, and what to do with what a phone writes by itself."""
    motivo = _("Suba una foto JPEG, PNG, WebP, AVIF o GIF. Las .heic de un celular no se pueden mostrar.")
    return f"{motivo} {_como_pasarla()}"


def _como_pasarla() -> str:
    return _(
        "Envíesela por WhatsApp, guárdela y suba esa. O tómela otra vez: en un iPhone, en los ajustes de Cámara, "
        "Formatos, elija «Más compatible»."
    )


def _ajena() -> ValidationError:
    return ValidationError(
        _("El archivo no es una imagen que se pueda mostrar. Suba una foto JPEG, PNG, WebP, AVIF o GIF."),
        code="imagen_ajena",
    )
