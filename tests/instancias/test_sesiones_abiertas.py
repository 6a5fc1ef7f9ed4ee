"""Whoever works here sees where their sessions are open, and closes them: one, or all but this one."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from instancias.acceso.equipos import en_palabras, reconocer
from instancias.models import Alcance, SesionAbierta
from instancias.tasks import olvidar_sesiones
from tests.gente import CLAVE, DESDE, DISTRITO_A

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
MI_CUENTA, CERRAR = reverse("kuska_instancias:mi_cuenta"), reverse("kuska_instancias:cerrar_sesiones")
INICIO = datetime.datetime(2026, 3, 2, 13, 0, tzinfo=datetime.UTC)
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CELULAR = "Mozilla/5.0 (Linux; Android 13; SM-A145M) AppleWebKit/537.36 Chrome/125.0 Mobile Safari/537.36"


@pytest.fixture(params=["db", "cached_db"])
def motor(request, settings):
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{request.param}"


@pytest.fixture
def reloj():
    with time_machine.travel(INICIO, tick=False) as uno:
        yield uno


def pasar(usuario="cem", agente=WINDOWS) -> Client:
    cliente = Client(headers={"User-Agent": agente})
    datos = {"identificador": usuario, "clave": CLAVE}
    assert cliente.post(reverse("kuska_instancias:entrar"), datos).status_code == 302
    return cliente


def dentro(cliente) -> bool:
    return cliente.get(MI_CUENTA).status_code == 200


def vistas(cliente) -> list:
    return cliente.get(MI_CUENTA).context["sesiones"]


def test_they_are_listed_with_their_hours_and_what_opened_them(reloj, motor, cem_provincial, coordinadora_a):
    en_oficina = pasar()
    reloj.shift(20 * 60)
    assert dentro(en_oficina)
    en_celular = pasar(agente=CELULAR)
    pasar("coordina-a")

    suyas = vistas(en_celular)
    assert [(una.equipo, una.es_esta) for una in suyas] == [
        ("Celular Android, con Chrome", True),
        ("Computadora con Windows, con Firefox", False),
    ]
    assert suyas[1].abierta_en == INICIO and suyas[1].usada_en == INICIO + datetime.timedelta(minutes=20)
    texto = en_celular.get(MI_CUENTA).text
    horas = "Abierta: 2 de marzo de 2026, 8:00 a. m. · Último uso: 2 de marzo de 2026, 8:20 a. m."
    assert horas in " ".join(texto.split())
    assert "Cerrar todas las otras" in texto and CELULAR not in texto


def test_closing_one_ends_it_at_once(motor, cem_provincial, django_capture_on_commit_callbacks):
    esta, otra, tercera = pasar(), pasar(agente=CELULAR), pasar()
    cual = next(una.pk for una in vistas(esta) if una.equipo.startswith("Celular"))
    with django_capture_on_commit_callbacks(execute=True):
        respuesta = esta.post(CERRAR, {"cual": cual}, follow=True)

    assert "Cerramos esa sesión." in respuesta.text
    assert [dentro(una) for una in (esta, otra, tercera)] == [True, False, True]
    assert "Esa sesión ya estaba cerrada." in esta.post(CERRAR, {"cual": cual}, follow=True).text
    assert ModelLogEntry.objects.filter(action="instancias.cerrar_sesiones").count() == 1


def test_closing_all_the_others_keeps_this_one(motor, cem_provincial, django_capture_on_commit_callbacks):
    esta, *otras = [pasar() for _vez in range(4)]
    with django_capture_on_commit_callbacks(execute=True):
        assert "Cerramos 3 sesiones." in esta.post(CERRAR, {"cual": "otras"}, follow=True).text

    assert dentro(esta) and not any(dentro(una) for una in otras)
    assert SesionAbierta.objects.count() == Session.objects.count() == 1


@pytest.mark.parametrize("cual", ["", "x", "999999", "9" * 40, "²"])
def test_what_names_no_session_closes_none(cem_provincial, cual):
    esta, otra = pasar(), pasar()
    assert "Esa sesión ya estaba cerrada." in esta.post(CERRAR, {"cual": cual}, follow=True).text
    assert dentro(otra)


def test_nobody_closes_those_of_another(cem_provincial, coordinadora_a):
    ajena = pasar("coordina-a")
    cual = SesionAbierta.objects.get(cuenta=coordinadora_a).pk
    mia = pasar()
    mia.post(CERRAR, {"cual": cual})
    mia.post(CERRAR, {"cual": "otras"})
    assert dentro(ajena)


def test_changing_the_key_closes_the_others_and_this_one_goes_on(
    reloj, motor, cem_provincial, django_capture_on_commit_callbacks
):
    esta, otra = pasar(), pasar()
    datos = {"actual": CLAVE, "nueva": "otras cinco palabras mías"}
    with django_capture_on_commit_callbacks(execute=True):
        assert esta.post(reverse("kuska_instancias:cambiar_clave"), datos).status_code == 302

    assert not dentro(otra) and Session.objects.count() == 1
    reloj.shift(60)
    assert dentro(esta)
    assert [una.es_esta for una in vistas(esta)] == [True]


def test_one_that_went_quiet_is_not_listed(reloj, motor, cem_provincial):
    pasar()
    reloj.shift(31 * 60)
    assert len(vistas(pasar())) == 1


def test_a_member_who_works_here_sees_them_and_other_members_do_not(reloj, integrante, integrante_de_b, entrar):
    Alcance.objects.create(cuenta=integrante.cuenta, territorio_id=DISTRITO_A, desde=DESDE)
    assert "Sus sesiones abiertas" in entrar(integrante).get(MI_CUENTA).text
    otro = entrar(integrante_de_b)
    assert "Sus sesiones abiertas" not in otro.get(MI_CUENTA).text
    assert otro.post(CERRAR, {"cual": "otras"}).status_code == 404
    assert not SesionAbierta.objects.filter(cuenta=integrante_de_b.cuenta).exists()


def test_ten_cost_as_much_as_two_and_members_pay_nothing(cem_provincial, integrante, entrar, presupuesto):
    cliente = [pasar() for _vez in range(2)][0]
    dentro(cliente)
    with presupuesto(20) as con_dos:
        vistas(cliente)
    for _vez in range(8):
        pasar()
    with presupuesto(con_dos.contadas):
        assert len(vistas(cliente)) == 10
    de_integrante = entrar(integrante)
    dentro(de_integrante)
    with presupuesto(5):
        dentro(de_integrante)


def test_whose_they_were_is_forgotten_with_them(reloj, motor, cem_provincial):
    pasar()
    reloj.shift(8 * 60 * 60 + 1)
    abierta = pasar()
    olvidar_sesiones()
    assert SesionAbierta.objects.get().llave == abierta.session.session_key


@pytest.mark.parametrize(
    ("agente", "dicho"),
    [
        (WINDOWS, "Computadora con Windows, con Firefox"),
        (CELULAR, "Celular Android, con Chrome"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/125.0 Safari/537.36 Edg/125.0", "Computadora con Windows, con Edge"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "iPhone, con Safari"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/125.0 Safari/537.36", "Computadora con Linux, con Chrome"),
        ("", "Equipo que no reconocemos"),
        ("<script>" * 500, "Equipo que no reconocemos"),
    ],
)
def test_what_a_browser_says_of_itself_in_plain_words(agente, dicho):
    assert en_palabras(*reconocer(agente)) == dicho


def test_one_of_a_key_that_is_no_more_is_not_listed(reloj, motor, cem_provincial):
    vieja = pasar()
    cem_provincial.set_password("otras cinco palabras mías")
    cem_provincial.save()
    esta = Client()
    esta.force_login(cem_provincial)

    assert [una.es_esta for una in vistas(esta)] == [True]
    assert not dentro(vieja)
