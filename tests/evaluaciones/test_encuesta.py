"""What was written in one's own words: read among those of others, by whole groups, without what names somebody."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest

from evaluaciones.encuesta import Cuenta, Donde, Pregunta, sin_senales
from evaluaciones.libro import PreguntaMostrada

pytestmark = pytest.mark.un_motor
ENERO = datetime.date(2026, 1, 1)
TEXTOS = ["Más audios.", "Mi DNI es 40123456", "Llámeme al 987 654 321", "Escriba a ana@example.org", "Menos pasos."]


def pregunta(*escritos: str, lugar: str = "100601", sector: str = "salud") -> Pregunta:
    cuenta = Cuenta(len(escritos), Counter(), list(escritos))
    mostrada = PreguntaMostrada.de_json({"clave": "q1", "tipo": "una", "texto": "¿Qué mejoraría?"})
    return Pregunta(mostrada, {}, {(lugar, ENERO, sector): cuenta}, datetime.date(2026, 3, 1))


def test_what_names_somebody_is_left_out_and_the_order_is_nobodys():
    dichos = sin_senales(TEXTOS, semilla="q1")
    assert sorted(dichos) == sorted(["Más audios.", "Mi DNI es …", "Llámeme al …", "Escriba a …", "Menos pasos."])
    assert dichos == sin_senales(reversed(TEXTOS), semilla="q1")  # the same whoever wrote first
    assert sin_senales(["El artículo 16 y la Ley 30364", "  "], semilla="") == ["El artículo 16 y la Ley …"]


def test_words_are_read_from_five_people_on_and_never_by_sector():
    todas = Donde(("1006",))
    assert pregunta(*TEXTOS[:4]).dicha(todas).escritos == []
    assert len(pregunta(*TEXTOS).dicha(todas).escritos) == 5
    assert pregunta(*TEXTOS).dicha(Donde(("1006",), sector="salud")).escritos == []
    assert pregunta(*TEXTOS).dicha(Donde(("1006",), lugar="100602")).escritos == []
