"""What a paper keeps silent about a small table is not told by what it prints of the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seguimiento.consultas.contadores import DE_PERSONAS
from seguimiento.consultas.curso import Peldano
from seguimiento.consultas.distritos import FilaDeAsientos, Instancia, Totales, sumar
from seguimiento.consultas.pocos import cuales_se_dicen, se_dice
from seguimiento.mensajes import al_grupo
from seguimiento.views.frases import frases
from tests.gente import DESDE

pytestmark = pytest.mark.un_motor
VARIAS = [(17, 22), (3, 9), (7, 13), (4, 13)]


def instancia(terminaron: int, integrantes: int, **campos) -> Instancia:
    datos = {"existe": True, "atendida_por": "", "meta": None, "convocada": True, **campos}
    lugar = ("990101", "Luyando", "", "", "distrito", None, None)
    return Instancia(*lugar, **datos, terminaron=terminaron, integrantes=integrantes)


def total(terminaron: int, integrantes: int, instancias=(), *, sin_actividad=0, certificadas=0) -> Totales:
    suyas = {"terminaron": terminaron, "integrantes": integrantes, "certificadas": certificadas}
    suyas |= {"pendientes": integrantes - terminaron}
    return sumar(dict.fromkeys(DE_PERSONAS, 0) | suyas, instancias, sin_actividad=sin_actividad)


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


def test_the_panel_on_paper_keeps_silent_the_rows_that_the_acta_keeps_silent():
    instancias = [instancia(*una) for una in VARIAS]
    total(31, 57, instancias)
    assert [una.son_pocos for una in instancias] == [not dicha for dicha in cuales_se_dicen(VARIAS, con_total=True)]
    assert [una.son_pocos for una in instancias] == [False, True, False, True]
    vacia = instancia(0, 0)
    total(31, 57, [*instancias, vacia])
    assert not vacia.son_pocos  # that nobody sits there is of the register
    total(55, 57, instancias)  # the total is silent too, so nothing is taken from it
    assert [una.son_pocos for una in instancias] == [not se_dice(*una) for una in VARIAS]


@pytest.mark.parametrize(("este_mes", "dicho"), [(2, False), (0, False), (6, True), (13, False), (17, True)])
def test_how_many_finished_this_month_is_printed_of_five_or_more_beside_five_or_more(este_mes, dicho):
    assert instancia(17, 22, este_mes=este_mes).este_mes_se_dice is dicho
    assert not instancia(17, 22, este_mes=este_mes, son_pocos=True).este_mes_se_dice


def test_a_sentence_of_few_people_stays_on_the_screen_and_that_of_seats_is_always_printed():
    def calladas(suyo: Totales, **como) -> list[bool]:
        return [una.son_pocos for una in frases(suyo, **como)]

    assert calladas(total(6, 12, sin_actividad=6)) == [False, True, False, False]
    assert calladas(total(6, 12, sin_actividad=2)) == [False, True, False, True]
    assert calladas(total(3, 40, sin_actividad=20)) == [True, True, False, True]
    assert calladas(total(10, 20, certificadas=5), de_hoy=False) == [False, True, False, False]
    assert calladas(total(10, 20, certificadas=8), de_hoy=False) == [False, True, False, True]


@pytest.mark.parametrize(("terminaron", "calla"), [(3, True), (6, False), (9, True), (12, False)])
def test_the_seats_that_they_complete_are_told_to_the_group_with_who_finished_and_those_with_a_person_always(
    terminaron, calla, monkeypatch
):
    monkeypatch.setattr("seguimiento.mensajes.preparar", lambda texto: texto)
    sillas = [FilaDeAsientos("Alcaldía", "A", 1, True, exigidos=12, no_aplican=0, con_persona=3, completos=2)]
    texto = al_grupo(instancia(terminaron, 12, asientos=sillas), ahora=DESDE)
    assert "Asientos con persona: 3 de 12." in texto
    assert ("Asientos completos: 2 de 12." not in texto) is calla


@pytest.mark.parametrize(("terminaron", "calla"), [(0, True), (4, True), (5, False), (9, True), (10, False)])
def test_a_part_of_the_course_that_few_finished_or_few_lack_is_not_printed(terminaron, calla):
    assert Peldano(1, 1, "", "", 1, "leccion", 10, 10, terminaron).son_pocos is calla
