"""Practice: one question at a time, explained at once; and what is only answered, without a mark."""

import re

import pytest
from django.utils import timezone

from evaluaciones.models import Intento, Respuesta
from evaluaciones.services import envio
from evaluaciones.services.respuestas import guardar_entrega
from tests.evaluaciones.factories import (
    ProgramaConEvaluacion,
    buenas,
    correctas,
    crear_evaluacion,
    empezar,
    equivocadas,
    unidad_de,
    ver_lecciones,
)
from tests.evaluaciones.test_paginas import campos, lugar, texto, titulo
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
@hecho_una_vez
def practica(territorio, integrante):
    programa = ProgramaConEvaluacion(clase="practica", preguntas=3, titulo="Práctica")
    programa.inscribir(integrante)
    return programa.unidad_evaluada


def test_practice_asks_one_by_one_and_explains_at_once(entrar, integrante, practica):
    cliente = entrar(integrante)
    primera = cliente.post(f"{lugar(practica)}/empezar", {"numero": "1"}, follow=True)
    intento = Intento.objects.get()
    assert "Pregunta 1 de 3" in texto(primera)
    assert texto(primera).count("<fieldset") == 1
    for n, pregunta in enumerate(intento.formulario, 1):
        respuesta = contestar(cliente, practica, intento, n, correctas(pregunta))
        assert titulo(respuesta) == "Correcto"
        assert f"Explica {n}." in texto(respuesta)
    fin = cliente.post(f"{lugar(practica)}/enviar", {"intento": str(intento.clave)})
    assert titulo(fin) == "Terminó la práctica"
    assert "Acertó 3 de 3." in texto(fin)
    assert integrante.inscripciones.get().avances.get(unidad=practica).estado == "terminada"


def contestar(cliente, unidad, intento, n, elegidas):
    pagina = cliente.get(f"{lugar(unidad)}/preguntas/{n}?otra=1")
    operacion = re.search(r'name="operacion" value="([^"]+)"', pagina.content.decode())[1]
    datos = {"intento": str(intento.clave), "pregunta": str(n), "operacion": operacion, f"p{n}": elegidas}
    return cliente.post(f"{lugar(unidad)}/respuesta", datos, follow=True)


def test_a_wrong_practice_answer_explains_itself_and_keeps_the_right_one(entrar, integrante, practica):
    cliente = entrar(integrante)
    intento = empezar(integrante, practica)
    respuesta = contestar(cliente, practica, intento, 2, equivocadas(intento.formulario[1]))
    assert titulo(respuesta) == "Todavía no"
    assert "Intentar otra vez" in texto(respuesta)
    buena = next(a for a in intento.formulario[1].contenido.alternativas if a.correcta)
    assert buena.explicacion not in texto(respuesta)
    assert buena.texto not in texto(respuesta)
    assert titulo(contestar(cliente, practica, intento, 2, correctas(intento.formulario[1]))) == "Correcto"


def test_going_back_and_choosing_another_option_is_another_answer(entrar, integrante, practica):
    cliente = entrar(integrante)
    intento = empezar(integrante, practica)
    pagina = cliente.get(f"{lugar(practica)}/preguntas/2").content.decode()
    operacion = re.search(r'name="operacion" value="([^"]+)"', pagina)[1]
    claves = [a.clave for a in intento.formulario[1].contenido.alternativas]
    for elegida in (claves[0], claves[0], claves[1]):
        datos = {"intento": str(intento.clave), "pregunta": "2", "operacion": operacion, "p2": elegida}
        assert cliente.post(f"{lugar(practica)}/respuesta", datos).status_code == 302
    assert [r.valor for r in Respuesta.objects.order_by("secuencia")] == [[claves[0]], [claves[1]]]


def test_answering_without_choosing_says_so(entrar, integrante, practica):
    cliente = entrar(integrante)
    intento = empezar(integrante, practica)
    datos = {"intento": str(intento.clave), "pregunta": "1", "operacion": str(intento.clave)}
    respuesta = cliente.post(f"{lugar(practica)}/respuesta", datos, follow=True)
    assert "Elija una respuesta para continuar." in texto(respuesta)
    assert "<title>Error:" in texto(respuesta)


def test_practice_goes_on_where_it_was_left(entrar, integrante, practica):
    cliente = entrar(integrante)
    intento = empezar(integrante, practica)
    contestar(cliente, practica, intento, 1, correctas(intento.formulario[0]))
    assert cliente.get(f"{lugar(practica)}/preguntas").url == f"{lugar(practica)}/preguntas/2"


def test_practice_is_not_closed_before_its_end(entrar, integrante, practica):
    cliente = entrar(integrante)
    intento = empezar(integrante, practica)
    respuesta = cliente.post(f"{lugar(practica)}/enviar", {"intento": str(intento.clave)}, follow=True)
    assert "Pregunta 1 de 3" in texto(respuesta)
    intento.refresh_from_db()
    assert intento.estado == "en_curso"


def test_what_arrives_while_sending_waits_is_not_asked_for_again(integrante, practica, monkeypatch):
    """What was counted before waiting for the row is older than what another tab saved meanwhile."""
    intento = empezar(integrante, practica)
    datos = {"persona": integrante, "intento": intento.clave, "ahora": timezone.now()}
    guardar_entrega(**datos, entrega=buenas(intento))
    monkeypatch.setattr(envio, "dadas_en", lambda _intento: {})
    assert envio.enviar(**datos).intento.estado == "enviado"


@pytest.mark.parametrize("clase", ["entrada", "encuesta"])
def test_what_is_only_answered_says_thanks_and_shows_no_key(entrar, territorio, integrante, clase):
    programa = ProgramaConEvaluacion(clase=clase, preguntas=3)
    ver_lecciones(programa.inscribir(integrante))
    unidad = programa.unidad_evaluada
    cliente = entrar(integrante)
    intento = empezar(integrante, unidad)
    if clase == "encuesta":  # the entry evaluation takes blanks
        a_medias = cliente.post(
            f"{lugar(unidad)}/enviar", campos(intento, {1: [intento.formulario[0].contenido.alternativas[0].clave]})
        )
        assert "Le falta responder 2 preguntas." in texto(a_medias)
    hoja = {n: [p.contenido.alternativas[0].clave] for n, p in enumerate(intento.formulario, 1)}
    fin = cliente.post(f"{lugar(unidad)}/enviar", campos(intento, hoja))
    assert titulo(fin) == "Gracias. Guardamos sus respuestas."
    assert "Explica" not in texto(fin)
    assert "de 3" not in titulo(fin)


def test_the_survey_is_offered_at_the_end_of_the_course_and_delays_nothing(entrar, territorio, integrante):
    programa = ProgramaConEvaluacion()
    encuesta = unidad_de(crear_evaluacion(programa.pagina, clase="encuesta", preguntas=3, titulo="Encuesta"))
    inscripcion = programa.inscribir(integrante)
    ver_lecciones(inscripcion)
    intento = empezar(integrante, programa.unidad_evaluada)
    unidad = programa.unidad_evaluada
    fin = entrar(integrante).post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento)))
    assert f'href="{lugar(encuesta)}"' in texto(fin)
    inscripcion.refresh_from_db()
    assert inscripcion.estado == "terminada"
