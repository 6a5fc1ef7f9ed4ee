"""An attempt costs the same statements whatever there is around it: 12 from «Empezar» to the result."""

import pytest
from django.utils import timezone

from cursos.consultas.logros import logros_de
from cursos.models import Unidad
from evaluaciones.models import Intento
from evaluaciones.services.envio import enviar
from tests import gente
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas, crear_evaluacion, empezar, ver_lecciones
from tests.evaluaciones.test_paginas import campos, lugar, texto
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
@hecho_una_vez
def poblado(territorio, integrante):
    """More of everything: lessons, questions to draw from, other people's attempts."""
    programa = ProgramaConEvaluacion(lecciones=8, preguntas=30, sortear=10)
    crear_evaluacion(programa.pagina, clase="final", titulo="Evaluación final", preguntas=4)  # so the course goes on
    for n in range(6):
        otra = gente.crear_integrante(f"5000000{n}", "Ana", "Flores")
        ver_lecciones(programa.inscribir(otra))
        for _vez in range(2):
            intento = empezar(otra, programa.unidad_evaluada)
            enviar(persona=otra, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento, 5))
    ver_lecciones(programa.inscribir(integrante))
    return programa


@pytest.fixture
def chico(programa, inscrita):
    return programa


@pytest.mark.parametrize("tamano", ["chico", "poblado"])
@pytest.mark.parametrize(("acertadas", "dice"), [(10, "Aprobó: 10 de 10"), (5, "Le falta poco: 5 de 10. Necesita 7")])
def test_start_and_submit_in_two_requests(request, entrar, integrante, presupuesto, tamano, acertadas, dice):
    programa = request.getfixturevalue(tamano)
    unidad = programa.unidad_evaluada
    cliente = entrar(integrante)
    cliente.get(lugar(unidad))  # people come from this page, which leaves the questions in the cache
    logros_de(unidad.curso)  # read once for each revision of the course
    with presupuesto(3):
        cliente.post(f"{lugar(unidad)}/empezar", {"numero": "1"})
    intento = Intento.objects.get(inscripcion__persona=integrante)
    with presupuesto(9):
        resultado = cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, acertadas)))
    assert dice in texto(resultado)


@pytest.mark.parametrize("tamano", ["chico", "poblado"])
def test_reading_pages_costs_the_same_with_more_of_everything(request, entrar, integrante, presupuesto, tamano):
    programa = request.getfixturevalue(tamano)
    unidad = programa.unidad_evaluada
    cliente = entrar(integrante)
    cliente.get(lugar(unidad))
    with presupuesto(2):
        cliente.get(lugar(unidad))
    intento = empezar(integrante, unidad)
    with presupuesto(4):
        cliente.get(f"{lugar(unidad)}/preguntas")
    with presupuesto(9):
        cliente.post(f"{lugar(unidad)}/revisar", campos(intento, buenas(intento)))
    with presupuesto(7):
        cliente.post(
            f"{lugar(unidad)}/respuesta",
            {"intento": str(intento.clave), "pregunta": "2", "operacion": str(intento.clave), "p2": buenas(intento)[2]},
            headers={"accept": "application/json"},
        )
    cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento)))
    with presupuesto(5):
        cliente.get(f"{lugar(unidad)}/resultado/1")


def test_reading_writes_nothing(entrar, inscrita, unidad):
    empezar(inscrita.persona, unidad)
    inscrita.refresh_from_db()
    antes = (inscrita.ultima_actividad_en, Intento.objects.values().get(), list(Unidad.objects.values()))
    cliente = entrar(inscrita.persona)
    for ruta in ("", "/preguntas", "/preguntas/1", "/resultado/1"):
        cliente.get(lugar(unidad) + ruta)
    inscrita.refresh_from_db()
    assert (inscrita.ultima_actividad_en, Intento.objects.values().get(), list(Unidad.objects.values())) == antes


def test_the_day_of_the_deadline_is_local(entrar, territorio, integrante):
    programa = ProgramaConEvaluacion(dias_de_plazo=2)
    ver_lecciones(programa.inscribir(integrante))
    pagina = entrar(integrante).get(lugar(programa.unidad_evaluada)).content.decode()
    assert "Desde que empieza tiene 2 días para enviarla." in pagina
