"""What is told of how many: nobody who adds, takes away or waits for another day learns of fewer than five people."""

from __future__ import annotations

import itertools
from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marco.grupos import MINIMO, callar, callar_filas, en_palabras, se_puede_actualizar
from tests.motores import ejemplos

pytestmark = pytest.mark.un_motor

CUENTAS = st.lists(st.integers(0, 14), min_size=1, max_size=7)
CUADROS = st.integers(2, 3).flatmap(
    lambda ancho: st.lists(st.lists(st.integers(0, 12), min_size=ancho, max_size=ancho), min_size=1, max_size=6)
)


def test_what_is_not_told_says_one_word():
    assert en_palabras(None) == "menos de 5 (o reservado)"
    assert en_palabras(7) == 7


@pytest.mark.parametrize(
    ("cuentas", "dichas"),
    [
        ([], []),
        ([0, 0], [0, 0]),
        ([5, 7], [5, 7]),
        ([4, 30], [None, None]),
        ([0, 30], [None, None]),
        ([3, 5, 30], [None, None, 30]),
        ([2, 3, 30], [None, None, 30]),
        ([1, 1, 1, 1, 40], [None, None, None, None, None]),
    ],
)
def test_the_smallest_keep_silent_with_it(cuentas, dichas):
    assert callar(cuentas) == dichas


@given(CUENTAS)
def test_neither_a_cell_nor_the_rest_of_the_total_is_of_fewer_than_five(cuentas):
    dichas = callar(cuentas)
    calladas = [cuenta for cuenta, dicha in zip(cuentas, dichas, strict=True) if dicha is None]
    assert all(dicha == cuenta for cuenta, dicha in zip(cuentas, dichas, strict=True) if dicha is not None)
    if any(cuentas):
        assert all(dicha >= MINIMO for dicha in dichas if dicha is not None)
        assert not calladas or sum(calladas) >= MINIMO or len(calladas) == len(cuentas)


@pytest.mark.parametrize("celdas", [2, 3, 4])
def test_who_knows_the_rule_and_the_total_finds_out_no_small_group(celdas):
    """Every breakdown that would be told alike is tried: no silent cell is the same in all of them."""
    iguales = defaultdict(list)
    for cuentas in itertools.product(range(10 if celdas == 4 else 16), repeat=celdas):
        iguales[(sum(cuentas), tuple(callar(cuentas)))].append(cuentas)
    tope = 9 if celdas == 4 else 15  # a total past what one cell was tried with has neighbours that were not
    for (total, dichas), posibles in iguales.items():
        for i, dicha in enumerate(dichas):
            if dicha is None and celdas > 1 and total <= tope:
                assert len({una[i] for una in posibles}) > 1, (total, dichas, posibles)


@given(CUADROS)
def test_what_is_silent_in_a_table_adds_up_to_five_in_each_column(filas):
    dichas, totales = callar_filas(filas)
    calladas = [fila for fila, dicha in zip(filas, dichas, strict=True) if None in dicha]
    assert all(
        una in (None, otra)
        for dicha, fila in zip(dichas, filas, strict=True)
        for una, otra in zip(dicha, fila, strict=True)
    )
    assert totales == callar([sum(columna) for columna in zip(*filas, strict=True)])
    for fila, dicha in zip(filas, dichas, strict=True):
        assert None in dicha or not any(fila) or min(fila) >= MINIMO
    if sum(map(any, filas)) == 1:
        assert next(dicha for fila, dicha in zip(filas, dichas, strict=True) if any(fila)) == totales
        return
    if calladas and None not in totales:
        assert min(sum(columna) for columna in zip(*calladas, strict=True)) >= MINIMO
    if None in totales:
        assert all(not any(fila) for fila, dicha in zip(filas, dichas, strict=True) if None not in dicha)


@settings(max_examples=ejemplos(60))
@given(CUADROS)
def test_the_sums_of_a_table_do_not_solve_for_a_silent_cell(filas):
    """Every equation that rows, columns and totals give is written; none of them has one answer for a silent cell."""
    dichas, totales = callar_filas(filas)
    ancho = len(filas[0])
    incognitas = [(i, j) for i, fila in enumerate(dichas) for j in range(ancho) if fila[j] is None]
    ecuaciones = [[int(i == fila) for i, _j in incognitas] for fila in range(len(filas))]
    ecuaciones += [
        [int(j == columna) for _i, j in incognitas] for columna in range(ancho) if totales[columna] is not None
    ]
    rango = _rango(ecuaciones)
    for cual in range(len(incognitas)):
        sola = [int(n == cual) for n in range(len(incognitas))]
        assert _rango([*ecuaciones, sola]) > rango, (filas, dichas, incognitas[cual])


@given(st.lists(st.integers(0, 12), min_size=2, max_size=2), st.lists(st.integers(0, 12), min_size=2, max_size=2))
def test_a_filter_tells_nothing_of_those_that_it_leaves_out(dentro, fuera):
    (pasan, quedan), todos = callar_filas([dentro, fuera])
    if None not in pasan and any(dentro):
        for columna in range(2):
            resto = (todos[columna] or 0) - (pasan[columna] or 0)
            assert resto >= MINIMO or not any(fuera)
    assert (None in pasan) == (None in quedan) or not any(dentro) or not any(fuera)


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=5))
def test_two_days_differ_by_nothing_or_by_five(pares):
    antes, ahora = [uno for uno, _otro in pares], [otro for _uno, otro in pares]
    if se_puede_actualizar(antes, ahora):
        for de_antes, de_ahora in zip(callar(antes), callar(ahora), strict=True):
            if de_antes is not None and de_ahora is not None:
                assert de_antes == de_ahora or abs(de_antes - de_ahora) >= MINIMO


def test_one_more_person_waits_for_four_others():
    assert not se_puede_actualizar([10, 20], [11, 20])
    assert se_puede_actualizar([10, 20], [15, 20])
    assert se_puede_actualizar([10, 20], [10, 20])
    assert not se_puede_actualizar([4, 20, 30], [5, 20, 30])


def _rango(filas: list[list[int]]) -> int:
    matriz = [[Fraction(valor) for valor in fila] for fila in filas]
    rango = 0
    for columna in range(len(matriz[0]) if matriz else 0):
        pivote = next((i for i in range(rango, len(matriz)) if matriz[i][columna]), None)
        if pivote is None:
            continue
        matriz[rango], matriz[pivote] = matriz[pivote], matriz[rango]
        for i in range(rango + 1, len(matriz)):
            factor = matriz[i][columna] / matriz[rango][columna]
            matriz[i] = [a - factor * b for a, b in zip(matriz[i], matriz[rango], strict=True)]
        rango += 1
    return rango
