"""What staff do to an account is told to its person: at the next entry, and in «Mi cuenta»."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from instancias.acceso.services import factores
from instancias.acceso.services.enlaces import crear_enlace
from instancias.models import Persona
from tests.gente import CLAVE

pytestmark = pytest.mark.django_db
AHORA = datetime.datetime(2026, 11, 23, 15, 0, tzinfo=datetime.UTC)
HECHO = "Carla Soto le hizo un enlace para entrar el 24 de noviembre de 2026. No se ha usado."


@pytest.fixture
def reloj():
    with time_machine.travel(AHORA, tick=False) as uno:
        yield uno


def entra(usuario):
    cliente = Client()
    datos = {"identificador": usuario, "clave": CLAVE, "letras": "1"}
    return cliente, cliente.post(reverse("kuska_instancias:entrar"), datos, follow=True).text


@pytest.mark.un_motor
def test_a_link_that_staff_made_is_told_at_the_next_entry_and_once(integrante, cem_provincial, reloj):
    entra(integrante.documento)
    reloj.shift(datetime.timedelta(days=1))
    crear_enlace(
        persona=Persona.objects.get(pk=integrante.pk), por=cem_provincial, ahora=AHORA + datetime.timedelta(days=1)
    )
    reloj.shift(60)

    cliente, dicho = entra(integrante.documento)
    assert HECHO in dicho and "cambie su clave y avise" in dicho
    reloj.shift(60)
    assert HECHO not in entra(integrante.documento)[1]
    assert HECHO in cliente.get("/mi-cuenta").text
    reloj.shift(datetime.timedelta(days=91))
    cliente, _dicho = entra(integrante.documento)
    assert HECHO not in cliente.get("/mi-cuenta").text


def test_a_first_entry_is_told_nothing(integrante, cem_provincial, reloj):
    crear_enlace(persona=integrante, por=cem_provincial, ahora=AHORA)
    assert "le hizo un enlace" not in entra(integrante.documento)[1]


@pytest.mark.un_motor
def test_a_second_step_that_another_took_away_is_told_with_its_reason(coordinadora_a, cem_provincial, reloj):
    entra("coordina-a")
    reloj.shift(60)
    factores.hacer_hoja(cuenta=coordinadora_a, ahora=AHORA)
    ahora = AHORA + datetime.timedelta(minutes=1)
    factores.quitar_ajeno(cuenta=coordinadora_a, por=cem_provincial, motivo="Perdió su hoja", ahora=ahora)
    reloj.shift(60)

    frase = "Carla Soto quitó su segundo paso para entrar el 23 de noviembre de 2026, por esto: Perdió su hoja."
    cliente, dicho = entra("coordina-a")
    assert frase in dicho
    assert frase in cliente.get("/mi-cuenta").text
    factores.hacer_hoja(cuenta=coordinadora_a, ahora=ahora)
    assert factores.quitar_propio(
        cuenta=coordinadora_a, factor_id=factores.factores_de(coordinadora_a).get().pk, ahora=ahora
    )
    assert cliente.get("/mi-cuenta").text.count("quitó su segundo paso") == 1  # one's own is no news
