"""The square of squares that a phone reads (QR, ISO/IEC 18004), as a drawing."""

from __future__ import annotations

import re
from dataclasses import dataclass

BORDE = 4  # squares that are left empty around it, as the norm asks
_CORRIDAS = re.compile(rb"\0+|[^\0]+")


@dataclass(frozen=True, slots=True)
class Cuadro:
    lado: int  # squares of a side, without its border
    svg: str


def _paso(corridas: int) -> str:
    return "h%dm%d 0" * (corridas // 2) + "h%d" * (corridas % 2)


def dibujar(texto: str, *, clase: str = "") -> Cuadro:
    """What it says, with fifteen of a hundred squares to spare (level M): a stroke for each run of dark ones in a row.

    Which of the eight masks it has is chosen by whoever writes it, by the rule of the norm: with one for all, phones
    read it worse.
    """
    import zxingcpp  # two megabytes: only for who draws one

    puntos = zxingcpp.create_barcode(texto, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(
        scale=1, add_quiet_zones=False
    )
    todos = memoryview(puntos).tobytes()
    lado = len(todos) // puntos.shape[0]
    trazos = []
    for fila in range(lado):
        desde = fila * lado
        # Dark, light, dark… as many as there are of each: a stroke and a jump.
        if (inicio := todos.find(b"\0", desde, desde + lado)) < 0:
            continue
        corridas = [len(una) for una in _CORRIDAS.findall(todos, inicio, desde + lado)]
        trazos.append(f"M{inicio - desde + BORDE} {fila + BORDE}.5" + _paso(len(corridas)) % tuple(corridas))
    entero = lado + 2 * BORDE
    clase = f' class="{clase}"' if clase else ""
    return Cuadro(
        lado,
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {entero} {entero}"{clase}>'
        f'<path fill="#fff" d="M0 0h{entero}v{entero}H0z"/><path stroke="#000" d="{"".join(trazos)}"/></svg>',
    )
