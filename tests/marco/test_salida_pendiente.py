"""Who left on the phone, with or without signal, is out on the next request of that browser."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from marco.checks.salas import pasos
from marco.sala import W_SIN_PASO
from marco.salida import galletas
from tests.gente import CLAVE

pytestmark = pytest.mark.django_db
SALIDA, ABIERTA = "k_salida", "k_abierta"


@pytest.fixture
def celular(integrante):
    """A browser that went in by the door."""
    cliente = Client()
    pasar(cliente)
    return cliente


def pasar(cliente, **otros):
    datos = {"identificador": "40000001", "clave": CLAVE, **otros}
    respuesta = cliente.post(reverse("kuska_instancias:entrar"), datos)
    assert respuesta.status_code == 302
    return respuesta


def dentro(cliente) -> bool:
    return cliente.get(reverse("kuska_instancias:mi_cuenta")).status_code == 200


@pytest.mark.un_motor
def test_the_mark_of_the_phone_ends_the_session_and_is_used_up(celular):
    llave = celular.cookies["sessionid"].value
    celular.cookies[SALIDA] = "1"

    respuesta = celular.get(reverse("kuska_instancias:mi_cuenta"))
    assert respuesta.url.startswith("/entrar") and "sesion=" not in respuesta.url
    assert respuesta.cookies[SALIDA].value == "" and respuesta.cookies[ABIERTA].value == ""
    # Whoever kept the cookie of that session has nothing either.
    ladron = Client()
    ladron.cookies["sessionid"], ladron.cookies[ABIERTA] = llave, "1"
    assert not dentro(ladron)
    assert ModelLogEntry.objects.filter(action="instancias.salir").count() == 1


@pytest.mark.un_motor
def test_the_mark_is_enough_on_a_page_open_to_all(celular):
    """Also a page that does not ask who it is: the session is gone afterwards."""
    celular.cookies[SALIDA] = "1"
    celular.get(reverse("kuska_marco:tiempo"))
    assert SALIDA not in celular.cookies or not celular.cookies[SALIDA].value
    assert not dentro(celular)


@pytest.mark.un_motor
@pytest.mark.parametrize(("rol", "puerta"), [("coordinadora_a", "/panel"), ("capacitadora", "/admin/")])
def test_the_mark_is_obeyed_at_the_doors_of_staff_too(rol, puerta, entrar, request):
    cliente = entrar(request.getfixturevalue(rol))
    assert cliente.get(puerta, follow=True).status_code == 200
    cliente.cookies[SALIDA] = "1"
    assert cliente.get(puerta).url.startswith("/entrar")
    assert cliente.get(puerta).url.startswith("/entrar")


@pytest.mark.un_motor
def test_the_neutral_page_is_kept_by_the_phone_and_by_nobody_in_between(celular):
    respuesta = celular.get(reverse("kuska_marco:tiempo"))
    assert "private" in respuesta["Cache-Control"] and "max-age=2592000" in respuesta["Cache-Control"]
    assert not respuesta.has_header("Vary") or "Cookie" not in respuesta["Vary"]
    assert not respuesta.cookies


@pytest.mark.un_motor
def test_a_session_without_its_companion_was_ended_on_the_phone(celular):
    """Some browsers forget after days what a script wrote; what a script took away stays away."""
    assert dentro(celular)
    del celular.cookies[ABIERTA]
    assert not dentro(celular)
    celular.cookies[ABIERTA] = "1"
    assert not dentro(celular)


@pytest.mark.un_motor
def test_the_companion_lives_as_long_as_the_session_and_a_script_reaches_it(integrante):
    for compartido, dura in (("", 60 * 60 * 24 * 60), ("on", "")):
        cliente = Client()
        respuesta = pasar(cliente, compartido=compartido)
        sesion, abierta = respuesta.cookies["sessionid"], respuesta.cookies[ABIERTA]
        assert abierta["max-age"] == sesion["max-age"] == dura
        assert sesion["httponly"] and not abierta["httponly"]
        assert abierta["samesite"] == sesion["samesite"] == "Lax"
        assert (cliente.post(reverse("kuska_marco:salir_rapido"))).cookies[ABIERTA].value == ""


@pytest.mark.un_motor
def test_whoever_left_can_come_in_again_at_once(celular):
    celular.cookies[SALIDA] = "1"
    del celular.cookies[ABIERTA]
    pasar(celular)
    assert dentro(celular)


@pytest.mark.un_motor
def test_the_mark_carries_nothing_and_ends_no_other_session(celular, entrar, integrante_de_b):
    otra = entrar(integrante_de_b)
    celular.cookies[SALIDA] = otra.cookies["sessionid"].value
    assert not dentro(celular)
    assert dentro(otra)


@pytest.mark.un_motor
def test_an_act_sent_with_the_mark_is_not_done(celular, integrante):
    celular.cookies[SALIDA] = "1"
    celular.post(reverse("kuska_instancias:mi_celular"), {"celular": "999888777"})
    integrante.refresh_from_db()
    assert integrante.celular == ""


@pytest.mark.un_motor
def test_where_the_session_is_of_this_host_alone_so_are_both(settings):
    settings.SESSION_COOKIE_NAME = "__Host-sesion"
    assert galletas() == ("__Host-k_salida", "__Host-k_abierta")


@pytest.mark.un_motor
def test_in_production_they_travel_only_by_a_safe_road(integrante, settings):
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Host-sesion", True
    cliente = Client()
    cliente.cookies["__Host-k_salida"] = "1"
    respuesta = pasar(cliente)
    for nombre in galletas():
        assert respuesta.cookies[nombre]["secure"] and respuesta.cookies[nombre]["path"] == "/"
        assert not respuesta.cookies[nombre]["domain"]
    assert 'data-salida="__Host-k_salida"' in cliente.get(reverse("kuska_instancias:mi_cuenta")).text


def test_a_visitor_pays_no_statement_for_it(visitante, presupuesto):
    visitante.get(reverse("kuska_marco:tiempo"))  # site settings are kept for a minute
    visitante.cookies[SALIDA] = "1"
    with presupuesto(0):
        visitante.get(reverse("kuska_marco:tiempo"))


def test_a_member_pays_no_statement_for_it(celular, presupuesto):
    dentro(celular)
    with presupuesto(5):
        assert dentro(celular)


@pytest.mark.un_motor
def test_a_site_that_forgets_it_is_told(settings):
    assert list(pasos()) == []
    settings.MIDDLEWARE = [uno for uno in settings.MIDDLEWARE if "salida" not in uno]
    assert [aviso.id for aviso in pasos()] == [W_SIN_PASO]
