"""What a paper keeps silent about a small table is not told by what it prints of the others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seguimiento.consultas.distritos import MINIMO_DEL_GRUPO, Instancia, callar_las_de_pocos


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
