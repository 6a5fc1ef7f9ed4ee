"""Whoever reads a step finds the next ones drawn: after the answer, without statements, and only where they fit."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marco import dibujadas, paginas_dibujadas
from tests.cursos.factories import Programa

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
def leccion(integrante):
    programa = Programa(lecciones=2, pasos=4)
    programa.inscribir(integrante)
    dibujadas.olvidar()
    paginas_dibujadas.olvidar()
    return programa


@pytest.fixture
def dibujos(monkeypatch) -> list[int]:
    """The steps that are drawn, as they are."""
    hechos: list[int] = []
    de_siempre = paginas_dibujadas.dibujar

    def dibujar(motor, plantilla, valores, ademas=None):
        habia = len(dibujadas._dibujadas.todas())
        html = de_siempre(motor, plantilla, valores, ademas)
        if plantilla.endswith("paso.html") and len(dibujadas._dibujadas.todas()) > habia:
            hechos.append(valores["paso"].numero)
        return html

    monkeypatch.setattr(paginas_dibujadas, "dibujar", dibujar)
    return hechos


def url(programa: Programa, numero: int) -> str:
    return f"/c/{programa.curso.numero}/{programa.unidades[0].numero}/{numero}"


def test_the_steps_that_follow_are_drawn_after_the_answer_and_are_the_same(leccion, integrante, entrar, dibujos):
    cliente = entrar(integrante)
    sueltas = []
    for numero in range(1, 5):
        dibujadas.olvidar()
        sueltas.append(cliente.get(url(leccion, numero)).content)
    dibujadas.olvidar()
    paginas_dibujadas.olvidar()
    dibujos.clear()
    cliente.get(url(leccion, 2))
    assert sorted(dibujos) == [1, 2, 3, 4] and dibujos[0] == 2
    dibujos.clear()
    assert [_sin_ficha(cliente.get(url(leccion, n)).content) for n in range(1, 5)] == [*map(_sin_ficha, sueltas)]
    assert not dibujos


def _sin_ficha(pagina: bytes) -> bytes:

    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", pagina)


def test_whoever_asks_meanwhile_goes_before_what_nobody_asked_for_yet(
    leccion, integrante, entrar, dibujos, monkeypatch
):
    cliente = entrar(integrante)
    cliente.get(url(leccion, 1))  # the lesson is read whole
    dibujadas.olvidar()
    paginas_dibujadas.olvidar()
    dibujos.clear()
    otro_hilo = -1
    de_siempre = paginas_dibujadas.dibujar

    def llega_alguien(*valores):
        if dibujos:
            paginas_dibujadas._atendiendo.add(otro_hilo)
        return de_siempre(*valores)

    with monkeypatch.context() as mientras:
        mientras.setattr(paginas_dibujadas, "dibujar", llega_alguien)
        cliente.get(url(leccion, 2))
    assert dibujos == [2, 3], "its own, and the one that was being drawn"
    paginas_dibujadas._atendiendo.discard(otro_hilo)
    cliente.get(url(leccion, 3))
    assert dibujos == [2, 3, 4, 1], "the rest after another answer, those that follow first"
    assert not paginas_dibujadas._atendiendo


def test_it_costs_no_statement(leccion, integrante, entrar):
    cliente = entrar(integrante)
    cliente.get(url(leccion, 1))  # the lesson is read whole
    cuentas = []
    for _vez in range(2):
        with CaptureQueriesContext(connection) as captura:
            cliente.get(url(leccion, 2))
        cuentas.append(len(captura.captured_queries))
        paginas_dibujadas.olvidar()
        dibujadas.olvidar()
    assert cuentas[0] == cuentas[1]


def test_where_there_is_no_room_nothing_is_drawn_that_nobody_asked_for(
    leccion, integrante, entrar, dibujos, monkeypatch
):
    monkeypatch.setattr(dibujadas, "CABEN", 2)
    cliente = entrar(integrante)
    cliente.get(url(leccion, 1))
    dibujos.clear()
    paginas_dibujadas.olvidar()
    cliente.get(url(leccion, 2))
    assert set(dibujos) <= {2}


def test_what_fails_ahead_fails_to_nobody(leccion, integrante, entrar, monkeypatch):
    monkeypatch.setattr("cursos.clases.leccion.views.pasos_a_mano", lambda **_: 1 / 0)
    assert entrar(integrante).get(url(leccion, 2)).status_code == 200
