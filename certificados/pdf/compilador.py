"""typst, as every paper of this room uses it: no network, no other fonts, the same bytes for the same data."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from certificados.pdf.letras import CARPETA_DE_FUENTES
from certificados.pdf.ligero import ligero
from marco import qr

if TYPE_CHECKING:  # twenty megabytes: only whoever composes has them
    import typst
    from PIL import Image

CARPETA = Path(__file__).resolve().parent
_NORMAS = ["a-2a", "ua-1"]
_LADO_DEL_QR_MM = 25
# Dots of a picture for each square of its QR, and no fewer: with a dot and a half nothing reads it. Most are then 784
# dots wide, twice what a phone of 360 shows.
_PUNTOS_POR_CUADRITO = 2
_MM_POR_PULGADA = 25.4
_DE_LA_HOJA = ((255, 255, 255), (0, 0, 0), (63, 28, 97), (27, 27, 42), (74, 74, 92))  # as ``comun.typ`` has them
_COLORES = 16 - len(_DE_LA_HOJA)  # of a picture, besides
_PARECIDOS = 30
_IMAGENES = 28  # that a compiler keeps at hand: those of four templates with all their logos and signatures
_del_hilo = threading.local()


class NoSePudoComponer(RuntimeError):
    """The template refused the data; the message is typst's and carries no personal data of ours."""


def compilar(plantilla: str, carga: dict[str, Any], *, fecha: date) -> bytes:
    """Same data, same bytes: the date inside the file is the date of issue."""
    import typst

    sello = datetime.combine(fecha, time(12), tzinfo=UTC)
    try:
        pdf = _compilar(
            plantilla,
            carga,
            format="pdf",
            pdf_standards=_NORMAS,
            timestamp=sello,
        )
    except typst.TypstError as error:
        raise NoSePudoComponer(error.message) from error
    if not isinstance(pdf, bytes):
        raise NoSePudoComponer("typst returned no single file")
    return ligero(pdf)


def dibujar(plantilla: str, carga: dict[str, Any]) -> bytes:
    """The first page as a picture that a phone shows and reads: few colours, few bytes, whole squares."""
    import typst
    from PIL import Image

    cuadrito = carga["qr"]["zona"] / qr.BORDE
    try:
        paginas = _compilar(plantilla, carga, format="png", ppi=_PUNTOS_POR_CUADRITO * _MM_POR_PULGADA / cuadrito)
    except typst.TypstError as error:
        raise NoSePudoComponer(error.message) from error
    primera = paginas[0] if isinstance(paginas, list) else paginas
    salida = BytesIO()
    with Image.open(BytesIO(primera)) as imagen:
        _con_pocos_colores(imagen.convert("RGB")).save(salida, "PNG", optimize=True)
    return salida.getvalue()


def _con_pocos_colores(imagen: Image.Image) -> Image.Image:
    """Its own, and those of the sheet as they are: chosen by how many dots have each, logos or letters lose theirs."""
    from PIL import Image

    con_suyos = imagen.quantize(_COLORES, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    partes = iter(con_suyos.getpalette() or [])
    suyos = zip(partes, partes, partes, strict=True)
    otros = [color for color in suyos if min(_distancia(color, de_la_hoja) for de_la_hoja in _DE_LA_HOJA) > _PARECIDOS]
    paleta = Image.new("P", (1, 1))
    paleta.putpalette([parte for color in (*_DE_LA_HOJA, *otros) for parte in color])
    return imagen.quantize(palette=paleta, dither=Image.Dither.NONE)


def _distancia(uno: Sequence[int], otro: Sequence[int]) -> int:
    return sum(abs(parte - otra) for parte, otra in zip(uno, otro, strict=True))


def _compilar(plantilla: str, carga: dict[str, Any], **como: Any) -> Any:
    """The template with its data, as a string of JSON inside one of typst.

    Not by ``sys_inputs``: they are of its library, and with another library nothing that was laid out serves again.
    Pictures do go there, each under the digest of what it is, and stay: a batch has the same ones.
    """
    tiene: dict[str, str] = _del_hilo.__dict__.setdefault("imagenes", {})
    suyas: dict[str, bytes] = {}

    def clave_de(imagen: bytes) -> str:
        clave = hashlib.sha256(imagen).hexdigest()
        suyas[clave] = imagen
        return clave

    datos = json.dumps(carga, ensure_ascii=False, default=clave_de).replace("\\", r"\\").replace('"', r"\"")
    orden = f'#import "/{plantilla}": papel\n#papel(json(bytes("{datos}")))'.encode()
    if nuevas := suyas.keys() - tiene.keys():
        if len(tiene) + len(nuevas) > _IMAGENES:
            tiene.clear()
            nuevas = suyas.keys()
        tiene |= {clave: json.dumps(list(suyas[clave])) for clave in sorted(nuevas)}
        como["sys_inputs"] = tiene
    return _compilador().compile(orden, **como)


def _compilador() -> typst.Compiler:
    """One per thread: a compiler shared by two threads raises «Already borrowed»."""
    import typst

    compilador: typst.Compiler | None = getattr(_del_hilo, "compilador", None)
    if compilador is None:
        fuentes = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[CARPETA_DE_FUENTES])
        _del_hilo.compilador = compilador = typst.Compiler(
            root=CARPETA,
            font_paths=fuentes,
            ignore_system_fonts=True,
            # No packages: a folder that holds none, so nothing is ever looked for on the network.
            package_path=CARPETA_DE_FUENTES,
            package_cache_path=CARPETA_DE_FUENTES,
        )
    return compilador


def codigo_qr(direccion: str, *, alternativa: str) -> dict[str, Any]:
    """The square that a phone reads, as the templates draw it: 25 mm, its quiet zone and its words."""
    cuadro = qr.dibujar(direccion)
    return {"svg": cuadro.svg, "zona": qr.BORDE * _LADO_DEL_QR_MM / cuadro.lado, "alt": alternativa}
