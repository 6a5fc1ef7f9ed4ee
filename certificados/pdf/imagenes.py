"""Logos and pictures of signatures, reduced to what the paper needs."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from certificados.pdf.datos import ImagenImpresa

# 58 × 16 mm at 300 dots per inch.
_ANCHO, _ALTO = 685, 189
_MAXIMO_DE_BYTES = 22_000
_MAXIMO_DE_PUNTOS = 40_000_000


class ImagenNoValida(ValueError):
    pass


def preparar_imagen(contenido: bytes, *, alternativa: str) -> ImagenImpresa:
    """Flatten on white, shrink and recompress; metadata of the original is dropped."""
    try:
        with Image.open(BytesIO(contenido), formats=("PNG", "JPEG", "WEBP", "GIF", "AVIF")) as original:
            if original.width * original.height > _MAXIMO_DE_PUNTOS:
                raise ImagenNoValida("demasiado_grande")
            con_alfa = ImageOps.exif_transpose(original).convert("RGBA")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise ImagenNoValida("ilegible") from error
    con_alfa.thumbnail((_ANCHO, _ALTO), Image.Resampling.LANCZOS)
    papel = Image.new("RGB", con_alfa.size, "white")
    papel.paste(con_alfa, mask=con_alfa.getchannel("A"))
    return _mas_ligera(papel, alternativa)


def _mas_ligera(imagen: Image.Image, alternativa: str) -> ImagenImpresa:
    png = _guardar(imagen, "PNG", optimize=True)
    if len(png) <= _MAXIMO_DE_BYTES:
        return ImagenImpresa(contenido=png, formato="png", alternativa=alternativa)
    for calidad in (85, 70, 55, 40):
        jpg = _guardar(imagen, "JPEG", quality=calidad, optimize=True)
        if len(jpg) <= _MAXIMO_DE_BYTES:
            break
    return ImagenImpresa(contenido=jpg, formato="jpg", alternativa=alternativa)


def _guardar(imagen: Image.Image, formato: str, **opciones: object) -> bytes:
    salida = BytesIO()
    imagen.save(salida, formato, **opciones)
    return salida.getvalue()
