"""What a file weighs and what it may weigh are never told with the same words."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import translation

from marco.pesos import peso_y_maximo
from marco.validators import LOGO_MAXIMO, validar_logo

pytestmark = pytest.mark.un_motor
MEGA = 1024 * 1024


@pytest.mark.parametrize(
    ("bytes_", "maximo", "dicho"),
    [
        (3 * MEGA, MEGA, ("3,0 MB", "1,0 MB")),
        (MEGA + 40_000, MEGA, ("1,04 MB", "1,00 MB")),
        (MEGA + 1, MEGA, ("1 048 577 bytes", "1 048 576 bytes")),
        (10 * MEGA + 30_000, 10 * MEGA, ("10,03 MB", "10,00 MB")),
        (512 * 1024 + 40, 512 * 1024, ("512,04 KB", "512,00 KB")),
        (901, 900, ("901 bytes", "900 bytes")),
    ],
)
def test_the_two_are_told_apart(bytes_, maximo, dicho):
    with translation.override("es-pe"):
        escrito = peso_y_maximo(bytes_, maximo)
    assert tuple(escrito[clave].replace("\xa0", " ") for clave in ("pesa", "maximo")) == dicho


def test_a_logo_that_weighs_too_much_says_how_much(monkeypatch):
    monkeypatch.setattr("marco.validators._es_imagen", lambda _archivo, _formato: True)
    with pytest.raises(ValidationError) as dicho:
        validar_logo(ContentFile(bytes(LOGO_MAXIMO + 40), name="muni.png"))
    assert "pesa 512,04 KB y puede pesar hasta 512,00 KB" in dicho.value.messages[0].replace("\xa0", " ")
