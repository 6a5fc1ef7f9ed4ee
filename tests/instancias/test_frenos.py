"""The brakes of the door in layers: who is slowed, by what, and who never is."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from instancias.acceso import conocidos
from instancias.acceso.conocidos import Equipo
from instancias.acceso.services import frenos
from instancias.acceso.services.enlaces import crear_enlace
from instancias.acceso.services.entrada import autenticar
from instancias.acceso.topes import DE_LA_CUENTA, DE_LA_RED, DE_UNA_CLAVE, LIBRES
from instancias.models import FrenoDeEntrada
from marco.errores import ErrorDeDominio
from tests.evaluaciones.test_a_la_vez import a_la_vez
from tests.gente import CLAVE, crear_integrante

AHORA = datetime.datetime(2026, 11, 23, 15, 0, tzinfo=datetime.UTC)
SALA, OTRA = "10.0.0.1", "203.0.113.9"
pytestmark = pytest.mark.django_db


def probar(documento="40000001", clave="equivocada", ip=SALA, ahora=AHORA, equipo=conocidos.NINGUNO):
    try:
        autenticar(identificador=documento, clave=clave, ip=ip, ahora=ahora, equipo=equipo)
    except ErrorDeDominio as error:
        return error.codigo
    return "entra"


def enviar(cliente, documento="40000001", clave=CLAVE, **datos):
    return cliente.post(reverse("kuska_instancias:entrar"), {"identificador": documento, "clave": clave, **datos})


def equipo_de(cliente):
    pedido = RequestFactory().get("/")
    pedido.COOKIES["k_equipo"] = cliente.cookies["k_equipo"].value
    return conocidos.equipo_de(pedido)


def test_one_key_tried_on_thirty_seven_accounts_from_one_address_dies(integrante):
    salidas = [probar(f"4200{n:04}", "clave-de-todos") for n in range(37)]

    assert salidas == ["no_coincide"] * DE_UNA_CLAVE.caben + ["espere"] * (37 - DE_UNA_CLAVE.caben)
    assert probar(clave=CLAVE) == "entra"  # whoever types their own goes on


def test_the_last_account_of_a_spray_does_not_fall_even_if_it_has_that_key(integrante):
    for n in range(DE_UNA_CLAVE.caben):
        probar(f"4200{n:04}", CLAVE)

    assert probar(clave=CLAVE) == "espere"
    assert probar(clave=CLAVE, ip=OTRA) == "entra"


@pytest.mark.un_motor
def test_many_keys_on_many_accounts_from_one_address_stop(territorio):
    salidas = [probar(f"4200{n:04}", f"clave-{n}") for n in range(DE_LA_RED.caben + 20)]

    assert salidas.count("no_coincide") == DE_LA_RED.caben
    assert set(salidas[-20:]) == {"espere"}


def test_one_account_from_many_addresses_dies(integrante):
    salidas = [probar(clave=f"clave-{n}", ip=f"198.51.100.{n}") for n in range(60)]

    assert salidas.count("no_coincide") == DE_LA_CUENTA.caben


@pytest.mark.un_motor
def test_a_room_that_gets_its_keys_wrong_and_then_right_leaves_no_brake(territorio):
    documentos = [f"4100{numero:04}" for numero in range(40)]
    for documento in documentos:
        crear_integrante(documento, "Ana", f"Prueba {documento}")
        assert [probar(documento, f"mal-{documento}") for _vez in range(2)] == ["no_coincide"] * 2

    assert {probar(documento, CLAVE) for documento in documentos} == {"entra"}
    assert not FrenoDeEntrada.objects.exclude(fallos=0).filter(fallos__gt=2).exists()


@pytest.mark.un_motor
def test_a_machine_that_entered_before_is_not_slowed_by_its_neighbour(integrante):
    casa = Client()
    enviar(casa)
    conocida = equipo_de(casa)

    for n in range(LIBRES + 1):
        probar(clave=f"vecino-{n}")
    assert probar(clave=CLAVE) == "espere"
    for n in range(60):
        probar(clave=f"lejos-{n}", ip=f"198.51.100.{n}")

    assert probar(clave=CLAVE, equipo=conocida) == "entra"


@pytest.mark.un_motor
def test_the_door_takes_and_gives_that_cookie_by_itself(integrante):
    casa = Client()
    with time_machine.travel(timezone.now(), tick=False):
        enviar(casa)
        casa.post(reverse("kuska_instancias:cerrar_sesion"))
        for n in range(LIBRES + 1):
            enviar(Client(), clave=f"vecino-{n}")

        assert enviar(Client()).status_code == 200
        assert enviar(casa).status_code == 302


def test_guessing_from_a_known_machine_is_slowed_as_well(integrante):
    casa = Client()
    enviar(casa)
    salidas = [probar(clave=f"clave-{n}", equipo=equipo_de(casa)) for n in range(LIBRES + 3)]

    assert salidas == ["no_coincide"] * (LIBRES + 1) + ["espere"] * 2


def test_the_cookie_serves_the_accounts_that_entered_and_no_other(integrante, integrante_de_b):
    casa = Client()
    enviar(casa)
    una = equipo_de(casa)
    enviar(casa, integrante_de_b.documento)
    dos = equipo_de(casa)

    assert una.conoce(integrante.cuenta_id) and not una.conoce(integrante_de_b.cuenta_id)
    assert dos.conoce(integrante.cuenta_id) == dos.conoce(integrante_de_b.cuenta_id) == una.numero


@pytest.mark.un_motor
@pytest.mark.parametrize("falsa", ["", "x", "0" * 32, f"{'0' * 32}.{'0' * 32}", "a.b", "\x00" * 40])
def test_a_cookie_that_somebody_wrote_is_none(integrante, falsa):
    pedido = RequestFactory().get("/")
    pedido.COOKIES["k_equipo"] = falsa

    assert conocidos.equipo_de(pedido) == conocidos.NINGUNO
    assert Equipo("0" * 32, ("0" * 32,)).conoce(integrante.cuenta_id) == ""


def test_a_phone_that_others_use_is_not_remembered_and_one_is_forgotten_on_request(integrante):
    ajeno, propio = Client(), Client()
    enviar(ajeno, compartido="on")
    enviar(propio)
    galleta = propio.cookies["k_equipo"]

    assert "k_equipo" not in ajeno.cookies
    assert galleta["httponly"] and galleta["samesite"] == "Lax"
    assert "40000001" not in galleta.value
    propio.post(reverse("kuska_instancias:borrar_del_celular"))
    assert propio.cookies["k_equipo"].value == ""


@pytest.mark.un_motor
def test_links_that_were_never_made_stop_and_one_that_works_opens_from_there(integrante, coordinadora_a, visitante):
    enlace = crear_enlace(persona=integrante, por=coordinadora_a, ahora=timezone.now())
    with time_machine.travel(timezone.now(), tick=False):
        estados = [visitante.get(reverse("kuska_instancias:enlace", args=[f"{n:026}"])).status_code for n in range(40)]
        assert estados == [410] * 30 + [429] * 10
        assert visitante.get(reverse("kuska_instancias:enlace", args=[enlace.token])).status_code == 200


@pytest.mark.un_motor
def test_a_header_of_the_visitor_does_not_change_their_address(integrante, settings):
    settings.KUSKA_PROXIES = 1
    with time_machine.travel(timezone.now(), tick=False):
        for n in range(LIBRES + 2):
            cliente = Client(headers={"X-Forwarded-For": f"6.6.6.{n}, {OTRA}"})
            ultima = enviar(cliente, clave=f"clave-{n}")

    assert "espere 1 minuto o" in ultima.text


def test_a_try_costs_the_same_with_one_failure_or_with_many(integrante):
    def cuesta(n):
        with CaptureQueriesContext(
            connection,
        ) as captura:
            probar(clave=f"clave-{n}", ip=f"198.51.100.{n}")
        return len(captura)

    assert len({cuesta(n) for n in range(10)}) == 1


@pytest.mark.un_motor
@pytest.mark.parametrize(("ip", "misma"), [("::ffff:10.0.0.1", True), ("::ffff:10.0.0.2", False)])
def test_an_address_of_four_numbers_written_as_six_groups_is_itself(integrante, ip, misma):
    for _vez in range(LIBRES + 1):
        probar(ip="10.0.0.1")

    assert (probar(ip=ip) == "espere") is misma


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_count_as_a_hundred(integrante):
    """From many addresses at the same moment: the rows are taken in one order, and no more pass than fit."""
    actos = [lambda n=n: probar(clave=f"clave-{n}", ip=f"198.51.100.{n % 9}") for n in range(DE_LA_CUENTA.caben + 12)]

    salidas = a_la_vez(*actos)

    assert sorted(set(map(str, salidas))) == ["espere", "no_coincide"], salidas
    assert salidas.count("no_coincide") == DE_LA_CUENTA.caben


@pytest.mark.un_motor
def test_what_was_typed_leaves_twelve_bits():
    assert len(frenos.marca_de(CLAVE)) == 3


def test_phones_that_were_right_at_once_leave_nothing_of_their_tries(integrante):
    """Five count before the first of them is right, several times over; the key itself is given back by each."""
    intento = frenos.Intento("entrar", cuenta="cuenta:1", ip=SALA, marca=frenos.marca_de(CLAVE))
    for _vez in range(4):
        for _telefono in range(LIBRES):
            frenos.tomar_turno(intento, ahora=AHORA)
        for _telefono in range(LIBRES):
            frenos.soltar(intento)
    assert not FrenoDeEntrada.objects.exists()
