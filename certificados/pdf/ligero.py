"""The same paper in fewer bytes: its small objects kept together, and its pictures as PNG keeps them.

typst writes each object apart, with a table of where each begins, and pictures as bare dots. Here the objects go as
they are to another envelope (ISO 32000-1, 7.5.7 and 7.5.8): none is changed but the pictures. A library of PDF makes
objects of its own of all of it to write it again, which took as long as a plain paper takes whole. What is not written
as typst writes is given back as it came.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

_CUADRO = re.compile(rb"xref\r?\n0 (\d+)\r?\n")
_FILA = 20  # bytes of a row of the table, by the norm
_ES_FLUJO = b"\nendstream"
_LARGO = re.compile(rb"/Length (\d+)")
_IMAGEN = re.compile(rb"/Subtype ?/Image\b")
_COLORES = 256
_APRIETA = 5  # of nine: the next one takes a third more to save eight bytes of a certificate
_PREDICTOR_DE_PNG = 15
_MODOS = {1: "L", 3: "RGB"}
_Objetos = dict[int, bytes]


@dataclass(frozen=True, slots=True)
class _Archivo:
    cabeza: bytes
    objetos: _Objetos  # by their number, without their envelope
    cola: bytes  # what the trailer says, without how many they are


def ligero(pdf: bytes) -> bytes:
    """As PDF 1.5 and PDF/A-2 let: the dots are the same, and so is all that is read aloud."""
    archivo = _leer(pdf)
    if archivo is None:
        return pdf
    flujos = {numero: uno for numero, uno in archivo.objetos.items() if uno.endswith(_ES_FLUJO)}
    sueltos = {numero: uno for numero, uno in archivo.objetos.items() if numero not in flujos}
    for numero, uno in flujos.items():
        if _IMAGEN.search(uno, 0, 200):
            flujos[numero] = _aligerada(uno)
    return _escribir(archivo, flujos, sueltos)


def _leer(pdf: bytes) -> _Archivo | None:
    """Its objects, from its own table of where each begins; None when something is not where it says."""
    desde = pdf.rfind(b"startxref")
    cuadro = _CUADRO.match(pdf, int(pdf[desde + 9 : -5])) if desde > 0 and pdf.endswith(b"%%EOF") else None
    if cuadro is None:
        return None
    cuantos, lugar = int(cuadro[1]), cuadro.end()
    filas = [pdf[lugar + _FILA * n : lugar + _FILA * (n + 1)] for n in range(1, cuantos)]
    lugares = sorted((int(fila[:10]), numero) for numero, fila in enumerate(filas, 1) if fila[17:18] == b"n")
    cola = pdf[lugar + _FILA * cuantos : desde].strip().removeprefix(b"trailer").strip()
    if not lugares or not (cola.startswith(b"<<") and cola.endswith(b">>")) or b"/Prev" in cola:
        return None
    objetos: _Objetos = {}
    finales = [donde for donde, _numero in lugares[1:]] + [cuadro.start()]
    for (donde, numero), hasta in zip(lugares, finales, strict=True):
        abre, cierra = b"%d 0 obj\n" % numero, pdf.rfind(b"\nendobj", donde, hasta)
        if not pdf.startswith(abre, donde) or cierra < 0:
            return None
        objetos[numero] = pdf[donde + len(abre) : cierra]
    return _Archivo(pdf[: lugares[0][0]].strip() + b"\n", objetos, re.sub(rb"/Size \d+", b"", cola[2:-2]))


def _escribir(archivo: _Archivo, flujos: _Objetos, sueltos: _Objetos) -> bytes:
    """Streams as they are, all else in one of objects, and the table as a stream too."""
    juntos = max(archivo.objetos) + 1
    indice, cuerpo, donde = [], [], 0
    for numero, uno in sueltos.items():
        indice.append(b"%d %d" % (numero, donde))
        cuerpo.append(uno)
        donde += len(uno) + 1
    primero = b" ".join(indice) + b"\n"
    todos = flujos | {
        juntos: _flujo(b"/Type/ObjStm/N %d/First %d" % (len(sueltos), len(primero)), primero + b"\n".join(cuerpo))
    }
    salida, lugar = [archivo.cabeza], len(archivo.cabeza)
    filas = {0: struct.pack(">BIH", 0, 0, 65535)}
    filas |= {numero: struct.pack(">BIH", 2, juntos, n) for n, numero in enumerate(sueltos)}
    for numero, uno in todos.items():
        filas[numero] = struct.pack(">BIH", 1, lugar, 0)
        escrito = b"%d 0 obj\n%b\nendobj\n" % (numero, uno)
        salida.append(escrito)
        lugar += len(escrito)
    filas[juntos + 1] = struct.pack(">BIH", 1, lugar, 0)
    vacia = struct.pack(">BIH", 0, 0, 0)
    cuadro = b"".join(filas.get(numero, vacia) for numero in range(juntos + 2))
    dice = b"/Type/XRef/Size %d/W[1 4 2]%b" % (juntos + 2, archivo.cola)
    salida.append(b"%d 0 obj\n%b\nendobj\n" % (juntos + 1, _flujo(dice, cuadro)))
    salida.append(b"startxref\n%d\n%%%%EOF\n" % lugar)
    return b"".join(salida)


def _flujo(dice: bytes, datos: bytes) -> bytes:
    apretados = zlib.compress(datos, _APRIETA)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (dice, len(apretados), apretados)


@lru_cache(maxsize=32)
def _aligerada(flujo: bytes) -> bytes:
    """A picture with each dot beside its neighbours, and few colours by their number: once for a thousand papers."""
    dice, _stream, resto = flujo.partition(b"stream\n")
    dichos = {clave: re.search(rb"/" + clave + rb" ?(\d+ 0 R|\d+)", dice) for clave in _DE_UNA_IMAGEN}
    largo, ancho, alto, bits, color = (dicho[1] if dicho else b"" for dicho in dichos.values())
    if not all((largo, ancho, alto, color)) or bits != b"8" or b"/FlateDecode" not in dice or b"/DecodeParms" in dice:
        return flujo
    puntos = zlib.decompress(resto[: int(largo)])
    por_punto = len(puntos) // (int(ancho) * int(alto))
    if por_punto not in _MODOS or len(puntos) != int(ancho) * int(alto) * por_punto:
        return flujo
    usa, paleta, datos = _como_png(puntos, _MODOS[por_punto], int(ancho), int(alto))
    if len(datos) + len(paleta) >= int(largo):
        return flujo
    if paleta:
        indexado = b"[/Indexed %b %d<%b>]" % (color, len(paleta) // por_punto - 1, paleta.hex().encode())
        dice = dice.replace(b"/ColorSpace " + color, b"/ColorSpace" + indexado)
        dice = dice.replace(b"/BitsPerComponent 8", b"/BitsPerComponent %d" % usa)
    parametros = (_PREDICTOR_DE_PNG, usa, int(ancho), 1 if paleta else por_punto)
    de_png = b"/DecodeParms<</Predictor %d/BitsPerComponent %d/Columns %d/Colors %d>>" % parametros
    dice = _LARGO.sub(b"/Length %d" % len(datos) + de_png, dice)
    return b"%bstream\n%b\nendstream" % (dice, datos)


_DE_UNA_IMAGEN = (b"Length", b"Width", b"Height", b"BitsPerComponent", b"ColorSpace")


def _como_png(puntos: bytes, modo: str, ancho: int, alto: int) -> tuple[int, bytes, bytes]:
    """Bits of a colour, its palette if it has few, and the dots."""
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
