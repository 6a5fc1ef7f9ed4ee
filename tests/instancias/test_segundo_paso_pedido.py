"""The second step asked by the site, of whom, and taken away by somebody with authority."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from instancias.acceso import segundo
from instancias.acceso.services import factores
from instancias.models import Alcance, SegundoFactor
from tests import gente
from tests.instancias.test_segundo_paso import (
    AHORA,
    MIOS,
    PASO,
    codigo,
    codigo_al,
    con_aplicacion,
    dentro,
    llave,
    pedir,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reloj():
    with time_machine.travel(AHORA, tick=False) as uno:
        yield uno


# Asked by the site.


@pytest.mark.un_motor
def test_the_first_entry_after_the_rule_leads_to_set_it_and_to_nothing_else(cem_provincial, reloj):
    pedir()
    cliente = Client()
    assert llave(cliente, "cem", next="/panel").url == f"{MIOS}?next=%2Fpanel"
    assert not dentro(cliente)
    pagina = cliente.get(f"{MIOS}?next=/panel").text
    assert "Para seguir, ponga un segundo paso" in pagina and "Más tarde" not in pagina

    cliente.post(reverse("kuska_instancias:hacer_hoja"))
    assert dentro(cliente)


@pytest.mark.un_motor
def test_until_the_day_of_grace_it_is_offered_and_may_wait(cem_provincial, reloj):
    pedir(segundo_factor_desde=AHORA.date() + datetime.timedelta(days=10))
    cliente = Client()
    assert llave(cliente, "cem", next="/panel").url == f"{MIOS}?next=%2Fpanel"
    assert "Más tarde" in cliente.get(f"{MIOS}?next=/panel").text
    assert dentro(cliente)

    reloj.shift(datetime.timedelta(days=10))
    cliente = Client()
    llave(cliente, "cem")
    assert not dentro(cliente)


@pytest.mark.un_motor
def test_a_member_never_sees_it(integrante, reloj):
    pedir()
    cliente = Client()
    assert llave(cliente, integrante.documento).url == "/inicio"
    assert dentro(cliente, "/mi-cuenta")
    assert "Segundo paso" not in cliente.get("/mi-cuenta").text
    assert cliente.get(MIOS).status_code == 404
    assert codigo_al(factores.hacer_hoja, cuenta=integrante.cuenta, ahora=AHORA) == "no_es_personal"


@pytest.mark.un_motor
def test_a_member_who_works_here_too_is_asked(integrante, reloj):
    Alcance.objects.create(cuenta=integrante.cuenta, territorio_id=gente.DISTRITO_A, desde=gente.DESDE)
    con_aplicacion(integrante.cuenta)
    cliente = Client()
    assert llave(cliente, integrante.documento).url.startswith(PASO)
    assert cliente.get("/inicio").url.startswith("/entrar")
    cliente.post(PASO, {"k_codigo": codigo()})
    assert "Segundo paso para entrar" in cliente.get("/mi-cuenta").text


def test_a_role_given_today_rotates_the_session_that_was_open(integrante, reloj):
    cliente = Client()
    llave(cliente, integrante.documento)
    antes = cliente.session.session_key
    Alcance.objects.create(cuenta=integrante.cuenta, territorio_id=gente.DISTRITO_A, desde=gente.DESDE)

    assert dentro(cliente, "/mi-cuenta")
    assert cliente.session.session_key != antes


# Taken away by another.


def quitar(cuenta, por, motivo="Perdió su celular", ahora=AHORA):
    return factores.quitar_ajeno(cuenta=cuenta, por=por, motivo=motivo, ahora=ahora)


def test_who_has_authority_takes_it_away_with_a_reason_and_it_is_noted(coordinadora_a, cem_provincial):
    con_aplicacion(coordinadora_a)
    factores.hacer_hoja(cuenta=coordinadora_a, ahora=AHORA)

    assert codigo_al(quitar, cuenta=coordinadora_a, por=cem_provincial, motivo="  ") == "sin_motivo"
    assert quitar(coordinadora_a, cem_provincial) == 2
    linea = ModelLogEntry.objects.get(action="instancias.quitar_factor_ajeno")
    assert (linea.user, linea.object_id) == (cem_provincial, str(coordinadora_a.pk))
    assert linea.data["motivo"] == "Perdió su celular"
    assert not SegundoFactor.objects.exclude(secreto="").exists()


@pytest.mark.un_motor
def test_nobody_else_may(coordinadora_a, coordinador_b, cem_provincial, administradora, capacitadora, integrante):
    for cuenta in (coordinadora_a, cem_provincial, administradora, capacitadora):
        con_aplicacion(cuenta)
    for cuenta, por in [
        (coordinadora_a, coordinadora_a),
        (coordinadora_a, coordinador_b),
        (cem_provincial, coordinadora_a),
        (cem_provincial, cem_provincial),
        (administradora, cem_provincial),
        (administradora, administradora),
        (capacitadora, cem_provincial),
        (coordinadora_a, integrante.cuenta),
    ]:
        assert codigo_al(quitar, cuenta=cuenta, por=por) == "no_le_toca", (cuenta, por)
    assert quitar(capacitadora, administradora) == 1


@pytest.mark.un_motor
def test_on_the_server_the_last_one_who_administers_is_helped(administradora, capsys):
    con_aplicacion(administradora)
    call_command("quitar_segundo_paso", "administra", motivo="Perdió su celular")
    assert "Se quitó el segundo paso de «administra»." in capsys.readouterr().out
    call_command("quitar_segundo_paso", "administra", motivo="Perdió su celular")
    assert "no tenía segundo paso: no se cambió nada" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Escriba por qué se quita"):
        call_command("quitar_segundo_paso", "administra", motivo=" ")
    assert not factores.factores_de(administradora).exists()
    with pytest.raises(CommandError, match="No hay una cuenta"):
        call_command("quitar_segundo_paso", "nadie", motivo="x")


def test_a_page_costs_no_more_with_it(cem_provincial, reloj, presupuesto):
    cliente = Client()
    llave(cliente, "cem")
    cliente.get("/mi-cuenta/clave")
    with presupuesto(2):
        cliente.get("/mi-cuenta/clave")
    assert datetime.timedelta(minutes=15) >= segundo.A_MEDIAS
