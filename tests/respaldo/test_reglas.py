"""Which copies stay, when one is due and how far numbers jump: rules without a database."""

from __future__ import annotations

import datetime
import io
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificados.services.respaldo import NumerosDeRegistro, tramo_seguro
from marco.respaldo.cifrado import Cifrador, Descifrador
from marco.respaldo.retencion import Hecha, las_que_se_guardan, toca

pytestmark = pytest.mark.un_motor
LIMA = ZoneInfo("America/Lima")


def a_las(anio, mes, dia, hora=3, minuto=10):
    return datetime.datetime(anio, mes, dia, hora, minuto, tzinfo=LIMA)


def cada_noche(desde, cuantas):
    return [Hecha(desde + datetime.timedelta(days=n), f"n{n}") for n in range(cuantas)]


def test_of_a_year_of_nights_stay_days_weeks_and_months():
    noches = cada_noche(a_las(2026, 1, 1), 365)
    quedan = las_que_se_guardan(noches)
    assert quedan >= {una.nombre for una in noches[-7:]}
    assert quedan >= {una.nombre for una in noches if (una.en + datetime.timedelta(days=1)).day == 1}
    assert len(quedan) <= 7 + 5 + 12


def test_the_last_good_one_stays_however_old_it_is():
    noches = cada_noche(a_las(2026, 1, 1), 60)
    buena = Hecha(a_las(2025, 3, 4), "buena", comprobada=True)
    quedan = las_que_se_guardan([buena, *noches], diarias=2, semanales=1, mensuales=1)
    assert "buena" in quedan and len(quedan) <= 4


def test_nights_without_a_copy_use_up_no_place():
    viejas = cada_noche(a_las(2026, 1, 1), 3)
    hoy = Hecha(a_las(2026, 6, 1), "hoy")
    assert las_que_se_guardan([*viejas, hoy], semanales=0, mensuales=0) == {"n0", "n1", "n2", "hoy"}


@given(st.lists(st.datetimes(datetime.datetime(2024, 1, 1), datetime.datetime(2027, 1, 1)), max_size=80))
def test_a_copy_that_was_let_go_never_comes_to_be_needed(cuando):
    """Cleaning each night keeps the same ones as cleaning once at the end."""
    todas = [Hecha(en.replace(tzinfo=LIMA), f"c{n}") for n, en in enumerate(sorted(cuando))]
    por_noches: list[Hecha] = []
    for una in todas:
        hay = [*por_noches, una]
        quedan = las_que_se_guardan(hay)
        por_noches = [otra for otra in hay if otra.nombre in quedan]
    assert {una.nombre for una in por_noches} == las_que_se_guardan(todas)


@pytest.mark.parametrize(
    ("ultima", "ahora", "si"),
    [
        (None, a_las(2026, 11, 29, 15), True),
        (a_las(2026, 11, 28), a_las(2026, 11, 29, 3, 9), False),
        (a_las(2026, 11, 28), a_las(2026, 11, 29, 3, 10), True),
        (a_las(2026, 11, 29, 3, 11), a_las(2026, 11, 29, 23), False),
        (a_las(2026, 11, 27, 20), a_las(2026, 11, 29, 8, 30), True),  # it was turned off at night
        (a_las(2026, 11, 29, 8, 30), a_las(2026, 11, 30, 1), False),
    ],
)
def test_a_copy_is_due_once_after_ten_past_three(ultima, ahora, si):
    assert toca(ultima, ahora=ahora) is si


@given(st.integers(0, 1_000_000))
def test_numbers_jump_over_as_many_as_the_year_gave(ultimo):
    hasta = tramo_seguro(ultimo)
    assert hasta >= ultimo + max(1000, ultimo) and hasta % 1000 == 0 and hasta < ultimo + max(1000, ultimo) + 1000


def test_what_is_remembered_of_a_year_never_goes_down():
    assert NumerosDeRegistro().juntar({"2025": 9, "2026": 4}, {"2026": 2, "2027": 1}) == {
        "2025": 9,
        "2026": 4,
        "2027": 1,
    }


def test_one_that_could_not_be_made_is_tried_again_some_hours_later():
    assert not toca(a_las(2026, 11, 28), ahora=a_las(2026, 11, 29, 5), intento=a_las(2026, 11, 29, 3, 11))
    assert toca(a_las(2026, 11, 28), ahora=a_las(2026, 11, 29, 7), intento=a_las(2026, 11, 29, 3, 11))


def test_a_passphrase_is_costly_to_guess():
    """The other tests of copies lower it."""
    papel = io.BytesIO()
    cifrador = Cifrador(papel, "una clave larga de copias", {"que": "datos"})
    cifrador.write(b"lo guardado")
    cifrador.terminar()
    papel.seek(0)
    descifrador = Descifrador(papel, "una clave larga de copias")
    assert descifrador.cabecera["costo"] >= 2**15
    assert io.BufferedReader(descifrador).read() == b"lo guardado"
