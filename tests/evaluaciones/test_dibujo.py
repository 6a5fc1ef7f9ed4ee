"""Questions and results drawn once are, to the letter, what their templates draw anew for each attempt."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Engine, engines
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluaciones import reglas
from evaluaciones.clases.eleccion.contenido import AlternativaVisible, EleccionVisible
from evaluaciones.consultas import dibujo, lectura
from evaluaciones.visible import PreguntaVisible
from marco import dibujadas, paginas_dibujadas
from tests import gente
from tests.evaluaciones.factories import buenas, empezar, ver_lecciones
from tests.evaluaciones.test_paginas import campos, lugar

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
FICHA = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')


def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every template draw by itself."""
    monkeypatch.setattr(dibujadas, "CABEN", 0)
    monkeypatch.setattr(paginas_dibujadas, "_es_de_aqui", lambda *_: False)

    def dada(motor: Engine, plantilla: str, nombre: str, una: Any, *_otros: Any) -> str:
        return dibujadas.suelta(motor, plantilla, {nombre: una})

    monkeypatch.setattr(dibujo, "_dada", dada)
    olvidar()


def olvidar() -> None:
    cache.clear()
    dibujadas.olvidar()
    dibujo.olvidar()


def test_the_pages_of_an_attempt_are_the_same_cold_warm_and_drawn_anew(
    entrar, integrante, inscrita, unidad, monkeypatch
):
    cliente = entrar(integrante)

    def pedir(ruta: str) -> str:
        return FICHA.sub(r"\1FICHA", cliente.get(lugar(unidad) + ruta).content.decode())

    def tres_veces(*rutas: str) -> None:
        for ruta in rutas:
            olvidar()
            fria, tibia = pedir(ruta), pedir(ruta)
            with monkeypatch.context() as parche:
                anew(parche)
                assert fria == tibia == pedir(ruta), ruta
            assert "Pregunta 3 de 10" in fria or not ruta.endswith("preguntas")

    tres_veces("")
    intento = empezar(integrante, unidad)
    tres_veces("", "/preguntas")
    tercera = {
        "intento": str(intento.clave),
        "pregunta": "3",
        "operacion": str(intento.clave),
        "p3": buenas(intento)[3],
    }
    cliente.post(f"{lugar(unidad)}/respuesta", tercera, headers={"accept": "application/json"})
    tres_veces("", "/preguntas")
    cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, 9)))
    tres_veces("", "/resultado/1")


def test_another_place_and_another_order_are_put_in_what_was_drawn(programa, unidad, integrante, monkeypatch):
    formularios = []
    for persona in (integrante, *(gente.crear_integrante(f"6000000{n}", "Ana", "Flores") for n in range(3))):
        ver_lecciones(programa.inscribir(persona))
        formularios.append(lectura.preguntas_visibles(empezar(persona, unidad), {}))
    assert len({una.publico for formulario in formularios for una in formulario}) > len(formularios[0])
    olvidar()
    dibujados = [dibujo.del_formulario(formulario) for formulario in formularios]
    assert len(dibujo._dibujadas.todas()) == len(formularios[0]) and all(dibujo._dibujadas.todas().values())
    anew(monkeypatch)
    assert dibujados == [dibujo.del_formulario(formulario) for formulario in formularios]


@pytest.mark.parametrize(
    "texto",
    [
        "{{ pregunta.numero|add:1 }}",
        "{% for una in pregunta.publico.alternativas %}{{ forloop.counter }} {{ una.texto }}{% endfor %}",
        "{% for una in pregunta.publico.alternativas %}{{ pregunta.corte }}{{ forloop.counter }}{% endfor %}"
        "{{ pregunta.corte }}",
        "{% for una in pregunta.publico.alternativas %}{{ una.texto }}{{ pregunta.corte }}{% endfor %}",
    ],
)
@pytest.mark.parametrize("orden", ["bac", "abc"])  # the first who is asked may have them as they are kept
def test_a_template_that_does_something_else_with_them_is_drawn_each_time(texto, orden):
    opciones = [AlternativaVisible(f"clave-{n}", f"Opción {n}", elegida=False) for n in orden]
    una = PreguntaVisible(
        numero=4,
        tipo="una",
        texto="¿Cuál?",
        instruccion="",
        publico=EleccionVisible(tuple(opciones), varias=False),
        respuestas=[],
        falta="falta",
        plantilla=engines["django"].from_string(texto),
    )
    olvidar()
    otra = dataclasses.replace(una, numero=5, publico=EleccionVisible(tuple(opciones[::-1]), varias=False))
    for cual in (una, otra, una):
        sola = dibujadas.suelta(Engine.get_default(), dibujo.PREGUNTA, {"pregunta": cual})
        assert dibujo._pregunta(Engine.get_default(), cual, dibujo._donde()) == sola


