"""Logos and pictures of signatures, reduced to what the paper needs."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from certificados.pdf.datos import ImagenImpresa

# 58 × 16 mm at 300 dots per inch; then less, down to what a screen of a phone shows and an office printer prints.
_ANCHO, _ALTO = 685, 189
_PUNTOS = (300, 240, 200, 150, 110, 90)
_COLORES = (64, 24, 12)
_CALIDADES = (60, 40)
MAXIMO_DE_BYTES = 5_500  # of all the pictures of a paper: with them, its letters and its square fit in 30 KB
CON_CONTENIDO = 3_200  # where it has a second page
_MINIMO_DE_BYTES = 700
_MAXIMO_DE_PUNTOS = 40_000_000


class ImagenNoValida(ValueError):
    pass


def cabe_a_cada_una(cuantas: int, *, con_contenido: bool = False) -> int:
    """How many bytes each of the pictures of a paper may take."""
    return max((CON_CONTENIDO if con_contenido else MAXIMO_DE_BYTES) // max(cuantas, 1), _MINIMO_DE_BYTES)


def preparar_imagen(contenido: bytes, *, alternativa: str, cabe: int = MAXIMO_DE_BYTES) -> ImagenImpresa:
    """Flatten on white, shrink and recompress until it fits; metadata of the original is dropped."""
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
    return _mas_ligera(papel, alternativa, cabe)


def _mas_ligera(imagen: Image.Image, alternativa: str, cabe: int) -> ImagenImpresa:
    """The first that fits, from the finest on: as it is, with few colours, as a photograph, and with fewer dots."""
    mejor = ImagenImpresa(contenido=_guardar(imagen, "PNG", optimize=True), formato="png", alternativa=alternativa)
    for puntos in _PUNTOS:
        if len(mejor.contenido) <= cabe:
            break
        chica = imagen.copy()
        chica.thumbnail((_ANCHO * puntos // 300, _ALTO * puntos // 300), Image.Resampling.LANCZOS)
        for formato, escrita in _maneras(chica):
            if len(escrita) < len(mejor.contenido):
                mejor = ImagenImpresa(contenido=escrita, formato=formato, alternativa=alternativa)
            if len(escrita) <= cabe:
                break
    return mejor


def _maneras(imagen: Image.Image) -> Iterator[tuple[str, bytes]]:
    for colores in _COLORES:
        pocos = imagen.quantize(colores, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        yield "png", _guardar(pocos, "PNG", optimize=True)
    for calidad in _CALIDADES:
        yield "jpg", _guardar(imagen, "JPEG", quality=calidad, optimize=True)


def _guardar(imagen: Image.Image, formato: str, **opciones: object) -> bytes:
    salida = BytesIO()
    imagen.save(salida, formato, **opciones)
    return salida.getvalue()
