"""The same paper in fewer bytes: what a reader of the file never looks at, and what was kept the long way.

typst writes each object apart, the names and the licence of each font inside it, and pictures as bare dots.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_COMO_SE_GUARDA = {"deterministic_id": True, "fix_metadata_version": False}
_TRUETYPE = b"\x00\x01\x00\x00"
_SOBRA = {b"name"}  # ISO 32000-1, 9.9: a font inside a file needs neither who made it nor its licence
_COLORES = 256
_PREDICTOR_DE_PNG = 15
_MODOS = {1: "L", 3: "RGB"}


def ligero(pdf: bytes) -> bytes:
    """As PDF 1.5 and PDF/A-2 let: the dots are the same, and so is all that is read aloud."""
    import pikepdf

    pikepdf.settings.set_flate_compression_level(9)
    salida = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as abierto:
        for objeto in abierto.objects:
            if not isinstance(objeto, pikepdf.Dictionary | pikepdf.Stream):
                continue
            if objeto.get("/Type") == "/FontDescriptor" and "/FontFile2" in objeto:
                letras = objeto.FontFile2
                letras.write(_sin_lo_que_sobra(letras.read_bytes()))
            elif objeto.get("/Subtype") == "/Image" and objeto.get("/Filter") == "/FlateDecode":
                _aligerar(objeto, abierto)
        abierto.save(salida, **_COMO_SE_GUARDA, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return salida.getvalue()


@lru_cache(maxsize=256)
def _sin_lo_que_sobra(letras: bytes) -> bytes:
    """A TrueType font without the parts that only who installs it reads."""
    if letras[:4] != _TRUETYPE:
        return letras
    cuantas = struct.unpack(">H", letras[4:6])[0]
    partes = [struct.unpack(">4sIII", letras[12 + 16 * n : 28 + 16 * n]) for n in range(cuantas)]
    quedan = [parte for parte in partes if parte[0] not in _SOBRA]
    potencia = 1 << (len(quedan).bit_length() - 1)
    cabeza = struct.pack(
        ">4sHHHH", _TRUETYPE, len(quedan), potencia * 16, potencia.bit_length() - 1, (len(quedan) - potencia) * 16
    )
    lugar, indice, cuerpo = 12 + 16 * len(quedan), b"", b""
    for nombre, suma, desde, largo in quedan:
        indice += struct.pack(">4sIII", nombre, suma, lugar + len(cuerpo), largo)
        cuerpo += letras[desde : desde + largo] + b"\x00" * (-largo % 4)
    return cabeza + indice + cuerpo


def _aligerar(imagen: pikepdf.Stream, abierto: pikepdf.Pdf) -> None:
    """Write its dots as PNG does: each beside its neighbours, and few colours by their number."""
    import pikepdf

    puntos = imagen.read_bytes()
    ancho, alto = int(imagen.Width), int(imagen.Height)
    por_punto = len(puntos) // (ancho * alto)
    if int(imagen.BitsPerComponent) != 8 or por_punto not in _MODOS or len(puntos) != ancho * alto * por_punto:
        return
    bits, paleta, datos = _como_png(puntos, _MODOS[por_punto], ancho, alto)
    if len(datos) + len(paleta) >= len(imagen.read_raw_bytes()):
        return
    parametros: dict[str, Any] = {"/Predictor": _PREDICTOR_DE_PNG, "/BitsPerComponent": bits, "/Columns": ancho}
    if paleta:
        base = imagen.ColorSpace
        imagen.ColorSpace = abierto.make_indirect(
            pikepdf.Array([pikepdf.Name.Indexed, base, len(paleta) // por_punto - 1, pikepdf.String(paleta)])
        )
        imagen.BitsPerComponent = bits
    parametros["/Colors"] = 1 if paleta else por_punto
    imagen.write(datos, filter=pikepdf.Name.FlateDecode, decode_parms=pikepdf.Dictionary(parametros))


@lru_cache(maxsize=32)
def _como_png(puntos: bytes, modo: str, ancho: int, alto: int) -> tuple[int, bytes, bytes]:
    """Bits of a colour, its palette if it has few, and the dots. A logo is the same in a thousand papers."""
    from PIL import Image

    imagen = Image.frombytes(modo, (ancho, alto), puntos)
    paleta = b""
    if modo == "RGB" and (colores := imagen.getcolors(_COLORES)):
        numeros = {color: n for n, (_veces, color) in enumerate(sorted(colores, reverse=True))}
        rojos, verdes, azules = (puntos[n::3] for n in range(3))
        con_numeros = bytes(numeros[color] for color in zip(rojos, verdes, azules, strict=True))
        paleta = bytes(parte for color in numeros for parte in color)
        imagen = Image.frombytes("P", imagen.size, con_numeros)
        imagen.putpalette(paleta)
    salida = BytesIO()
    imagen.save(salida, "PNG", optimize=True)
    png = salida.getvalue()
    lugar, datos, bits = 8, b"", 8
    while lugar < len(png):
        largo, clase = struct.unpack(">I4s", png[lugar : lugar + 8])
        trozo = png[lugar + 8 : lugar + 8 + largo]
        if clase == b"IHDR":
            bits = trozo[8]
        elif clase == b"IDAT":
            datos += trozo
        lugar += largo + 12
    return bits, paleta, datos
