"""The rule of the brakes, searched for what breaks it. It asks nothing of the database."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from instancias.acceso.topes import (
    DE_LA_CUENTA,
    DE_LA_RED,
    DE_LO_QUE_SE_BUSCA,
    DE_UNA_CLAVE,
    EN_FILA,
    ESPERA_MAXIMA,
    LIBRES,
    Balde,
    Intento,
    capas_de,
    red_de,
)

pytestmark = pytest.mark.un_motor
INICIO = datetime.datetime(2026, 11, 23, 15, 0, tzinfo=datetime.UTC)
BALDES = st.builds(Balde, st.integers(1, 12), st.integers(1, 900).map(lambda s: datetime.timedelta(seconds=s)))
PASOS = st.lists(st.integers(-60, 2000), min_size=1, max_size=60)


@given(balde=BALDES, pasos=PASOS)
def test_in_any_stretch_no_more_pass_than_fit_and_those_that_left(balde, pasos):
    ahora, tope, estado, pasaron = INICIO, INICIO, None, []
    for paso in pasos:
        ahora += datetime.timedelta(seconds=paso)
        if nuevo := balde.contar(estado, ahora):
            estado = nuevo
            # A clock that goes back gives nothing: counted from the latest that it said.
            pasaron.append(tope := max(tope, ahora))
        assert estado.fallos <= balde.caben
    for i, desde in enumerate(pasaron):
        for j in range(i, len(pasaron)):
            assert j - i + 1 <= balde.caben + (pasaron[j] - desde) // balde.cada + 1


@given(balde=BALDES, paso=st.integers(0, 100_000))
def test_a_full_bucket_never_closes_for_longer_than_a_drop(balde, paso):
    ahora, estado = INICIO + datetime.timedelta(seconds=paso), None
    while nuevo := balde.contar(estado, ahora):
        estado = nuevo
    assert balde.contar(estado, ahora + balde.cada) is not None


@given(pasos=PASOS)
def test_a_line_lets_five_pass_and_never_waits_more_than_fifteen_minutes(pasos):
    ahora, estado, seguidos = INICIO, None, 0
    for paso in pasos:
        ahora += datetime.timedelta(seconds=abs(paso) % 40)
        nuevo = EN_FILA.contar(estado, ahora)
        if nuevo is None:
            assert seguidos > LIBRES
            assert estado.espera_hasta - ahora <= ESPERA_MAXIMA
        else:
            estado, seguidos = nuevo, seguidos + 1
    assert EN_FILA.contar(estado, ahora + ESPERA_MAXIMA) is not None


@given(tope=st.sampled_from([EN_FILA, DE_LA_RED, DE_LA_CUENTA]), cuantos=st.integers(0, 20), mas=st.integers(0, 40))
def test_giving_back_never_owes_anything(tope, cuantos, mas):
    estado = None
    for _vez in range(cuantos + 1):
        estado = tope.contar(estado, INICIO) or estado
    assert tope.devolver(estado, mas).fallos == max(0, estado.fallos - mas)


class UnaPuerta(RuleBasedStateMachine):
    """A guesser and a neighbour behind one address. The neighbour has a machine that entered before."""

    def __init__(self):
        super().__init__()
        self.filas, self.ahora, self.pasaron = {}, INICIO, 0

    def tocar(self, intento):
        capas = capas_de(intento)
        contadas = {capa: tope.contar(self.filas.get(capa), self.ahora) for capa, tope in capas.items()}
        if None in contadas.values():
            return False
        self.filas |= contadas
        return True

    @rule(segundos=st.integers(0, 600))
    def pasa_el_tiempo(self, segundos):
        self.ahora += datetime.timedelta(seconds=segundos)

    @rule(cuenta=st.sampled_from(["la suya", "otra", "una más"]), clave=st.integers(0, 3), casa=st.integers(1, 4))
    def alguien_adivina(self, cuenta, clave, casa):
        self.pasaron += self.tocar(Intento("entrar", cuenta, f"10.0.0.{casa}", marca=str(clave)))

    @invariant()
    def quien_ya_entro_desde_ahi_entra(self):
        capas = capas_de(Intento("entrar", "la suya", "10.0.0.1", equipo="el suyo", marca="0"))
        assert all(tope.contar(self.filas.get(capa), self.ahora) for capa, tope in capas.items())

    @invariant()
    def no_pasan_mas_de_los_que_caben(self):
        minutos = (self.ahora - INICIO) // datetime.timedelta(minutes=1)
        assert self.pasaron <= 3 * (DE_LA_CUENTA.caben + minutos // 5 + 1)
        assert self.pasaron <= 4 * 4 * (DE_UNA_CLAVE.caben + minutos // 10 + 1)


TestUnaPuerta = UnaPuerta.TestCase


@pytest.mark.parametrize(
    ("intento", "capas"),
    [
        (Intento("entrar", "a", "10.0.0.1", marca="abc"), {"par", "cuenta", "red", "clave"}),
        (Intento("entrar", "a", "10.0.0.1", equipo="e", marca="abc"), {"equipo"}),
        (Intento("enlace", ip="10.0.0.1", se_busca=True), {"red"}),
        (Intento("factor", "a"), {"cuenta"}),
    ],
)
def test_each_try_has_its_layers(intento, capas):
    assert {capa.split("\n")[0] for capa in capas_de(intento)} == capas


def test_looking_for_papers_has_less_room_than_a_room_that_enters():
    suyas = capas_de(Intento("verificar", "x", "10.0.0.1", se_busca=True))
    assert suyas["red\n10.0.0.1"] == DE_LO_QUE_SE_BUSCA
    assert DE_LO_QUE_SE_BUSCA.caben < 80 <= DE_LA_RED.caben  # forty people, two wrong keys each


@pytest.mark.parametrize(
    ("ip", "red"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("no es", "no es"),
        ("", ""),
    ],
)
def test_an_address_is_read_as_its_house(ip, red):
    assert red_de(ip) == red
