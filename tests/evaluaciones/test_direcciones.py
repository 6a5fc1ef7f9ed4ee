"""An address is read whole: an attempt answers only at the course and the evaluation that it belongs to."""

import pytest
from django.utils import timezone

from evaluaciones.models import Intento, Respuesta
from tests.evaluaciones.factories import (
    ProgramaConEvaluacion,
    buenas,
    correctas,
    crear_evaluacion,
    empezar,
    unidad_de,
    ver_lecciones,
)
from tests.evaluaciones.test_paginas import campos, lugar
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
@hecho_una_vez
def intento(inscrita, unidad):
    return empezar(inscrita.persona, unidad)


@pytest.fixture(params=["otra_unidad", "otro_curso", "una_leccion", "nada"])
def otro_lugar(request, programa, inscrita, unidad, intento):
    """Addresses that exist for this person, or not, and are not that of the attempt."""
    if request.param == "otra_unidad":
        return lugar(unidad_de(crear_evaluacion(programa.modulos[0], clase="practica", titulo="Práctica", preguntas=2)))
    if request.param == "otro_curso":
        otro = ProgramaConEvaluacion()
        ver_lecciones(otro.inscribir(inscrita.persona))
        return lugar(otro.unidad_evaluada)
    if request.param == "una_leccion":
        return lugar(programa.unidad(programa.lecciones[0]))
    return f"/e/{unidad.curso.numero}/999"


def una_respuesta(intento):
    elegidas = correctas(intento.formulario[0])
    return {"intento": str(intento.clave), "pregunta": "1", "p1": elegidas, "operacion": str(intento.clave)}


def test_another_address_saves_and_sends_nothing(entrar, inscrita, intento, otro_lugar):
    cliente = entrar(inscrita.persona)
    for acto, datos in (
        ("respuesta", una_respuesta(intento)),
        ("revisar", campos(intento, buenas(intento))),
        ("enviar", campos(intento, buenas(intento))),
    ):
        assert cliente.post(f"{otro_lugar}/{acto}", datos).status_code == 404
        ajena = cliente.post(f"{otro_lugar}/{acto}", datos, **JSON)
        assert (ajena.status_code, ajena.json()["codigo"]) == (404, "no_encontrado")
    assert not Respuesta.objects.exists()
    assert Intento.objects.get().estado == Intento.Estado.EN_CURSO


def test_another_address_and_another_person_get_the_same_answer(entrar, programa, integrante_de_b, intento, otro_lugar):
    ajena = entrar(integrante_de_b).post(f"{lugar(intento.unidad)}/respuesta", una_respuesta(intento), **JSON)
    propia = entrar(intento.inscripcion.persona).post(f"{otro_lugar}/respuesta", una_respuesta(intento), **JSON)
    assert (ajena.status_code, ajena.content) == (propia.status_code, propia.content)


def test_what_was_saved_at_its_own_address_is_not_repeated_at_another(entrar, inscrita, intento, otro_lugar):
    cliente = entrar(inscrita.persona)
    datos = una_respuesta(intento)
    assert cliente.post(f"{lugar(intento.unidad)}/respuesta", datos, **JSON).status_code == 200
    assert cliente.post(f"{otro_lugar}/respuesta", datos, **JSON).status_code == 404
    assert Respuesta.objects.get().recibida_en <= timezone.now()
