"""The square of squares that a phone reads (QR, ISO/IEC 18004), as a drawing."""

from __future__ import annotations

import re
from dataclasses import dataclass

BORDE = 4  # squares that are left empty around it, as the norm asks and the library leaves them
_OSCUROS = re.compile(rb"\0+")


@dataclass(frozen=True, slots=True)
class Cuadro:
    lado: int  # squares of a side, without its border
    svg: str


def dibujar(texto: str, *, clase: str = "") -> Cuadro:
    """What it says, with fifteen of a hundred squares to spare (level M): a stroke for each run of dark ones in a row.

    Which of the eight masks it has is chosen by whoever writes it, by the rule of the norm: with one for all, phones
    read it worse.
    """
    import zxingcpp  # two megabytes: only for who draws one

    codigo = zxingcpp.create_barcode(texto, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    puntos = memoryview(codigo.to_image(scale=1, add_quiet_zones=True)).tobytes()
    entero = int(len(puntos) ** 0.5)
    corridas = [corrida.span() for corrida in _OSCUROS.finditer(puntos)]  # none goes over the border to the next row
    trazo = "".join([f"M{desde % entero} {desde // entero}.5h{hasta - desde}" for desde, hasta in corridas])
    clase = f' class="{clase}"' if clase else ""
    return Cuadro(
        entero - 2 * BORDE,
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {entero} {entero}"{clase}>'
        f'<path fill="#fff" d="M0 0h{entero}v{entero}H0z"/><path stroke="#000" d="{trazo}"/></svg>',
    )
