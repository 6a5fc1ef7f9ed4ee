"""Taking somebody's data away at the very moment that something about them is saved, with real threads."""

from __future__ import annotations

import pytest
from django.utils import timezone

from instancias.models import Persona, Supresion
from instancias.padron import confirmar, revisar
from instancias.services.pedidos import pedir, responder
from instancias.services.supresion import suprimir
from marco.errores import ErrorDeDominio
from tests import gente
from tests.evaluaciones.test_a_la_vez import a_la_vez
from tests.instancias.test_suprimir import APELLIDOS, CELULAR, DNI, HOJA, NOMBRES, PROVINCIA, donde_la_nombran

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("provincia")]


@pytest.fixture
def persona(provincia):
    return gente.crear_integrante(DNI, NOMBRES, APELLIDOS, celular=CELULAR)


@pytest.mark.parametrize("vez", range(3))
def test_a_list_saved_at_the_same_moment_does_not_bring_them_back(persona, vez):
    ahora = timezone.now()
    lista = revisar(
        nombre="lista.csv", contenido=HOJA.encode(), esquema="inei", alcance=PROVINCIA, por=None, ahora=ahora
    )
    salidas = a_la_vez(
        lambda: confirmar(importacion_id=lista.pk, alcance=PROVINCIA, ahora=timezone.now()),
        lambda: suprimir(persona_id=persona.pk, alcance=PROVINCIA, por=None, ahora=timezone.now()),
    )
    assert all(isinstance(salida, dict | Supresion) for salida in salidas), salidas
    assert donde_la_nombran() == []
    assert Persona.objects.filter(documento="40000009").exists()
    assert not persona.membresias.sin_terminar().exists()


def test_two_answers_at_once_are_one(persona):
    pedido = pedir(persona=persona, clase="supresion", ahora=timezone.now(), por=persona.cuenta)
    datos = {"pedido_id": pedido.pk, "alcance": PROVINCIA, "por": None, "texto": "Procede."}
    salidas = a_la_vez(*[lambda: responder(procede=True, ahora=timezone.now(), **datos)] * 3)
    hechas = [salida for salida in salidas if isinstance(salida, Supresion)]
    negadas = [salida.codigo for salida in salidas if isinstance(salida, ErrorDeDominio)]
    assert len(hechas) == 1 and set(negadas) <= {"ya_respondido", "fuera_de_alcance"}, salidas
    assert pedido.actos.count() == 2 and Supresion.objects.count() == 1
