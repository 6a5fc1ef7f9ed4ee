"""What a paper keeps silent about a small table is not told by what it prints of the others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seguimiento.consultas.distritos import MINIMO_DEL_GRUPO, Instancia, callar_las_de_pocos
from seguimiento.mensajes import se_dice
from seguimiento.papel_de_acta import cuales_se_dicen


def instancia(numero: int, integrantes: int) -> Instancia:
    return Instancia(
        f"9901{numero:02}", "", "", "", "distrito", None, None, True, "", None, True, integrantes=integrantes
    )


def calladas(*integrantes: int) -> list[bool]:
    instancias = [instancia(numero, cuantos) for numero, cuantos in enumerate(integrantes)]
    callar_las_de_pocos(instancias)
    return [una.son_pocos for una in instancias]


@given(st.lists(st.integers(0, 12), max_size=12))
def test_the_total_less_what_is_printed_points_at_nobody(integrantes):
    silencio = calladas(*integrantes)
    callados = sum(cuantos for cuantos, callada in zip(integrantes, silencio, strict=True) if callada)
    impresos = [cuantos for cuantos, callada in zip(integrantes, silencio, strict=True) if cuantos and not callada]
    assert all(cuantos >= MINIMO_DEL_GRUPO for cuantos in impresos)
    assert callados == 0 or callados >= MINIMO_DEL_GRUPO or not impresos


def test_a_small_table_alone_takes_the_next_smallest_with_it():
    assert calladas(1, 20, 8) == [True, False, True]
    assert calladas(1, 4, 8) == [True, True, False]
    assert calladas(0, 5, 8) == [False, False, False]


@given(st.lists(st.integers(0, 12).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=12))
def test_an_acta_of_many_says_of_each_no_more_than_its_own_and_nothing_by_subtraction(cuantas):
    terminaron, integrantes = (sum(una[lado] for una in cuantas) for lado in (0, 1))
    con_total = se_dice(terminaron, integrantes)
    dichas = cuales_se_dicen(cuantas, con_total=con_total)
    assert all(se_dice(*una) for una, dicha in zip(cuantas, dichas, strict=True) if dicha)
    calladas = [una for una, dicha in zip(cuantas, dichas, strict=True) if una[1] and not dicha]
    if con_total and calladas and any(dichas):
        assert se_dice(sum(una[0] for una in calladas), sum(una[1] for una in calladas))


def test_three_of_nine_is_silent_beside_others_as_in_its_own_acta():
    assert cuales_se_dicen([(17, 22), (3, 9), (7, 13), (4, 13)], con_total=True) == [True, False, True, False]
    assert cuales_se_dicen([(17, 22), (3, 9), (7, 13)], con_total=True) == [True, False, False]
