"""What the heading of a result says must be true of the number beside it."""

from __future__ import annotations

import pytest

from tests.evaluaciones.factories import buenas, empezar
from tests.evaluaciones.test_paginas import campos, lugar, titulo

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.mark.parametrize(
    ("acertadas", "dice"),
    [
        (1, "Todavía no: 1 de 10. Necesita 7"),
        (3, "Todavía no: 3 de 10. Necesita 7"),
        (4, "Le falta poco: 4 de 10. Necesita 7"),
        (7, "Terminó el curso"),
    ],
)
def test_only_who_has_half_of_what_is_needed_is_told_that_little_is_missing(
    entrar, integrante, inscrita, unidad, acertadas, dice
):
    cliente = entrar(integrante)
    intento = empezar(integrante, unidad)
    resultado = cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, acertadas)))
    assert titulo(resultado) == dice
