"""Whoever works here signs in every day: eight hours from the sign-in, half an hour without use, by every door."""

from __future__ import annotations

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from instancias.models import Alcance
from tests.gente import CLAVE, DISTRITO_A

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
PANEL = "/panel/personas"
MINUTO = 60
INICIO = datetime.datetime(2026, 3, 2, 13, 0, tzinfo=datetime.UTC)


@pytest.fixture
def reloj():
    with time_machine.travel(INICIO, tick=False) as uno:
        yield uno


def dentro(cliente: Client, donde: str = PANEL) -> bool:
    return cliente.get(donde).status_code == 200


def terminada(respuesta, vuelve_a: str) -> bool:
    partes = urlsplit(respuesta.url)
    pedido = parse_qs(partes.query)
    return partes.path == "/entrar" and pedido == {"next": [vuelve_a], "sesion": ["terminada"]}


def test_half_an_hour_without_use_ends_it_and_the_way_back_is_kept(reloj, cem_provincial, entrar):
    cliente = entrar(cem_provincial)
    reloj.shift(29 * MINUTO)
    assert dentro(cliente)
    reloj.shift(29 * MINUTO)
    assert dentro(cliente)
    reloj.shift(30 * MINUTO)
    respuesta = cliente.get(f"{PANEL}?q=rosa")

    assert terminada(respuesta, f"{PANEL}?q=rosa")
    assert "Pasó mucho tiempo y cerramos su sesión." in cliente.get(respuesta.url).text
    assert not Session.objects.exists()


@pytest.mark.parametrize("por", ["la_puerta", "otra_puerta"])
def test_eight_hours_from_the_sign_in_end_it_however_busy(reloj, cem_provincial, entrar, por):
    if por == "la_puerta":
        cliente = Client()
        cliente.post(reverse("kuska_instancias:entrar"), {"identificador": "cem", "clave": CLAVE})
    else:
        cliente = entrar(cem_provincial)
    for _vez in range(23):
        reloj.shift(20 * MINUTO)
        assert dentro(cliente)
    reloj.shift(20 * MINUTO)

    assert terminada(cliente.get(PANEL), PANEL)


def test_the_row_of_the_session_says_its_last_hour(reloj, cem_provincial, integrante, entrar):
    entrar(cem_provincial)
    assert Session.objects.get().expire_date == INICIO + datetime.timedelta(hours=8)
    Session.objects.all().delete()
    entrar(integrante)
    assert Session.objects.get().expire_date == INICIO + datetime.timedelta(days=60)


def test_the_editor_of_wagtail_obeys(reloj, administradora, entrar):
    cliente = entrar(administradora)
    pagina = Page.objects.filter(depth=2).get()
    edicion = reverse("wagtailadmin_pages:edit", args=[pagina.pk])
    reloj.shift(29 * MINUTO)
    assert dentro(cliente, edicion)
    reloj.shift(30 * MINUTO)

    assert terminada(cliente.get(edicion), edicion)


def test_the_ping_of_an_open_tab_is_no_use_and_saving_is(reloj, administradora, entrar):
    cliente = entrar(administradora)
    pagina = Page.objects.filter(depth=2).get()
    ping = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", pagina.pk, 999])
    guardar = reverse("wagtailadmin_pages:edit", args=[pagina.pk])
    reloj.shift(20 * MINUTO)
    assert cliente.post(ping).status_code == 200
    cliente.post(guardar, {"title": "Aula"})
    reloj.shift(20 * MINUTO)
    assert cliente.post(ping).status_code == 200
    reloj.shift(10 * MINUTO)

    respuesta = cliente.post(ping, headers={"X-Requested-With": "XMLHttpRequest"})
    assert (respuesta.status_code, respuesta.json()) == (401, {"codigo": "sesion_terminada"})


def test_a_script_of_ours_is_told(reloj, cem_provincial, entrar):
    cliente = entrar(cem_provincial)
    reloj.shift(31 * MINUTO)

    respuesta = cliente.get(PANEL, headers={"Accept": "application/json"})

    assert (respuesta.status_code, respuesta.json()) == (401, {"codigo": "sesion_terminada"})


def test_a_form_sent_too_late_changes_nothing_and_leads_to_its_page(reloj, cem_provincial, entrar):
    cliente = entrar(cem_provincial)
    reloj.shift(31 * MINUTO)

    respuesta = cliente.post("/panel/personas/nueva", {}, headers={"Referer": "http://testserver/panel/personas/nueva"})

    assert respuesta.url == "/entrar?next=/panel/personas/nueva&enviado=no&sesion=terminada"
    puerta = cliente.get(respuesta.url).text
    assert "Pasó mucho tiempo y cerramos su sesión. No se guardó lo último que envió." in puerta
    assert "Sus respuestas" not in puerta


def test_members_keep_theirs(reloj, integrante, entrar):
    cliente = entrar(integrante)
    reloj.shift(50 * 24 * 60 * MINUTO)
    assert dentro(cliente, reverse("kuska_instancias:mi_cuenta"))


def dar_alcance(persona) -> None:
    Alcance.objects.create(cuenta=persona.cuenta, territorio_id=DISTRITO_A, desde=timezone.localdate())


def dar_grupo(persona) -> None:
    persona.cuenta.groups.add(Group.objects.create(name="Quienes escriben"))


def dar_permiso(persona) -> None:
    persona.cuenta.user_permissions.add(Permission.objects.get(codename="access_admin"))


def nombrar(persona) -> None:
    persona.cuenta.is_superuser = True
    persona.cuenta.save()


@pytest.mark.parametrize("dar", [dar_alcance, dar_grupo, dar_permiso, nombrar])
def test_a_session_opened_before_the_role_obeys_as_well(reloj, integrante, entrar, dar):
    cliente = entrar(integrante)
    reloj.shift(60 * MINUTO)
    assert dentro(cliente, reverse("kuska_instancias:mi_cuenta"))
    dar(integrante)

    assert not dentro(cliente, reverse("kuska_instancias:mi_cuenta"))


def test_a_session_without_hours_is_of_before(cem_provincial, entrar):
    cliente = entrar(cem_provincial)
    sesion = cliente.session
    del sesion["k_entro"]
    sesion.save()

    assert not dentro(cliente)


def test_its_use_is_written_once_a_minute_and_never_for_members(reloj, cem_provincial, integrante, entrar, presupuesto):
    def escrituras(cliente: Client, donde: str) -> int:
        with presupuesto(60) as captura:
            assert dentro(cliente, donde)
        return sum(fila["sql"].startswith('UPDATE "django_session"') for fila in captura.captured_queries)

    del_personal, de_integrante = entrar(cem_provincial), entrar(integrante)
    assert escrituras(del_personal, PANEL) == 0
    reloj.shift(MINUTO)
    assert [escrituras(del_personal, PANEL) for _vez in range(2)] == [1, 0]
    assert escrituras(de_integrante, reverse("kuska_instancias:mi_cuenta")) == 0


def test_on_a_shared_phone_the_shorter_term_holds(reloj, cem_provincial):
    cliente = Client()
    datos = {"identificador": "cem", "clave": CLAVE, "compartido": "on"}
    cliente.post(reverse("kuska_instancias:entrar"), datos)
    reloj.shift(21 * MINUTO)

    assert terminada(cliente.get(PANEL), PANEL)


def test_an_address_that_leads_nowhere_is_use_too(reloj, cem_provincial, entrar):
    cliente = entrar(cem_provincial)
    reloj.shift(20 * MINUTO)
    assert cliente.get("/no.hay").status_code == 404
    assert cliente.get("/panel/personas/999999").status_code == 404
