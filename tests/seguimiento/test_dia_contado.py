"""A day that was counted apart says what the facts say, whatever happened meanwhile and whoever counted it."""

from __future__ import annotations

import random
import threading
from dataclasses import replace

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as CasoConDatos

from seguimiento.consultas import contadores
from seguimiento.services import contar as servicio
from tests.motores import en_postgres
from tests.paciencia import PACIENCIA
from tests.seguimiento import factories as f
from tests.seguimiento.test_contadores import OTRA, QUE, Actos, ambito, montar


def igual_que_los_hechos(aqui) -> None:
    cuentas, total = contadores.sumar(aqui)
    de_hechos, total_de_hechos = contadores._de_hechos(aqui)
    con_algo = {una: suyas for una, suyas in cuentas.items() if any(suyas)}
    assert con_algo == {una: suyas for una, suyas in de_hechos.items() if any(suyas)}
    assert total == total_de_hechos


class TestDespuesDeCualquierCosa(CasoConDatos):
    @settings(max_examples=6, deadline=None)
    @given(actos=st.lists(st.sampled_from(QUE), min_size=3, max_size=7), semilla=st.integers(0, 10_000))
    def test_a_day_that_was_asked_for_says_what_the_facts_say(self, actos, semilla):
        antes = contadores.AL_MOMENTO
        contadores.AL_MOMENTO = 0
        try:
            with transaction.atomic():
                hacer = Actos(montar(), random.Random(semilla))
                for acto in actos:
                    for aqui in (ambito(1, OTRA, f.A), ambito(30)):  # a part, and all of it
                        servicio.contar_un_dia(aqui, avisar=lambda _n: None, hay_tiempo=lambda: True)
                    getattr(hacer, acto)()
                    for dias_antes in (1, 30):
                        aqui = ambito(dias_antes)
                        servicio.contar_un_dia(aqui, avisar=lambda _n: None, hay_tiempo=lambda: True)
                        igual_que_los_hechos(aqui)
                transaction.set_rollback(True)
        finally:
            contadores.AL_MOMENTO = antes


@pytest.mark.django_db(transaction=True)
@en_postgres
def test_two_workers_at_once_count_each_province_once(monkeypatch):
    monkeypatch.setattr(contadores, "AL_MOMENTO", 0)  # one person is many
    montar()
    escribir, contadas, juntos = servicio._escribir, [], threading.Barrier(2, timeout=PACIENCIA)
    monkeypatch.setattr(servicio, "UN_RATO", 0.01)

    def anotar(aqui, prefijos, cuales):
        contadas.append(prefijos[0][:4])
        return escribir(aqui, prefijos, cuales)

    monkeypatch.setattr(servicio, "_escribir", anotar)

    def contar(*prefijos: str) -> None:
        try:
            aqui = replace(ambito(1), prefijos=prefijos)
            juntos.wait()
            assert servicio.contar_un_dia(aqui, avisar=lambda _n: None, hay_tiempo=lambda: True)
        finally:
            connection.close()

    hilos = [threading.Thread(target=contar, args=quienes) for quienes in (("10",), (f.PROVINCIA, OTRA))]
    [hilo.start() for hilo in hilos]
    [hilo.join() for hilo in hilos]
    assert sorted(contadas) == [OTRA, f.PROVINCIA]
    igual_que_los_hechos(ambito(1))
