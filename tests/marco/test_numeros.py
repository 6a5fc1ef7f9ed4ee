"""A number that came from outside is plain digits of a size that the database takes, or it is no number."""

import pytest

from marco.numeros import MAYOR, entero_de


@pytest.mark.parametrize(
    ("texto", "numero"),
    [("0", 0), ("7", 7), ("007", 7), (str(MAYOR), MAYOR), ("1" * 10, 1_111_111_111)],
)
def test_plain_digits_are_a_number(texto, numero):
    assert entero_de(texto) == numero


NO_SON = ["", " 7", "-1", "+1", "1.0", "1e3", "²", "٣", "七", "9" * 5000, str(MAYOR + 1), "0" * 11]


@pytest.mark.parametrize("texto", NO_SON)
def test_nothing_else_is(texto):
    assert entero_de(texto) is None


def test_it_may_be_bounded():
    assert (entero_de("999", hasta=999), entero_de("1000", hasta=999)) == (999, None)
