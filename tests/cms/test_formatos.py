"""Hours and numbers as the State of Peru writes them, in every format that a person reads."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from django.template.defaultfilters import filesizeformat, floatformat
from django.utils import translation
from django.utils.formats import date_format, number_format

RAIZ = Path(__file__).resolve().parents[2]
TARDE = datetime.datetime(2026, 11, 23, 15, 0)


@pytest.mark.parametrize("idioma", ["es-pe", "es"])
@pytest.mark.parametrize(
    ("formato", "escrito"),
    [
        ("TIME_FORMAT", "3:00 p. m."),
        ("DATETIME_FORMAT", "23 de noviembre de 2026, 3:00 p. m."),
        ("SHORT_DATETIME_FORMAT", "23/11/2026 3:00 p. m."),
    ],
)
def test_an_hour_says_which_half_of_the_day(idioma, formato, escrito):
    with translation.override(idioma):
        assert date_format(TARDE, formato).replace("\xa0", " ") == escrito
        assert date_format(TARDE.replace(hour=9), formato).endswith("9:00\xa0a.\xa0m.")


def test_no_template_writes_hours_in_its_own_way():
    plantillas = (RAIZ / "templates").rglob("*.html")
    assert [una.name for una in plantillas if re.search(r"[gGhH]:i", una.read_text(encoding="utf-8"))] == []
    modulos = (ruta for sala in RAIZ.glob("*/apps.py") for ruta in sala.parent.rglob("*.py"))
    # What the editor's calendar types into a field is read back by Django: that one format has no words.
    propias = re.compile(r"^(?!WAGTAIL_DATETIME_FORMAT = ).*%[HI]:%M", re.MULTILINE)
    assert [ruta.name for ruta in modulos if propias.search(ruta.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("idioma", ["es-pe", "es"])
def test_a_number_has_a_comma_before_its_tenths_and_a_space_after_its_thousands(idioma):
    """A size, a difference and how many rows are of one hand: that of the guides too."""
    with translation.override(idioma):
        assert number_format(30.25, 1) == "30,2"
        assert filesizeformat(79_349_998_592) == "73,9\xa0GB"
        assert floatformat(20_000, "0g") == number_format(20_000, force_grouping=True) == "20\xa0000"
        assert str(1095) == number_format(1095)  # what nobody groups stays in one piece


def test_no_guide_writes_numbers_in_another_way():
    guias = (RAIZ / "docs" / "guias").glob("*.md")
    otra = re.compile(r"\d,\d{3}\b|\d\.\d (?:KB|MB|GB|puntos)")
    assert [
        f"{una.name}: {linea}" for una in guias for linea in una.read_text("utf-8").splitlines() if otra.search(linea)
    ] == []
