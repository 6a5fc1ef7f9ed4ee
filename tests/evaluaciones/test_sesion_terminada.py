"""The session ends while somebody answers without a script: what was marked is not lost."""

import html
import re

import pytest
from django.conf import settings

from evaluaciones.models import Respuesta
from tests import gente
from tests.evaluaciones.factories import buenas, empezar
from tests.evaluaciones.test_paginas import campos, lugar

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
def sin_sesion(client):
    """A browser whose session is no longer good, and does not know yet."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "una-que-ya-no-sirve"
    return client


def entrar_de_nuevo(cliente, respuesta, quien):
    puerta = cliente.get(respuesta.url).content.decode()
    siguiente = html.unescape(re.search(r'name="next" value="([^"]*)"', puerta)[1])
    return puerta, cliente.post(
        "/entrar", {"identificador": quien.documento, "clave": gente.CLAVE, "next": siguiente}, follow=True
    )


def hoja_guardada():
    return set(Respuesta.objects.values_list("version_id", flat=True))


@pytest.mark.parametrize("acto", ["revisar", "enviar"])
def test_the_answers_wait_at_the_door_and_are_saved_on_coming_back(sin_sesion, inscrita, unidad, acto):
    intento = empezar(inscrita.persona, unidad)
    respuesta = sin_sesion.post(
        f"{lugar(unidad)}/{acto}",
        campos(intento, buenas(intento)),
        headers={"referer": f"http://testserver{lugar(unidad)}/empezar"},
    )
    puerta, pagina = entrar_de_nuevo(sin_sesion, respuesta, inscrita.persona)
    assert "Su sesión se cerró. Sus respuestas están guardadas." in puerta
    assert pagina.status_code == 200
    assert "Guardamos lo que respondió. Si ya lo iba a enviar, envíelo otra vez." in pagina.text
    assert pagina.content.decode().count(" checked") == sum(len(e) for e in buenas(intento).values())
    assert len(hoja_guardada()) == 10
    intento.refresh_from_db()
    assert intento.estado == "en_curso", "nadie envió por ella"


def test_somebody_else_on_the_same_phone_neither_sees_nor_sends_them(sin_sesion, inscrita, unidad, integrante_de_b):
    intento = empezar(inscrita.persona, unidad)
    respuesta = sin_sesion.post(f"{lugar(unidad)}/revisar", campos(intento, buenas(intento)))
    entrar_de_nuevo(sin_sesion, respuesta, integrante_de_b)
    assert hoja_guardada() == set()
    sin_sesion.post("/cerrar-sesion")
    sin_sesion.post("/entrar", {"identificador": inscrita.persona.documento, "clave": gente.CLAVE})
    assert hoja_guardada() == set()


def test_a_form_too_big_to_be_an_evaluation_is_not_kept(sin_sesion, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    datos = {**campos(intento, buenas(intento)), "p11": "x" * 9000}
    respuesta = sin_sesion.post(f"{lugar(unidad)}/revisar", datos)
    assert entrar_de_nuevo(sin_sesion, respuesta, inscrita.persona)[1].status_code == 200
    assert hoja_guardada() == set()


def test_whoever_comes_for_the_first_time_is_told_nothing_about_a_session(client):
    assert "cerramos su sesión" not in client.get(client.get("/inicio").url).content.decode()
