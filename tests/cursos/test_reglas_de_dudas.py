"""What looks like data of somebody in a text, and what only has as many digits."""

import pytest

from cursos.dudas import datos_en, en_renglones, huella_de, lugar_en_palabras, sin_datos, ya_avisado

pytestmark = pytest.mark.un_motor


@pytest.mark.parametrize(
    "texto",
    ["40000001", "4000 0001", "987654321", "987 654 321", "+51 987-654-321", "062-561234 12", "rosa@ejemplo.pe"]
    + ["01234-2026-0-1201-JR", "DNI:40000001."],
)
def test_documents_phones_files_and_e_mails_are_seen(texto):
    assert datos_en(f"Es {texto}, ¿no?")


@pytest.mark.parametrize(
    "texto",
    ["el D.S. 009-2016-MIMP", "la Ley 30364", "el D. Leg. 1377-2018", "el 20-11-2026", "el 2026-11-20", "el 20/11/2026"]
    + ["de 2015 2018 2023", "el artículo 16", "en 72 horas", "son 1 500 soles"],
)
def test_norms_and_days_are_of_nobody(texto):
    assert datos_en(f"¿Vale {texto}?") == ()


def test_who_was_told_of_a_number_is_not_told_again_and_of_another_is():
    datos = datos_en("987 654 321 y 40000001")
    assert ya_avisado(datos, huella_de(datos)) and ya_avisado(("987654321",), huella_de(datos))
    assert not ya_avisado(datos, "987654321") and not ya_avisado(datos, "")


def test_what_nobody_can_be_asked_about_any_more_loses_its_numbers():
    assert sin_datos("Llamo al 987654321 hoy, o a rosa@ejemplo.pe") == "Llamo al … hoy, o a …"


def test_lines_are_kept_without_holes():
    assert en_renglones(" Uno \r\n\r\n\r\n\r\nDos\t\n ") == "Uno\n\nDos"


def test_a_place_says_numbers_and_a_route_is_not_counted():
    assert lugar_en_palabras(curso=1, posicion=3, numero=9, paso=2) == "curso 1, lección 3, paso 2"
    assert lugar_en_palabras(curso=1, posicion=0, numero=61, paso=2) == "curso 1, lección opcional 61, paso 2"
