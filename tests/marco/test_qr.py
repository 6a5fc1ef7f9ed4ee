"""The square, read again from its drawing."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from marco.qr import BORDE, dibujar

pytestmark = pytest.mark.un_motor
DIRECCION = "https://aula.ejemplo.pe/v/7k3m9xq24t7k3m9xq24t7k3m9x"


def pintado(svg: str, lado: int, *, puntos: int) -> Image.Image:
    """What the strokes draw, with so many dots a square."""
    entero = lado + 2 * BORDE
    imagen = Image.new("L", (entero * puntos, entero * puntos), 255)
    lapiz = ImageDraw.Draw(imagen)
    for corrida in re.findall(r"M(\d+) (\d+)\.5h(\d+)", svg):
        x, y, largo = (int(numero) * puntos for numero in corrida)
        lapiz.rectangle((x, y, x + largo - 1, y + puntos - 1), fill=0)
    return imagen


@pytest.mark.parametrize("texto", [DIRECCION, "a", "Ñandú & <b>", DIRECCION * 8])
def test_says_the_text_with_a_border_and_squares_to_spare(texto):
    cuadro = dibujar(texto)
    [leido] = zxingcpp.read_barcodes(pintado(cuadro.svg, cuadro.lado, puntos=3))
    assert (leido.text, leido.ec_level) == (texto, "M")
    assert cuadro.lado % 4 == 1 and f'viewBox="0 0 {cuadro.lado + 8} {cuadro.lado + 8}"' in cuadro.svg


def test_the_same_text_gives_the_same_drawing_and_its_class():
    assert dibujar(DIRECCION) == dibujar(DIRECCION)
    assert ' class="k-qr"' in dibujar(DIRECCION, clase="k-qr").svg and "class" not in dibujar(DIRECCION).svg
