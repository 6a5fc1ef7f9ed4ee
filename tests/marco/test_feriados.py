"""Working days of Peru."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marco.feriados import FERIADOS, es_habil, feriados_de, habiles_entre, sumar_habiles

pytestmark = pytest.mark.un_motor
DIAS = st.dates(datetime.date(2024, 1, 1), datetime.date(2035, 12, 31))


def dia(texto: str) -> datetime.date:
    return datetime.date.fromisoformat(texto)


@pytest.mark.parametrize("uno", FERIADOS, ids=lambda uno: uno.nombre)
def test_a_holiday_says_the_norm_that_made_it(uno):
    assert uno.norma.startswith(("Decreto Legislativo ", "Ley "))


@pytest.mark.parametrize(
    ("jueves", "viernes"), [("2026-04-02", "2026-04-03"), ("2027-03-25", "2027-03-26"), ("2024-03-28", "2024-03-29")]
)
def test_the_movable_ones_follow_easter(jueves, viernes):
    feriados = feriados_de(dia(jueves).year)
    assert feriados[dia(jueves)].nombre == "Jueves Santo" and feriados[dia(viernes)].nombre == "Viernes Santo"


def test_a_holiday_begins_on_the_year_of_its_law():
    assert dia("2021-12-09") not in feriados_de(2021)
    assert feriados_de(2022)[dia("2022-12-09")].norma == "Ley 31381"


@pytest.mark.parametrize(
    ("desde", "cuantos", "hasta"),
    [
        ("2026-11-30", 10, "2026-12-16"),  # two holidays, the 8th and the 9th, and two weekends
        ("2026-03-31", 2, "2026-04-06"),  # Thursday and Friday of Easter
        ("2026-11-27", 1, "2026-11-30"),  # from Friday to Monday
        ("2026-11-28", 0, "2026-11-28"),
    ],
)
def test_a_term_ends_on_a_working_day(desde, cuantos, hasta):
    assert sumar_habiles(dia(desde), cuantos) == dia(hasta)


def test_a_day_that_the_site_added_is_not_counted():
    otros = {dia("2026-12-07")}
    assert sumar_habiles(dia("2026-12-04"), 1) == dia("2026-12-07")
    assert sumar_habiles(dia("2026-12-04"), 1, otros=otros) == dia("2026-12-10")


@given(DIAS, st.integers(1, 40))
def test_what_is_left_of_a_term_is_what_was_given(desde, cuantos):
    hasta = sumar_habiles(desde, cuantos)
    assert es_habil(hasta)
    assert habiles_entre(desde, hasta) == cuantos == -habiles_entre(hasta, desde)
