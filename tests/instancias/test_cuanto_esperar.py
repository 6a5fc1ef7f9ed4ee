"""Whoever has to wait reads how many minutes, of their own line alone: what many share tells nothing of the others."""

import datetime
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from instancias.acceso.services.frenos import LIBRES, DemasiadosIntentos, Intento, tomar_turno
from tests.instancias.test_entrar import AHORA, enviar

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
CUANTO = re.compile(r"Por seguridad, espere (.+?) o pida un enlace nuevo al CEM\.")


def dicho(respuesta):
    return CUANTO.search(respuesta.text)[1]


def fallar(cliente, veces, **campos):
    for n in range(veces):
        enviar(cliente, clave=f"clave-{n}", **campos)


def test_the_right_key_after_six_wrong_ones_is_told_the_minutes_and_opens_after_them(integrante, visitante):
    with time_machine.travel(AHORA, tick=False) as reloj:
        fallar(visitante, LIBRES + 1)
        assert dicho(enviar(visitante)) == "1 minuto"
        reloj.shift(60)
        assert enviar(visitante).status_code == 302


def test_the_minutes_grow_with_the_wait_and_are_rounded_up(integrante, visitante):
    dichos = []
    with time_machine.travel(AHORA, tick=False) as reloj:
        fallar(visitante, LIBRES)
        for n in range(5):
            enviar(visitante, clave=f"otra-{n}")
            dichos.append(dicho(enviar(visitante)))
            reloj.shift(datetime.timedelta(minutes=int(dichos[-1].split()[0])))
        enviar(visitante, clave="una más")
        reloj.shift(61)
        assert dicho(enviar(visitante)) == "14 minutos"
    assert dichos == ["1 minuto", "1 minuto", "2 minutos", "4 minutos", "8 minutos"]


def test_a_document_that_nobody_has_is_told_the_same(integrante, visitante):
    dichos = []
    with time_machine.travel(AHORA, tick=False) as reloj:
        for _vez in range(4):
            for cual in ("40000001", "49999999"):
                cliente = Client(REMOTE_ADDR="10.0.0.1" if cual == "40000001" else "10.0.0.2")
                fallar(cliente, LIBRES + 1, identificador=cual)
                dichos.append(dicho(enviar(cliente, cual, clave="equivocada")))
            reloj.shift(120)
    assert dichos[::2] == dichos[1::2]


def test_what_many_share_tells_no_number():
    lleno = Intento("entrar", ip="10.0.0.9", se_busca=True)
    ahora = timezone.now()
    with pytest.raises(DemasiadosIntentos) as error:
        for _vez in range(40):
            tomar_turno(lleno, ahora=ahora)
    assert error.value.cuanto == "unos minutos"


def test_an_account_that_others_fill_from_everywhere_tells_no_number(integrante):
    with time_machine.travel(AHORA, tick=False):
        for n in range(25):
            ultima = enviar(Client(REMOTE_ADDR=f"10.1.{n}.1"), clave=f"clave-{n}")
    assert dicho(ultima) == "unos minutos"
