"""A session is read with its account, and what the session says is what counts."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marco import sesiones

pytestmark = pytest.mark.django_db
CON_QUIEN_ES = "/inicio"


@pytest.fixture
def una(entrar, integrante) -> Client:
    """Somebody whose session was read once by this process."""
    cliente = entrar(integrante)
    assert cliente.get(CON_QUIEN_ES).status_code == 200
    return cliente


def preguntas(cliente: Client) -> tuple[list[str], int]:
    with CaptureQueriesContext(connection) as captura:
        estado = cliente.get(CON_QUIEN_ES).status_code
    quien = ("django_session", "cms_cuenta")
    return [fila["sql"] for fila in captura.captured_queries if any(uno in fila["sql"] for uno in quien)], estado


def test_from_the_second_time_the_session_and_its_account_are_one_statement(una):
    suyas, estado = preguntas(una)
    assert estado == 200 and len(suyas) == 1


def test_a_session_that_another_process_closed_is_not_there(una):
    Session.objects.all().delete()
    suyas, estado = preguntas(una)
    assert estado == 302 and len(suyas) == 2
    assert "expire_date" in suyas[1] and "LIMIT 1" in suyas[1]  # whether its time passed, to say so at the door


def test_a_session_whose_time_passed_is_not_there(una):
    Session.objects.update(expire_date=timezone.now())
    assert preguntas(una)[1] == 302


def test_whose_it_is_the_session_says_and_no_memory(una, integrante_de_b, integrante):
    llave = una.session.session_key
    sesiones._cuentas[llave] = integrante_de_b.cuenta.pk
    respuesta = una.get(CON_QUIEN_ES)
    assert respuesta.wsgi_request.user == integrante.cuenta
    assert sesiones.ya_leida(integrante_de_b.cuenta.pk) is None


def test_who_was_made_inactive_is_out(una, integrante):
    type(integrante).objects.filter(pk=integrante.pk).update(activa=False)
    assert preguntas(una)[1] == 302


def test_an_account_that_is_no_more_leaves_nobody(una, integrante):
    sesiones._cuentas[una.session.session_key] = 10**9
    assert una.get(CON_QUIEN_ES).wsgi_request.user == integrante.cuenta
    assert sesiones._cuentas[una.session.session_key] == integrante.cuenta.pk


def test_it_remembers_so_many_and_no_more(una, monkeypatch, entrar, integrante_de_b):
    monkeypatch.setattr(sesiones, "CABEN", 1)
    assert entrar(integrante_de_b).get(CON_QUIEN_ES).status_code == 200
    assert len(sesiones._cuentas) == 1
