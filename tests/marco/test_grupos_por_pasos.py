"""Who began, finished and was certified, by sex: no two steps, rows or days differ by one to four people."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marco.grupos import MINIMO
from marco.grupos_por_pasos import callar_pasos, se_pueden_actualizar, sumar

pytestmark = pytest.mark.un_motor
ORDEN = (0, 2, 1)


def de_tramos(tramos):
    """Rows of three steps by two answers, made of who stopped at each one: steps are nested."""
    return [[[sum(t[j] for t in fila[i:]) for j in range(2)] for i in range(3)] for fila in tramos]


CUENTA = st.one_of(st.just(0), st.integers(0, 12), st.integers(5, 30))
FILAS = st.lists(st.lists(st.tuples(CUENTA, CUENTA), min_size=3, max_size=3), min_size=1, max_size=4).map(de_tramos)


def parece_cierto(diferencia: int) -> bool:
    return diferencia == 0 or abs(diferencia) >= MINIMO


@given(FILAS)
def test_what_two_steps_tell_of_those_in_between_is_of_five_or_nobody(filas):
    de_las_filas, totales = callar_pasos(filas, ORDEN)
    for crudo, dicho in [(sumar(filas), totales), *zip(filas, de_las_filas, strict=True)]:
        pasos = [i for i, paso in enumerate(dicho) if None not in paso]
        assert all(dicho[i] == list(crudo[i]) for i in pasos)
        for i, j in combinations(pasos, 2):
            assert all(parece_cierto(a - b) for a, b in zip(dicho[i], dicho[j], strict=True))
        assert all(parece_cierto(cuenta) for i in pasos for cuenta in dicho[i])


@given(FILAS)
def test_the_rows_that_are_silent_are_five_or_nobody_between_any_two_steps(filas):
    de_las_filas, totales = callar_pasos(filas, ORDEN)
    pasos = [i for i, paso in enumerate(totales) if None not in paso]
    dichas = [fila for fila, dicha in zip(filas, de_las_filas, strict=True) if any(None not in paso for paso in dicha)]
    if pasos:
        suma = sumar(dichas) if dichas else [[0, 0]] * 3
        resto = [[a - b for a, b in zip(totales[i], suma[i], strict=True)] for i in pasos]
        restas = [[a - b for a, b in zip(una, otra, strict=True)] for una, otra in combinations(resto, 2)]
        assert all(parece_cierto(cuenta) for fila in [*resto, *restas] for cuenta in fila)
    else:
        assert not any(any(cuenta for paso in fila for cuenta in paso) for fila in dichas)


def test_what_matters_more_is_told_first():
    """Three women are on their way: that they began is left out, and that the others finished is told."""
    filas = [[[30, 30], [28, 25], [25, 25]]]
    assert callar_pasos(filas, (0, 2, 1))[1] == [[30, 30], [None, None], [25, 25]]
    assert callar_pasos(filas, (1, 2, 0))[1] == [[None, None], [28, 25], [None, None]]


def test_a_small_table_is_silent_and_its_province_is_told():
    chica, grande = [[4, 6], [4, 6], [4, 6]], [[20, 21], [20, 21], [20, 21]]
    filas, totales = callar_pasos([chica, grande], ORDEN)
    assert filas == [[[None, None]] * 3] * 2  # the large one alone would give the small one away
    assert totales == [[24, 27]] * 3


@given(FILAS, FILAS)
def test_two_days_differ_by_nothing_or_by_five(antes, ahora):
    if len(antes) == len(ahora) and se_pueden_actualizar(antes, ahora, ORDEN):
        (_filas, uno), (_otras, otro) = callar_pasos(antes, ORDEN), callar_pasos(ahora, ORDEN)
        for paso, siguiente in zip(uno, otro, strict=True):
            if None not in (*paso, *siguiente):
                assert all(parece_cierto(a - b) for a, b in zip(paso, siguiente, strict=True))


def test_one_more_person_waits_for_four_others():
    antes = [[[20, 20], [20, 20], [20, 20]]]
    assert se_pueden_actualizar(antes, antes, ORDEN)
    assert not se_pueden_actualizar(antes, [[[21, 20], [20, 20], [20, 20]]], ORDEN)
    assert se_pueden_actualizar(antes, [[[25, 20], [25, 20], [25, 20]]], ORDEN)
