"""An address that takes only a button answers a page of ours to whoever opens it otherwise."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.neutralidad import faltas

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
SOLO_BOTON = ["marco:salir_rapido", "instancias:cerrar_sesion", "instancias:cambiar_de_persona"]


@pytest.mark.parametrize("nombre", SOLO_BOTON)
def test_a_person_reads_a_page_with_help_and_the_way_out(nombre, visitante, integrante, entrar):
    for cliente in (visitante, entrar(integrante)):
        respuesta = cliente.get(reverse(f"kuska_{nombre}"), headers={"accept": "text/html,*/*;q=0.8"})
        assert respuesta.status_code == 405
        assert respuesta["Allow"] == "POST"
        assert "no-store" in respuesta["Cache-Control"]
        assert respuesta["Content-Security-Policy"]
        assert "Esta dirección se abre con un botón." in respuesta.text
        assert "tel:100" in respuesta.text and 'form="salida-rapida"' in respuesta.text
        assert faltas(respuesta.text) == []


def test_a_program_that_asks_for_data_gets_none_of_it(visitante):
    respuesta = visitante.get(reverse("kuska_marco:salir_rapido"), headers={"accept": "application/json"})
    assert (respuesta.status_code, respuesta.content) == (405, b"")


def test_a_door_tried_with_another_method_stays_closed(integrante):
    cliente = Client(enforce_csrf_checks=True)
    assert cliente.put(reverse("kuska_instancias:entrar")).status_code == 403
    assert "Esta dirección" in Client().put(reverse("kuska_instancias:entrar")).text
