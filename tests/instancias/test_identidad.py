"""When two names typed by different hands may be one person's, and when they are two."""

from __future__ import annotations

import pytest

from instancias.identidad import puede_ser_la_misma, se_escriben_igual


@pytest.mark.parametrize(
    ("uno", "otro"),
    [
        (("José", "Muñoz Peña"), ("JOSE", "MUNOZ  PENA")),
        (("Rosa María", "Quispe"), ("Rosa  Maria", "quispe")),
        (("Ana", "de la Cruz"), ("Ana", "De La Cruz")),
        (("Ana", "de la Cruz"), ("Ana", "Delacruz")),
        (("Luz", "D'Angelo-Ruiz"), ("LUZ", "D ANGELO RUIZ")),
    ],
)
def test_accents_capitals_and_spaces_do_not_make_another_name(uno, otro):
    assert se_escriben_igual(uno, otro)
    assert puede_ser_la_misma(otro, uno)


@pytest.mark.parametrize(
    ("uno", "otro"),
    [
        (("Rosa", "Quispe Huamán"), ("Rosa", "Quispe")),
        (("Rosa", "Quispe Huamán"), ("Rosa Elena", "Quispe Huamán")),
        (("Rosa Elena", "Quispe Huamán"), ("Elena", "Quispe Huamán")),
        (("Rosa Elena", "Quispe"), ("Rosa", "Quispe Huamán")),
        (("Rosa E.", "Quispe H."), ("Rosa Elena", "Quispe Huamán")),
        (("Ana", "de la Cruz Ríos"), ("Ana", "Cruz Ríos")),
        (("Rosa", "Quispe Huamán"), ("Rosa", "Quispe Huamani")),
        (("Jhon", "Quispe Huamán"), ("John", "Quispe Huamán")),
        (("Elsa", "Quispe Huamán"), ("Elza", "Quispe Huamán")),
    ],
)
def test_a_name_less_or_one_letter_wrong_may_be_the_same_person(uno, otro):
    assert not se_escriben_igual(uno, otro)
    assert puede_ser_la_misma(uno, otro)
    assert puede_ser_la_misma(otro, uno)


@pytest.mark.parametrize(
    ("uno", "otro"),
    [
        (("Nilton", "Quispe Fretel"), ("Rosa Amelia", "Distinta Otra")),
        (("Nilton", "Quispe Fretel"), ("Rosa", "Quispe Fretel")),  # brother and sister
        (("Mario", "Quispe Fretel"), ("María", "Quispe Fretel")),
        (("Luis", "Quispe Fretel"), ("Luisa", "Quispe Fretel")),
        (("Rosa", "Quispe Fretel"), ("Rosa", "Quispe Huamán")),
        (("Rosa", "Quispe Fretel"), ("Rosa", "Fretel")),
        (("Rosa", "Quispe Fretel"), ("Elza", "Quispy")),
        (("Rosa", "de la Cruz"), ("Rosa", "de la Peña")),
        (("Rosa", "de la"), ("Rosa", "del")),
        (("Роза", "Иванова"), ("Ольга", "Петрова")),
    ],
)
def test_another_first_name_or_surname_is_another_person(uno, otro):
    assert not puede_ser_la_misma(uno, otro)
    assert not puede_ser_la_misma(otro, uno)
