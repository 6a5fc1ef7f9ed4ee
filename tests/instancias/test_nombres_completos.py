"""Whole names, split where the surnames of Peru begin."""

from __future__ import annotations

import pytest

from instancias.padron.diccionario.nombres_completos import orden_de, partir


@pytest.mark.parametrize(
    ("completo", "nombres", "apellidos"),
    [
        ("ROSA ELENA QUISPE HUAMÁN", "ROSA ELENA", "QUISPE HUAMÁN"),
        ("María del Pilar Campos Ramírez", "María del Pilar", "Campos Ramírez"),
        ("Flor de María Pinedo Ríos", "Flor de María", "Pinedo Ríos"),
        ("Wilmer De la Cruz Ríos", "Wilmer", "De la Cruz Ríos"),
        ("Nélida Del Águila Peña", "Nélida", "Del Águila Peña"),
        ("Víctor La Torre San Martín", "Víctor", "La Torre San Martín"),
        ("Juan Ponce de León Ruiz", "Juan", "Ponce de León Ruiz"),
        ("Juan José De los Santos", "Juan José", "De los Santos"),
        ("Rosa Quispe", "Rosa", "Quispe"),
        ("Sr. Máximo Cárdenas Núñez", "Máximo", "Cárdenas Núñez"),
        ("José Luis Santos Flores", "José Luis", "Santos Flores"),
    ],
)
def test_names_first(completo, nombres, apellidos):
    partido = partir(completo, orden="nombres")
    assert (partido.nombres, partido.apellidos, partido.seguro) == (nombres, apellidos, False)


@pytest.mark.parametrize(
    ("completo", "nombres", "apellidos"),
    [
        ("QUISPE HUAMÁN ROSA ELENA", "ROSA ELENA", "QUISPE HUAMÁN"),
        ("DE LA CRUZ RÍOS WILMER", "WILMER", "DE LA CRUZ RÍOS"),
        ("DEL ÁGUILA PEÑA NÉLIDA", "NÉLIDA", "DEL ÁGUILA PEÑA"),
        ("PONCE DE LEÓN RUIZ JUAN JOSÉ", "JUAN JOSÉ", "PONCE DE LEÓN RUIZ"),
        ("CAMPOS MARÍA DEL PILAR", "MARÍA DEL PILAR", "CAMPOS"),
        ("SANTOS FLORES JOSÉ LUIS", "JOSÉ LUIS", "SANTOS FLORES"),
    ],
)
def test_surnames_first(completo, nombres, apellidos):
    partido = partir(completo, orden="apellidos")
    assert (partido.nombres, partido.apellidos, partido.seguro) == (nombres, apellidos, False)


def test_a_comma_is_sure_unless_the_heading_says_another_thing():
    assert partir("DE LA CRUZ RÍOS, WILMER").seguro
    assert partir("DE LA CRUZ RÍOS, WILMER").apellidos == "DE LA CRUZ RÍOS"
    al_reves = partir("Rosa Elena, Quispe Huamán", orden="nombres")
    assert (al_reves.nombres, al_reves.apellidos, al_reves.seguro) == ("Rosa Elena", "Quispe Huamán", False)


def test_one_word_is_no_whole_name():
    assert partir("Rosa").apellidos == ""


def test_a_column_that_does_not_say_its_order_is_told_by_most_of_its_cells():
    assert orden_de(["QUISPE HUAMÁN ROSA", "RÍOS TELLO ELSA", "JUAN QUISPE"]) == "apellidos"
    assert orden_de(["ROSA QUISPE HUAMÁN", "ELSA RÍOS TELLO"]) == "nombres"
    assert orden_de(["Xyz Abc"]) == "nombres"
