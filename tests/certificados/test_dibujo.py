"""The picture of a paper, as it is shared and shown on a phone: its square is read, its letters have their colour."""

from __future__ import annotations

import random
from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from certificados.pdf import DatosDeCertificado, componer_imagen
from certificados.services.datos import para_imprimir
from cms.rendimiento.papeles import certificado as del_banco
from marco import codigos, qr

MARCA = (0x3F, 0x1C, 0x61)


@pytest.fixture(scope="module")
def datos() -> DatosDeCertificado:
    return del_banco(logos=2, modulos=0)


def como_la_reenvian(dibujo: Image.Image) -> Image.Image:
    """A messenger makes a photograph of it, and smaller."""
    chica = dibujo.convert("RGB").resize((dibujo.width * 4 // 5, dibujo.height * 4 // 5), Image.Resampling.BILINEAR)
    salida = BytesIO()
    chica.save(salida, "JPEG", quality=60)
    return Image.open(salida)


@pytest.mark.un_motor
@pytest.mark.parametrize(
    "sitio",
    ["aula.pe", "aula.ejemplo.pe", "aula.muni-leoncioprado.gob.pe", "capacitacion.municipalidad-leoncioprado.gob.pe"],
)
def test_the_square_of_a_picture_is_read_whatever_it_says_and_also_once_forwarded(datos, sitio):
    """A dot and a half for each square was not enough for a phone: no domain of more than 25 letters was read."""
    azar = random.Random(30364)
    for _vez in range(5):
        codigo = "".join(azar.choices(codigos.ALFABETO, k=26))
        direccion = f"https://{sitio}/v/{codigo}"
        dibujo = Image.open(BytesIO(componer_imagen(replace(datos, direccion_qr=direccion))))
        for vista in (dibujo, como_la_reenvian(dibujo)):
            assert [leido.text for leido in zxingcpp.read_barcodes(vista)] == [direccion]


@pytest.mark.un_motor
def test_a_picture_keeps_the_colours_of_its_letters_beside_a_logo_of_many_and_weighs_little(datos):
    dibujo = componer_imagen(datos)
    colores = [color for _veces, color in Image.open(BytesIO(dibujo)).convert("RGB").getcolors(16) or []]
    assert {(255, 255, 255), MARCA} <= set(colores)
    rojo, azul = max(r - b for r, _g, b in colores), max(b - r for r, _g, b in colores)
    assert rojo > 30 < azul  # from the middle of the logo to its edge
    assert len(dibujo) <= 14 * 1024


@pytest.mark.django_db
def test_the_square_of_a_long_address_is_no_denser_than_that_of_a_short_one(certificado, visitante):
    """Codes go in it in capitals, that take two thirds of the room of small letters. Both find the paper."""
    certificado.datos["sitio"] = "https://aula.muni-leoncioprado.gob.pe"
    direccion = para_imprimir(certificado).direccion_qr
    assert qr.dibujar(direccion).lado == 33 < qr.dibujar(direccion.lower()).lado
    assert (
        certificado.datos["nombre"]
        in visitante.get(direccion.removeprefix("https://aula.muni-leoncioprado.gob.pe")).text
    )
