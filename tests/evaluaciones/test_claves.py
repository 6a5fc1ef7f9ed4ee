"""Before the release rule is met, no answer of the server tells which option is right, nor why."""

import json
import re

import pytest
from django.utils import timezone

from evaluaciones.consultas.lectura import explicacion_de_practica
from evaluaciones.models import Intento
from evaluaciones.services.envio import enviar
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas, correctas, empezar, equivocadas, ver_lecciones
from tests.evaluaciones.test_paginas import campos, lugar

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
PROHIBIDO = re.compile(r"Explica \d|correcta|acierto|huella|vigente|dificultad|objetivo", re.IGNORECASE)


def revisar(respuesta):
    """Search everything that leaves: headers, cookies and body."""
    todo = str(respuesta.headers) + str(respuesta.cookies) + respuesta.content.decode()
    assert not PROHIBIDO.search(todo), PROHIBIDO.search(todo)
    return respuesta


def opciones(html):
    """The markup of each option with its words and its identifier taken out: all must be the same."""
    filas = re.findall(r'<label class="k-opcion.*?</label>', html, re.DOTALL)
    return {re.sub(r'value="[^"]*"|name="[^"]*"|type="[^"]*"| checked|<span>.*?</span>', "", fila) for fila in filas}


def todo_lo_que_se_puede_pedir(cliente, unidad, intento):
    """Everything a person can ask for while the attempt is open, with the answers to it."""
    clave = str(intento.clave)
    json_ = {"headers": {"accept": "application/json"}}
    yield cliente.get(lugar(unidad))
    yield cliente.post(f"{lugar(unidad)}/empezar", {"numero": "1"})
    yield cliente.get(f"{lugar(unidad)}/preguntas")
    yield cliente.get(f"{lugar(unidad)}/preguntas/1")
    yield cliente.get(f"{lugar(unidad)}/resultado/1")
    yield cliente.get(f"/c/{unidad.curso.numero}")
    for n, pregunta in enumerate(intento.formulario, 1):
        for elegidas in (correctas(pregunta), equivocadas(pregunta), ["nada"]):
            datos = {"intento": clave, "pregunta": str(n), f"p{n}": elegidas, "operacion": intento.clave}
            yield cliente.post(f"{lugar(unidad)}/respuesta", datos, **json_)
    yield cliente.post(f"{lugar(unidad)}/revisar", campos(intento, buenas(intento, 5)))
    yield cliente.get(f"{lugar(unidad)}/preguntas")


def test_nothing_tells_the_key_while_answering(entrar, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    for respuesta in todo_lo_que_se_puede_pedir(entrar(inscrita.persona), unidad, intento):
        revisar(respuesta)


def test_right_and_wrong_options_look_the_same(entrar, inscrita, unidad):
    formulario = entrar(inscrita.persona).post(f"{lugar(unidad)}/empezar").content.decode()
    assert len(opciones(formulario)) == 1


def test_a_right_and_a_wrong_answer_get_the_same_confirmation(entrar, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    cliente = entrar(inscrita.persona)
    vistas = set()
    for n, elegir in ((2, correctas), (5, equivocadas)):
        datos = {
            "intento": str(intento.clave),
            "pregunta": str(n),
            f"p{n}": elegir(intento.formulario[n - 1]),
            "operacion": f"11111111-1111-4111-8111-11111111111{n}",
        }
        respuesta = cliente.post(f"{lugar(unidad)}/respuesta", datos, headers={"accept": "application/json"})
        vistas.add(json.dumps({**respuesta.json(), "secuencia": 0}))
    assert len(vistas) == 1


def test_not_passing_leaves_the_key_where_it_is(entrar, inscrita, unidad):
    cliente = entrar(inscrita.persona)
    for numero in (1, 2):
        intento = empezar(inscrita.persona, unidad)
        revisar(cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, 6))))
        for n in range(1, numero + 1):
            revisar(cliente.get(f"{lugar(unidad)}/resultado/{n}"))
        revisar(cliente.get(lugar(unidad)))


def test_a_third_try_in_progress_does_not_open_the_earlier_ones(entrar, inscrita, unidad):
    cliente = entrar(inscrita.persona)
    for _vez in range(2):
        intento = empezar(inscrita.persona, unidad)
        enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), entrega={})
    empezar(inscrita.persona, unidad)
    revisar(cliente.get(f"{lugar(unidad)}/resultado/1"))
    revisar(cliente.get(f"{lugar(unidad)}/resultado/2"))


def test_using_up_the_tries_opens_nothing(entrar, programa, inscrita, unidad):
    cliente = entrar(inscrita.persona)
    for numero in (1, 2, 3):
        intento = empezar(inscrita.persona, unidad)
        enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), entrega={})
        revisar(cliente.get(f"{lugar(unidad)}/resultado/{numero}"))
    revisar(cliente.get(lugar(unidad)))


def test_a_measure_of_the_start_never_tells_its_key(entrar, territorio, integrante):
    programa = ProgramaConEvaluacion(clase="entrada", preguntas=4)
    ver_lecciones(programa.inscribir(integrante))
    unidad = programa.unidad_evaluada
    cliente = entrar(integrante)
    intento = empezar(integrante, unidad)
    revisar(cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento))))
    revisar(cliente.get(f"{lugar(unidad)}/resultado/1"))
    assert Intento.objects.get().puntos == 4


def test_practice_tells_only_of_the_option_chosen(entrar, territorio, integrante):
    programa = ProgramaConEvaluacion(clase="practica", preguntas=3)
    programa.inscribir(integrante)
    unidad = programa.unidad_evaluada
    cliente = entrar(integrante)
    intento = empezar(integrante, unidad)
    for n in (1, 2, 3):
        revisar(cliente.get(f"{lugar(unidad)}/preguntas/{n}"))
    pregunta = intento.formulario[1]
    mala = equivocadas(pregunta)
    datos = {"intento": str(intento.clave), "pregunta": "2", "p2": mala, "operacion": str(intento.clave)}
    pagina = cliente.post(f"{lugar(unidad)}/respuesta", datos, follow=True).content.decode()
    dichas = set(re.findall(r"Explica \d\.\d", pagina))
    assert dichas == {a.explicacion for a in pregunta.contenido.alternativas if a.clave in mala}
    assert explicacion_de_practica(intento, 2, mala).detalle.correctas == ()


def test_pages_with_answers_are_kept_by_no_cache(entrar, inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    cliente = entrar(inscrita.persona)
    for respuesta in (
        cliente.get(f"{lugar(unidad)}/preguntas"),
        cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento))),
    ):
        assert "no-store" in respuesta["Cache-Control"]
