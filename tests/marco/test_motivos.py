"""The reason of an act that stays is read by one rule."""

import pytest

from marco.errores import ErrorDeDominio
from marco.motivos import LARGO_DEL_MOTIVO, leer_motivo

pytestmark = pytest.mark.un_motor


def leido(texto: str) -> str:
    return leer_motivo(texto, falta="Escriba por qué.", error=ErrorDeDominio)


def test_a_reason_is_kept_as_one_line():
    assert leido("  Estuvo \n de  licencia ") == "Estuvo de licencia"
    assert leido("x" * LARGO_DEL_MOTIVO) == "x" * LARGO_DEL_MOTIVO


@pytest.mark.parametrize(
    ("texto", "codigo", "dicho"),
    [
        (" \t", "sin_motivo", "Escriba por qué."),
        ("x" * 201, "sin_motivo", "tiene 201 letras. Escriba hasta 200"),
        ("Pidi\ufffd tiempo", "mal_escrito", "Se leyó"),
    ],
)
def test_what_is_no_reason_is_told_and_never_cut_in_silence(texto, codigo, dicho):
    with pytest.raises(ErrorDeDominio) as error:
        leido(texto)
    assert error.value.codigo == codigo and dicho in error.value.mensaje