def test_a_site_whose_page_of_the_result_tells_more_is_given_all_of_it(
    entrar, integrante, inscrita, unidad, tmp_path, settings
):
    suya = tmp_path / "kuska/evaluaciones/resultado.html"
    suya.parent.mkdir(parents=True)
    dicho = '{{ resultado.enviado_en|date:"Y" }} {{ resultado.explicaciones|length }}'
    suya.write_text(f'{{% extends "kuska/base.html" %}}{{% block contenido %}}<p>{dicho}</p>{{% endblock %}}')
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    intento, cliente = empezar(integrante, unidad), entrar(integrante)
    pagina = cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, 10))).content.decode()
    assert f"<p>{timezone.localdate().year} 10</p>" in pagina


def test_what_cannot_be_compared_is_drawn_each_time():
    una = PreguntaVisible(
        1, "otra", "¿?", "", {"lista": [1]}, [], "", engines["django"].from_string("{{ pregunta.publico.lista }}")
    )
    assert "[1]" in dibujo._pregunta(Engine.get_default(), una, dibujo._donde())


@pytest.fixture
def sueltas(monkeypatch) -> list[str]:
    """What is drawn of questions and of what is told of them, each time that one is."""
    hechas: list[str] = []
    de_siempre = dibujo.suelta

    def suelta(motor: Engine, plantilla: str, valores: Any) -> Any:
        hechas.append(plantilla)
        return de_siempre(motor, plantilla, valores)

    monkeypatch.setattr(dibujo, "suelta", suelta)
    return hechas


def test_whoever_opens_it_finds_its_questions_drawn_and_what_is_told_of_the_right_answers(
    entrar, integrante, inscrita, unidad, sueltas
):
    cliente = entrar(integrante)
    olvidar()
    paginas_dibujadas.olvidar()
    cliente.get(lugar(unidad))
    assert {*sueltas} == {dibujo.PREGUNTA, dibujo.EXPLICADA}
    sueltas.clear()
    assert "Pregunta 3 de 10" in cliente.post(f"{lugar(unidad)}/empezar").content.decode()
    intento = empezar(integrante, unidad)
    cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, 10)))
    # Several right options are told in the order in which they were shown.
    de_varias = [una for una in intento.formulario if len(una.contenido.correctas) > 1]
    assert len(sueltas) <= 3 * len(de_varias) < 3 * len(intento.formulario)


def test_drawing_questions_ahead_costs_no_statement_and_is_not_done_twice(
    entrar, integrante, inscrita, unidad, sueltas
):
    cliente = entrar(integrante)
    cliente.get(lugar(unidad))
    cuentas = []
    for _vez in range(2):
        paginas_dibujadas.olvidar()
        dibujo.olvidar()
        sueltas.clear()
        with CaptureQueriesContext(connection) as captura:
            cliente.get(lugar(unidad))
        cuentas.append(len(captura))
        assert sueltas
    dibujo.olvidar()
    sueltas.clear()
    with CaptureQueriesContext(connection) as captura:
        cliente.get(lugar(unidad))
    assert [len(captura)] * 2 == cuentas and not sueltas


def test_without_room_no_question_is_drawn_ahead(entrar, integrante, inscrita, unidad, sueltas, monkeypatch):
    monkeypatch.setattr(dibujo, "CABEN", 4)
    olvidar()
    paginas_dibujadas.olvidar()
    entrar(integrante).get(lugar(unidad))
    assert len(sueltas) <= 3 * 3


def test_what_is_not_told_to_whoever_passes_is_not_drawn(entrar, integrante, inscrita, unidad):
    formulario = empezar(integrante, unidad).formulario
    assert len([*lectura.si_se_aciertan(formulario, reglas.MODULO)]) == len(formulario)
    assert not [*lectura.si_se_aciertan(formulario, reglas.ENTRADA)]
