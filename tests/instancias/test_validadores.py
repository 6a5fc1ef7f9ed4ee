"""Numbers that people dial and type: the ten of a telephone, and nothing after them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from instancias.validators import son_numeros, validar_celular, validar_dni


@pytest.mark.parametrize("mal", ["٩٨٧٦٥٤٣٢١", "９８７６５４３２１", "98765432¹", "987654321\n", "887654321", ""])
def test_a_phone_has_nine_common_numbers(mal):
    validar_celular("987654321")
    with pytest.raises(ValidationError):
        validar_celular(mal)


@pytest.mark.parametrize(
    "mal", ["٧٠٤٤٠٠٠٣", "７０４４０００３", "7044000²", "70440003\n", "7044000", "704400035", "00000000", ""]
)
def test_a_dni_has_eight_common_numbers(mal):
    validar_dni("70440003")
    with pytest.raises(ValidationError):
        validar_dni(mal)


def test_numbers_of_other_scripts_are_not_numbers():
    assert son_numeros("0123456789")
    assert not any(map(son_numeros, ["", "٧", "７", "²", "-1", "1.0"]))
