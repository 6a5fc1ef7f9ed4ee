"""Nothing of fewer than five people is told, nor can be had by adding and subtracting whatever is told on any day."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluaciones import tandas
from tests.motores import ejemplos

pytestmark = pytest.mark.un_motor
ENERO, FEBRERO, MARZO = (datetime.date(2026, mes, 1) for mes in (1, 2, 3))
A, B, C, OTRA = "100601", "100602", "100603", "020101"
PRIMO = 2_147_483_647
Cuantas = dict[tuple[str, datetime.date, str], int]


def cerradas(cuantas: Cuantas, dia: datetime.date, **otros: int) -> list[tuple[str, int, int]]:
    return [(una.lugar, una.mes.month, una.personas) for una in tandas.cerrar(cuantas, dia=dia, **otros)]


def test_a_place_is_told_at_the_end_of_the_month_in_which_five_have_answered():
    # A: 3 in January and 2 in February make a lot of five; B has its five in January; C has four, and waits.
    cuantas = {(A, ENERO, ""): 3, (A, FEBRERO, ""): 2, (B, ENERO, ""): 5, (B, FEBRERO, ""): 4, (C, ENERO, ""): 4}
    assert cerradas(cuantas, datetime.date(2026, 2, 2)) == []  # what closes late is waited for
    assert cerradas(cuantas, datetime.date(2026, 2, 3)) == [(B, 1, 5)]
    assert cerradas(cuantas, datetime.date(2026, 3, 2)) == [(B, 1, 5)]
    assert cerradas(cuantas, datetime.date(2026, 3, 3)) == [(B, 1, 5), (A, 2, 5)]


def test_who_waits_too_long_goes_with_those_of_other_places_of_the_province():
    cuantas = {(A, ENERO, ""): 3, (B, ENERO, ""): 2, (OTRA, ENERO, ""): 4}
    assert cerradas(cuantas, datetime.date(2026, 5, 2)) == []
    assert cerradas(cuantas, datetime.date(2026, 5, 3)) == [("", 4, 5)]
    assert tandas.cerrar(cuantas, dia=datetime.date(2027, 1, 1))[0].provincia == "1006"


def test_means_ask_for_more_people():
    assert cerradas({(A, ENERO, ""): 9}, datetime.date(2026, 9, 1), minimo=10) == []
    assert cerradas({(A, ENERO, ""): 10}, datetime.date(2026, 9, 1), minimo=10) == [(A, 1, 10)]


@pytest.mark.parametrize(
    ("juntas", "se_dicen"),
    [
        ([{"salud": 5, "policia": 6}], {"salud", "policia"}),
        ([{"salud": 9, "policia": 1}], set()),  # the sum less «salud» would be one person
        ([{"salud": 4, "policia": 4}, {"salud": 6}], {"salud"} - {"salud"}),  # four of the police: all, less «salud»
        # Six of health and six of the police, and as many in each place: what crosses is five and one.
        ([{"salud": 5, "policia": 1}, {"salud": 1, "policia": 5}], set()),
        ([{"salud": 3, "policia": 3}, {"salud": 3, "policia": 3}], {"salud", "policia"}),
    ],
)
def test_groups_are_told_when_they_do_not_point_at_few_with_the_places(juntas, se_dicen):
    assert tandas.se_dicen(juntas) == se_dicen


celdas = st.tuples(st.sampled_from([A, B, C]), st.sampled_from([ENERO, MARZO]), st.sampled_from(["salud", "policia"]))


@settings(max_examples=ejemplos(120))
@given(cuantas=st.dictionaries(celdas, st.integers(1, 7), max_size=12))
def test_no_sum_of_what_is_told_on_any_day_speaks_of_fewer_than_five(cuantas):
    """Each figure is a row over the people; a leak is a sum of rows that is nothing but on one to four of them."""
    personas = list(cuantas)
    filas = sorted({fila for fila in lo_que_se_dice(cuantas, personas) if any(fila)})
    todas = rango(filas)
    for pocas in conjuntos_de_pocas(personas, cuantas):
        resto = [n for n in range(len(personas)) if n not in pocas]
        assert rango([tuple(fila[n] for n in resto) for fila in filas]) == todas, [personas[n] for n in pocas]


def lo_que_se_dice(cuantas: Cuantas, personas: list[tuple[str, datetime.date, str]]) -> Iterator[tuple[int, ...]]:
    """Every figure of every month: of a place, of who waited, of a group, of all."""
    for mes in range(2, 13):
        cerradas = tandas.cerrar(cuantas, dia=datetime.date(2026, mes, 15))
        for lugar in (A, B, C, ""):
            suyas = {celda for una in cerradas if una.lugar == lugar for celda in una.celdas}
            yield tuple(int(persona[:2] in suyas) for persona in personas)
        for grupo in ("salud", "policia"):
            suyas = {(*celda, grupo) for una in cerradas if grupo in una.se_dicen for celda in una.celdas}
            yield tuple(int(persona in suyas) for persona in personas)
        todas = {celda for una in cerradas for celda in una.celdas}
        yield tuple(int(persona[:2] in todas) for persona in personas)


def conjuntos_de_pocas(personas: list, cuantas: Cuantas) -> Iterator[tuple[int, ...]]:
    """Sets of cells with one to four people among them all: whoever is in one cell is told always together."""
    chicas = [n for n, persona in enumerate(personas) if cuantas[persona] < tandas.MINIMO]
    for largo in range(1, 5):
        for conjunto in itertools.combinations(chicas, largo):
            if sum(cuantas[personas[n]] for n in conjunto) < tandas.MINIMO:
                yield conjunto


def rango(filas: list[tuple[int, ...]]) -> int:
    """The rank of some rows, modulo a prime: they are of ones and zeros, and few."""
    matriz, rango_hallado = [list(fila) for fila in filas], 0
    for columna in range(len(matriz[0]) if matriz else 0):
        fila = next((n for n in range(rango_hallado, len(matriz)) if matriz[n][columna]), None)
        if fila is None:
            continue
        matriz[rango_hallado], matriz[fila] = matriz[fila], matriz[rango_hallado]
        inverso = pow(matriz[rango_hallado][columna], -1, PRIMO)
        pivote = [valor * inverso % PRIMO for valor in matriz[rango_hallado]]
        for n in range(rango_hallado + 1, len(matriz)):
            if veces := matriz[n][columna]:
                matriz[n] = [(valor - veces * otro) % PRIMO for valor, otro in zip(matriz[n], pivote, strict=True)]
        rango_hallado += 1
    return rango_hallado


@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), st.integers(1, 6), min_size=1))
def test_the_least_cut_is_that_of_trying_them_all(lazos):
    """Of each part that is linked, every way of splitting it in two."""
    partes = list(tandas._partes(_vecinos(lazos)))
    posibles = [
        sum(n for (uno, otro), n in lazos.items() if (uno in lado) != (otro in lado))
        for parte in partes
        for largo in range(1, len(parte))
        for lado in map(set, itertools.combinations(parte, largo))
    ]
    assert tandas.corte_menor(lazos) == min(posibles)


def _vecinos(lazos: dict[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    vecinos: dict[str, dict[str, int]] = {}
    for (uno, otro), n in lazos.items():
        vecinos.setdefault(uno, {})[otro] = n
        vecinos.setdefault(otro, {})[uno] = n
    return vecinos
