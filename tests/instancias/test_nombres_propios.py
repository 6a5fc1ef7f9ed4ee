"""One rule of names: what people are called is accepted; code, signs that nobody sees and lost letters are not."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from certificados.pdf.letras import limpiar
from instancias.nombres_propios import leer_nombre, nombre_limpio, validar_nombre_completo
from marco.lineas import linea_limpia
from marco.visibles import lugar_invisible

pytestmark = pytest.mark.un_motor


@pytest.mark.parametrize(
    "nombre",
    [
        "Rosa",
        "O",
        "Ma. del Carmen",
        "J.C.",
        "O'Higgins",
        "D’Angelo",
        "Pérez-Luna",
        "de la Cruz",
        "Ñuñez Ñahui",
        "Zoë Müller",
        "Łukasz Ðorđe".replace("Ð", "Đ"),
        "Nguyễn",
        "JOÃO",
        "Rosa María del Carmen de los Ángeles Huamaní Yupanqui Ccahua",
    ],
)
def test_names_as_people_have_them(db, nombre):
    assert nombre_limpio(nombre) == nombre


def test_letters_and_their_marks_are_kept_in_one_piece_and_one_space():
    assert nombre_limpio("  Jose\u0301\u00a0 Nun\u0303ez\n") == "José Nuñez"
    assert nombre_limpio("O‘Neil") == "O’Neil"


@pytest.mark.parametrize(
    ("texto", "dice"),
    [
        ("{{7*7}} <img src=x onerror=alert(1)>", "no lleva"),
        ("Rosa <b>", "no lleva el signo «<»"),
        ("Rosa 2", "no lleva números"),
        ("Rosa ٢", "no lleva números"),
        ("Rosa \u202eanA", "no se ve (U+202E) después de «Rosa»"),
        ("\ufeffRosa", "Comienza con un carácter que no se ve (U+FEFF)"),
        ("Ro\u200bsa", "no se ve (U+200B)"),
        ("Ro\u00adsa", "no se ve (U+00AD)"),
        ("Rosa\x07", "no se ve (U+0007)"),
        ("Rosa\u3164", "no se ve (U+3164)"),
        ("Rosа", "La letra «а» no es de nuestro alfabeto"),
        ("Ｒosa", "¿Quiso decir «Rosa»?"),
        ("Quispe, Rosa", "no lleva el signo «,»"),
        ("=1+1", "no lleva"),
        ("@SUMA", "no lleva el signo «@»"),
        ("...", "No tiene letras"),
        ("-Rosa", "empieza y termina con una letra"),
        ("Rosa--Ana", "un solo signo"),
        ("A" * 81, "tiene 81 letras y caben 80"),
    ],
)
def test_what_is_no_name_is_refused_with_what_was_read_and_what_to_do(db, texto, dice):
    with pytest.raises(ValidationError) as error:
        nombre_limpio(texto)
    (mensaje,) = error.value.messages
    assert dice in mensaje
    assert lugar_invisible(mensaje) is None


@pytest.mark.parametrize(
    ("roto", "probable"),
    [
        ("Huam?n", "Huamán"),
        ("HuamÃ¡n", "Huamán"),
        ("Huam\ufffdn", "Huamán"),
        ("Huam¤n", "Huamán"),
        ("HUAM?N", "HUAMÁN"),
        ("HUAMÃN", "HUAMÁN"),
        ("HUAMÃ\x81N", "HUAMÁN"),
        ("MUÃ‘OZ", "MUÑOZ"),
        ("MUÐOZ", "MUÑOZ"),
        ("Pe¤a", "Peña"),
        ("MarÃ\xada", "María"),
        ("Mar?a del Pilar", "María del Pilar"),
        ("?lvarez Mu?oz", "Álvarez Muñoz"),
        ("C??rdenas", "Cárdenas"),
        ("Nun~ez", "Nuñez"),
        ("NUN~EZ", "NUÑEZ"),
        ("Garci´a", "García"),
        ("D´Angelo", "D'Angelo"),
    ],
)
def test_a_name_that_a_file_broke_is_stopped_with_the_likely_one(db, roto, probable):
    with pytest.raises(ValidationError, match=f"¿Quiso decir «{probable}»"):
        nombre_limpio(roto)


def test_a_broken_name_that_nobody_knows_is_stopped_without_guessing(db):
    leido = leer_nombre("Qwe?ty")
    assert leido.problema and not leido.probable


def test_a_name_known_in_the_register_is_offered_when_two_people_bear_it(db):
    from instancias.models import Persona

    for n, nombres in enumerate(("Ana", "Luz")):
        with pytest.raises(ValidationError) as error:
            nombre_limpio("Qui?onau")
        assert "¿Quiso" not in error.value.messages[0]
        Persona.objects.create(documento=f"4000000{n}", nombres=nombres, apellidos="Quiñonau Ríos")
    with pytest.raises(ValidationError, match="¿Quiso decir «Quiñonau»"):
        nombre_limpio("Qui?onau")


@given(st.text(max_size=90))
def test_whatever_is_accepted_reads_the_same_on_paper(texto):
    leido = leer_nombre(texto)
    if not leido.problema:
        assert limpiar(leido.texto) == leido.texto == unicodedata.normalize("NFC", leido.texto)
        assert leer_nombre(leido.texto).texto == leido.texto
    else:
        assert leido.consejo


@pytest.mark.parametrize(
    ("linea", "dice"),
    [
        ("Comisar?a PNP Pacae", "¿Quiso decir «Comisaría PNP Pacae»?"),
        ("ComisarÃ\xada PNP", "¿Quiso decir «Comisaría PNP»?"),
        ("Ronda \u202ecampesina", "no se ve (U+202E)"),
        ("Ronda <b>", "Quite el signo «<»"),
    ],
)
def test_a_line_that_others_read_obeys_too(linea, dice):
    with pytest.raises(ValidationError) as error:
        linea_limpia(linea)
    assert dice in error.value.messages[0]


@pytest.mark.parametrize(
    "linea", ["I.E. N.° 32990 «Señor de los Milagros»", "Oficio 012-2026", "¿Cuál?", "Mesa 1 / 2 (A&B)"]
)
def test_lines_as_people_write_them(linea):
    assert linea_limpia(f"  {linea} ") == linea


def test_a_full_name_may_be_longer(db):
    validar_nombre_completo("Rosa " * 20 + "Ana")
