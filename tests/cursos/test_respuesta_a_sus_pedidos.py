"""What staff answer of a request about data is told on «Inicio», with the way to the answer."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from instancias.models import PedidoDeDatos
from instancias.politica import alcance_de
from instancias.services.pedidos import anotar, pedir, responder, retirar
from tests.cursos.test_paginas_del_integrante import texto

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
DICHO = "lo que pidió sobre sus datos."


@pytest.fixture
def pedido(integrante):
    datos = {"clase": "rectificacion", "detalle": "Mi nombre lleva h", "por": integrante.cuenta}
    return pedir(persona=integrante, ahora=timezone.now(), **datos)


@pytest.fixture
def datos(pedido, coordinadora_a):
    alcance = alcance_de(coordinadora_a, hoy=timezone.localdate())
    return {"pedido_id": pedido.pk, "alcance": alcance, "por": coordinadora_a, "ahora": timezone.now()}


@pytest.mark.parametrize("procede", [True, False])
@pytest.mark.parametrize("con_curso", [True, False])
def test_an_answer_is_told_with_the_way_to_it(request, entrar, integrante, datos, procede, con_curso):
    if con_curso:
        request.getfixturevalue("inscrita")
    cliente = entrar(integrante)
    assert DICHO not in texto(cliente.get("/inicio"))
    responder(procede=procede, texto="Ya dice Huamán.", **datos)
    respuesta = cliente.get("/inicio")
    inicio = texto(respuesta)
    assert f"Respondieron el {date_format(timezone.localdate())} {DICHO}" in inicio
    assert 'href="/mis-datos/derechos#pedidos">Ver qué respondieron<' in respuesta.text
    respuesta = cliente.get("/mis-datos/derechos")
    leido = texto(respuesta)
    assert 'id="pedidos"' in respuesta.text and "Ya dice Huamán." in leido


def test_a_note_meanwhile_and_what_was_taken_back_are_no_answer(entrar, integrante, inscrita, pedido, datos):
    cliente = entrar(integrante)
    anotar(texto="Se pidió el DNI.", **datos)
    assert DICHO not in texto(cliente.get("/inicio"))
    retirar(persona=integrante, pedido_id=pedido.pk, ahora=timezone.now())
    assert DICHO not in texto(cliente.get("/inicio"))


def test_it_is_news_for_a_month(entrar, integrante, inscrita, datos):
    responder(procede=True, texto="Listo.", **datos)
    hace = timezone.now() - datetime.timedelta(days=31)
    PedidoDeDatos.objects.update(respondido_en=hace, recibido_en=hace)
    assert DICHO not in texto(entrar(integrante).get("/inicio"))


def test_it_is_told_to_nobody_else(entrar, integrante, integrante_de_b, inscrita, datos):
    responder(procede=True, texto="Listo.", **datos)
    assert DICHO not in texto(entrar(integrante_de_b).get("/inicio"))


def test_with_courses_it_costs_no_statement(entrar, integrante, inscrita, datos, presupuesto):
    responder(procede=True, texto="Listo.", **datos)
    cliente = entrar(integrante)
    cliente.get("/inicio")
    with presupuesto(3):
        assert DICHO in texto(cliente.get("/inicio"))
