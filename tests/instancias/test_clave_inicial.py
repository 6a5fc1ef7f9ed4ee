"""The key that somebody sets for another account opens the door once, for seven days, to choose another."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from instancias.models import Alcance, ClaveInicial
from tests.gente import CLAVE, DESDE, DISTRITO_A

pytestmark = pytest.mark.django_db
INICIO = datetime.datetime(2026, 3, 2, 13, 0, tzinfo=datetime.UTC)
PRESTADA, PROPIA = "cuatro palabras al azar", "otras cinco palabras mías"
CAMBIAR = reverse("kuska_instancias:cambiar_clave")
AVISO = "Para seguir, elija una clave que solo usted conozca."


@pytest.fixture
def reloj():
    with time_machine.travel(INICIO, tick=False) as uno:
        yield uno


def poner_clave(jefa: Client, cuenta, clave: str = PRESTADA) -> None:
    datos = {"username": cuenta.username, "email": "a@example.org", "first_name": "Ana", "last_name": "Prado"}
    datos |= {"password1": clave, "password2": clave, "is_active": "on"}
    respuesta = jefa.post(reverse("wagtailusers_users:edit", args=[cuenta.pk]), datos)
    assert respuesta.status_code == 302


def pasar(usuario: str, clave: str, **otros):
    cliente = Client()
    datos = {"identificador": usuario, "clave": clave, **otros}
    return cliente, cliente.post(reverse("kuska_instancias:entrar"), datos)


@pytest.mark.un_motor
def test_the_first_entry_asks_for_another_and_goes_on(reloj, administradora, cem_provincial, entrar):
    poner_clave(entrar(administradora), cem_provincial)
    cliente, respuesta = pasar("cem", PRESTADA, next="/panel/personas")
    assert respuesta.url == f"{CAMBIAR}?next=%2Fpanel%2Fpersonas"
    pagina = cliente.get(respuesta.url)
    assert AVISO in pagina.text and 'name="next" value="/panel/personas"' in pagina.text

    igual = cliente.post(respuesta.url, {"actual": PRESTADA, "nueva": PRESTADA})
    assert "Esa es la clave que ya tiene. Elija otra." in igual.text
    hecha = cliente.post(respuesta.url, {"actual": PRESTADA, "nueva": PROPIA, "next": "/panel/personas"})

    assert hecha.url == "/panel/personas" and cliente.get(hecha.url).status_code == 200
    assert not ClaveInicial.objects.exists()
    assert pasar("cem", PROPIA)[1].url == "/panel"


@pytest.mark.un_motor
def test_until_then_every_door_is_closed(reloj, administradora, cem_provincial, capacitadora, integrante, entrar):
    jefa = entrar(administradora)
    otra_jefa = type(administradora).objects.create_superuser("otra", password=CLAVE)
    paginas = {
        cem_provincial: ["/panel", "/panel/personas", reverse("kuska_instancias:mi_cuenta")],
        capacitadora: ["/admin/"],
        otra_jefa: ["/admin/", "/admin/users/", "/panel"],
        integrante.cuenta: [reverse("kuska_instancias:mi_cuenta"), reverse("kuska_instancias:mis_datos")],
    }
    for cuenta, direcciones in paginas.items():
        poner_clave(jefa, cuenta)
        cuenta.refresh_from_db()
        cliente = entrar(cuenta)  # by a door that is not ours
        for direccion in direcciones:
            puerta = cliente.get(direccion)
            assert puerta.url.startswith("/entrar?next=") and "terminada" not in puerta.url, direccion
            assert cliente.get(puerta.url).url.startswith(f"{CAMBIAR}?next=")
        guion = cliente.get(direcciones[0], headers={"Accept": "application/json"})
        assert guion.status_code == 401


def test_after_seven_days_it_opens_nothing(reloj, administradora, cem_provincial, entrar):
    poner_clave(entrar(administradora), cem_provincial)
    cliente, _respuesta = pasar("cem", PRESTADA)
    reloj.shift(datetime.timedelta(days=7))

    _otro, respuesta = pasar("cem", PRESTADA)
    assert "Esa clave era para su primera entrada y venció a los 7 días." in respuesta.text
    assert cliente.get(CAMBIAR).url.startswith("/entrar")
    assert not Client().login(username="cem", password=PRESTADA)

    poner_clave(entrar(administradora), cem_provincial)
    assert pasar("cem", PRESTADA)[1].url == CAMBIAR


def test_an_account_made_today_too_and_ones_own_key_not(reloj, administradora, entrar):
    datos = {"username": "nueva", "email": "n@example.org", "first_name": "Ana", "last_name": "Prado"}
    jefa = entrar(administradora)
    jefa.post(reverse("wagtailusers_users:add"), {**datos, "password1": PRESTADA, "password2": PRESTADA})
    assert ClaveInicial.objects.get().cuenta.username == "nueva"
    assert ClaveInicial.objects.get().puesta_por == administradora
    ClaveInicial.objects.all().delete()

    suya = reverse("wagtailusers_users:edit", args=[administradora.pk])
    datos = {**datos, "username": "administra", "password1": PROPIA, "password2": PROPIA}
    assert jefa.post(suya, datos).status_code == 302
    del datos["password1"], datos["password2"]
    assert jefa.post(suya, datos).status_code == 302
    assert not ClaveInicial.objects.exists()


@pytest.mark.un_motor
def test_a_member_who_gets_a_role_changes_a_key_that_is_short_for_it(integrante):
    integrante.cuenta.set_password("48217093")
    integrante.cuenta.save()
    assert pasar("40000001", "48217093")[1].url == "/inicio"
    Alcance.objects.create(cuenta=integrante.cuenta, territorio_id=DISTRITO_A, desde=DESDE)

    cliente, respuesta = pasar("40000001", "4821 7093")
    assert respuesta.url == CAMBIAR and cliente.get("/panel").url.startswith("/entrar")
    assert cliente.post(CAMBIAR, {"actual": "48217093", "nueva": PROPIA}).status_code == 302
    assert cliente.get("/panel").status_code == 200


def test_it_costs_no_statement(integrante, cem_provincial, entrar, presupuesto):
    cliente = entrar(integrante)
    cliente.get(reverse("kuska_instancias:mi_cuenta"))
    with presupuesto(5):
        cliente.get(reverse("kuska_instancias:mi_cuenta"))
