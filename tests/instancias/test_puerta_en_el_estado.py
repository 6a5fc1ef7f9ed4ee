"""Keys tried on many accounts, each from another address, stop at no brake of their own: the page says it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from instancias.acceso.services.frenos import Intento, tomar_turno
from instancias.consultas import puerta
from instancias.models import FrenoDeEntrada
from marco.estado import BIEN, MIRAR, lineas

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def linea():
    (una,) = puerta.estado_de_la_puerta()
    return una


def probar(cuantas: int) -> None:
    for n in range(cuantas):
        intento = Intento("entrar", cuenta=f"4000{n:04}", ip=f"10.0.{n // 250}.{n % 250}", marca="abc")
        tomar_turno(intento, ahora=timezone.now())


def test_a_few_that_forgot_their_key_are_nothing(presupuesto):
    probar(3)
    with presupuesto(1):
        una = linea()
    assert (una.estado, una.que_hacer) == (BIEN, "")


def test_many_accounts_from_many_addresses_are_told_without_naming_any(monkeypatch):
    monkeypatch.setattr(puerta, "MUCHOS", 40)
    probar(12)
    una = linea()
    assert una.estado == MIRAR and una.medidas["frenos_en_una_hora"] >= 40
    assert "4000" not in una.dice + una.que_hacer and "10.0" not in una.dice + una.que_hacer
    FrenoDeEntrada.objects.update(ultimo_en=timezone.now() - 2 * puerta.UNA_HORA)
    assert linea().estado == BIEN


def test_it_is_a_line_of_the_page():
    assert "puerta" in {una.clave for una in lineas(ahora=timezone.now())}
