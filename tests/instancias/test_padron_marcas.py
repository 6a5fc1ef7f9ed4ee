"""A column for each seat and an X where it applies: the heading is what the cell says."""

from __future__ import annotations

import pytest

from instancias.padron.lectura.leer import ErrorDeArchivo, leer
from tests.instancias.catalogos import catalogo
from tests.instancias.catalogos import leer as leer_fila
from tests.instancias.hojas import hoja

pytestmark = pytest.mark.un_motor

TITULOS = ["DNI", "Nombres", "Apellidos", "Distrito", "PNP", "Salud", "Rondas campesinas", "Titular", "Alterno"]


def filas(*valores: list, titulos: list[str] = TITULOS) -> list[tuple[str, str]]:
    planilla = leer(nombre="lista.xlsx", contenido=hoja(*valores, titulos=titulos))
    return [(fila.get("asiento", ""), fila.get("calidad", "")) for fila in planilla.filas]


def persona(n: int, *marcas: str) -> list[str]:
    return [f"4000010{n}", "Rosa", "Quispe", "Luyando", *marcas]


def test_a_mark_says_the_seat_and_the_quality_of_its_heading():
    assert filas(
        persona(1, "X", "", "", "x", ""),
        persona(2, "", "✓", "", "", "X"),
        persona(3, "", "", "x.", "X", ""),
    ) == [("PNP", "titular"), ("Salud", "alterno"), ("Rondas campesinas", "titular")]


def test_two_marks_in_a_row_are_told_for_somebody_to_choose_and_never_guessed():
    planilla = leer(nombre="l.xlsx", contenido=hoja(persona(1, "X", "X", "", "X", "X"), titulos=TITULOS))
    (fila,) = planilla.filas
    leida = leer_fila(catalogo(), **{**fila, "fila": 2})
    assert leida.tipo == ""
    assert [(uno.campo, uno.codigo, list(uno.propuestas)) for uno in leida.problemas] == [
        ("asiento", "varias_marcas", ["PNP", "Salud"]),
        ("calidad", "varias_marcas", ["titular", "alterno"]),
    ]
    assert str(leida.problemas[0]) == "La fila tiene más de una marca: PNP, Salud. Diga cuál es."
    elegida = leer_fila(catalogo(), **{**fila, "fila": 2, "asiento": "Salud", "calidad": "titular"})
    assert (elegida.tipo, elegida.calidad, elegida.problemas) == ("IDC-11", "titular", [])


def test_a_list_where_all_are_of_one_quality_leaves_the_other_column_empty():
    assert filas(persona(1, "X", "", "", "X", ""), persona(2, "", "X", "", "X", "")) == [
        ("PNP", "titular"),
        ("Salud", "titular"),
    ]


def test_marks_of_another_thing_are_no_seats():
    titulos = ["DNI", "Nombres", "Apellidos", "Distrito", "Asiento", "Calidad", "Primera sesión", "Segunda sesión"]
    assert filas(persona(1, "PNP", "titular", "X", "X"), titulos=titulos) == [("PNP", "titular")]
    with pytest.raises(ErrorDeArchivo, match="Asiento o institución"):
        filas(persona(1, "titular", "X", "X"), titulos=[*titulos[:4], "Calidad", *titulos[6:]])


def test_names_under_titular_and_alterno_are_still_names():
    titulos = ["Institución", "Distrito", "Titular", "DNI", "Alterno", "DNI"]
    contenido = hoja(["PNP", "Luyando", "Rosa Quispe", "40000101", "Juan Soto", "40000102"], titulos=titulos)
    planilla = leer(nombre="lista.xlsx", contenido=contenido)
    assert [(fila["documento"], fila["calidad"]) for fila in planilla.filas] == [
        ("40000101", "titular"), ("40000102", "alterno"),
    ]  # fmt: skip
