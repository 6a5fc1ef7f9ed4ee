"""What surely fits is not measured: the bound is never under what letters take, and what is plain is clean already."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from certificados.pdf import letras
from certificados.pdf.letras import CARPETA_DE_FUENTES, ancho_a_lo_mas, cabe_en_renglones, limpiar

pytestmark = pytest.mark.un_motor
LLANAS = [chr(n) for n in (*range(0x20, 0x17F), 0x2013, 0x2014, *range(0x2018, 0x201E)) if n not in range(0x7F, 0xA1)]
LLANAS.remove("\xad")
TIPOS = [
    ImageFont.truetype(CARPETA_DE_FUENTES / f"NotoSans-{peso}.ttf", 1000, layout_engine=ImageFont.Layout.BASIC)
    for peso in ("Regular", "Bold")
]


@pytest.mark.parametrize("tipo", TIPOS)
def test_no_letter_is_wider_than_its_bound(tipo):
    assert [c for c in LLANAS if tipo.getlength(c) > 1000 * (ancho_a_lo_mas(c) or 0)] == []


@given(st.text(alphabet=LLANAS))
def test_a_plain_text_is_cleaned_as_any_other(texto):
    otro = "\u0416" + texto + "\u0416"  # with letters that are not plain, the long way
    assert letras._LLANO.fullmatch(texto) and not letras._LLANO.fullmatch(otro)
    assert limpiar(otro)[1:-1].strip() == limpiar(texto)
    assert unicodedata.is_normalized("NFC", texto)


def test_what_has_other_letters_or_may_not_fit_is_measured():
    assert cabe_en_renglones("Rosa Elvira Quispe Ñaupari", ancho=28, renglones=1)
    assert not cabe_en_renglones("Rosa Elvira Шевченко", ancho=28, renglones=1)
    assert not cabe_en_renglones("W" * 29, ancho=28, renglones=1)
    assert cabe_en_renglones("a " * 400, ancho=49, renglones=6) is False
    assert cabe_en_renglones("", ancho=1, renglones=1)
