"""What leads on: the lessons that are missing, the first question without an answer, the next thing to do."""

import datetime

import pytest
from django.utils import timezone

from cursos.services.avance import terminar_unidad
from tests.cursos.factories import publicar
from tests.evaluaciones.factories import (
    ProgramaConEvaluacion,
    buenas,
    crear_evaluacion,
    empezar,
    operacion,
    unidad_de,
    ver_lecciones,
)
from tests.evaluaciones.test_paginas import campos, lugar, texto
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
@hecho_una_vez
def largo(territorio):
    """A module of nine lessons with its evaluation, and a module with one more lesson."""
    from tests.cursos.factories import crear_leccion, crear_modulo

    programa = ProgramaConEvaluacion(lecciones=9)
    programa.otra = crear_leccion(crear_modulo(programa.pagina, "Módulo 2"), "Lección 2.1")
    return programa


def test_every_missing_lesson_is_named_with_its_link(entrar, integrante, programa, unidad):
    inscripcion = programa.inscribir(integrante)
    primera, segunda = (programa.unidad(pagina) for pagina in programa.lecciones)
    cliente = entrar(integrante)
    pagina = texto(cliente.get(lugar(unidad)))
    assert "Se abre al terminar las lecciones 1 y 2" in pagina
    for leccion in (primera, segunda):
        assert f'href="{leccion.get_absolute_url()}"' in pagina
    terminar_unidad(inscripcion=inscripcion, unidad=primera, ahora=inscripcion.creada_en)
    pagina = texto(cliente.get(lugar(unidad)))
    assert "Se abre al terminar la lección 2" in pagina
    assert f'href="{primera.get_absolute_url()}"' not in pagina
    assert f'class="k-boton" href="{segunda.get_absolute_url()}"' in pagina


def test_a_long_list_is_counted_and_folded(entrar, integrante, largo):
    largo.inscribir(integrante)
    pagina = texto(entrar(integrante).get(lugar(largo.unidad_evaluada)))
    assert "Se abre al terminar las 9 lecciones que faltan" in pagina
    assert "Ver las otras 2" in pagina
    assert all(f'href="{largo.unidad(una).get_absolute_url()}"' in pagina for una in largo.lecciones)
    assert f'href="{largo.unidad(largo.otra).get_absolute_url()}"' not in pagina


def test_who_asks_to_start_too_early_is_told_of_every_lesson(entrar, integrante, programa, unidad):
    programa.inscribir(integrante)
    respuesta = entrar(integrante).post(f"{lugar(unidad)}/empezar", {"numero": "1"})
    assert respuesta.status_code == 409
    assert "Se abre al terminar las lecciones 1 y 2" in texto(respuesta)


def test_continue_after_passing_a_module_goes_to_the_next_lesson(entrar, integrante, largo):
    """And it says what its person can do now."""
    modulo = largo.unidad_evaluada.pagina.get_parent().specific
    modulo.objetivos = "nombrar lo que pasa"
    publicar(modulo)
    inscripcion = largo.inscribir(integrante)
    for pagina in largo.lecciones:
        terminar_unidad(inscripcion=inscripcion, unidad=largo.unidad(pagina), ahora=inscripcion.creada_en)
    unidad, cliente = largo.unidad_evaluada, entrar(integrante)
    intento = empezar(integrante, unidad)
    aprobo = cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento)))
    leccion = largo.unidad(largo.otra).get_absolute_url()
    assert "Ahora usted puede" in texto(aprobo) and "Nombrar lo que pasa" in texto(aprobo)
    for pagina in (aprobo, cliente.get(f"{lugar(unidad)}/resultado/1")):
        assert f'class="k-boton" href="{leccion}">Continuar<' in texto(pagina)
        assert "Lo que sigue: «Lección 2.1»." in texto(pagina)
    assert cliente.get(f"/c/{unidad.curso.numero}/{unidad.numero}/sigue").url == leccion
    assert f'class="k-boton" href="{leccion}">Continuar<' in texto(cliente.get(lugar(unidad)))


def test_who_used_every_try_can_still_go_on(entrar, integrante, largo):
    inscripcion = largo.inscribir(integrante)
    for pagina in largo.lecciones:
        terminar_unidad(inscripcion=inscripcion, unidad=largo.unidad(pagina), ahora=inscripcion.creada_en)
    unidad, cliente = largo.unidad_evaluada, entrar(integrante)
    for _vez in range(3):
        intento = empezar(integrante, unidad)
        ultima = cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, 0)))
    assert f'href="{largo.unidad(largo.otra).get_absolute_url()}">Seguir con el curso<' in texto(ultima)
    pagina = texto(cliente.get(lugar(unidad)))
    assert f'href="{largo.unidad(largo.otra).get_absolute_url()}">Ir a la lección 10<' in pagina
    assert "Pedir ayuda" in pagina


def test_an_evaluation_resumes_at_the_first_question_without_an_answer(entrar, inscrita, unidad):
    cliente = entrar(inscrita.persona)
    intento = empezar(inscrita.persona, unidad)
    for n in (1, 2, 4):
        datos = {"intento": str(intento.clave), "pregunta": n, "operacion": operacion(), f"p{n}": buenas(intento)[n]}
        cliente.post(f"{lugar(unidad)}/respuesta", datos, headers={"accept": "application/json"})
    assert f'href="{lugar(unidad)}/preguntas#p3">Continuar<' in texto(cliente.get(lugar(unidad)))
    assert cliente.post(f"{lugar(unidad)}/empezar", {"numero": "1"}).url == f"{lugar(unidad)}/preguntas#p3"
    formulario = texto(cliente.get(f"{lugar(unidad)}/preguntas"))
    assert 'data-primera="3"' in formulario
    assert 'href="#p3">Seguir en la pregunta 3<' in formulario
    assert "Respondió 3 de 10." in formulario


def test_with_everything_answered_what_is_left_is_to_review(entrar, inscrita, unidad):
    cliente = entrar(inscrita.persona)
    intento = empezar(inscrita.persona, unidad)
    cliente.post(f"{lugar(unidad)}/revisar", campos(intento, buenas(intento)))
    assert f'href="{lugar(unidad)}/revisar">Continuar<' in texto(cliente.get(lugar(unidad)))
    assert "Seguir en la pregunta" not in texto(cliente.get(f"{lugar(unidad)}/preguntas"))


def test_a_course_without_anything_left_leads_back_to_it(entrar, inscrita, programa, unidad):
    final = unidad_de(crear_evaluacion(programa.pagina, clase="final", titulo="Final", preguntas=2))
    cliente = entrar(inscrita.persona)
    ver_lecciones(inscrita)
    for una in (unidad, final):
        intento = empezar(inscrita.persona, una)
        pagina = texto(cliente.post(f"{lugar(una)}/enviar", campos(intento, buenas(intento))))
    assert "Volver al curso" in pagina
    assert ">Continuar<" not in pagina


def test_a_result_after_the_last_day_promises_no_other_try(entrar, inscrita, programa, unidad):
    cliente = entrar(inscrita.persona)
    intento = empezar(inscrita.persona, unidad)
    cliente.post(f"{lugar(unidad)}/enviar", campos(intento, buenas(intento, 5)))
    assert "Intentar otra vez" in texto(cliente.get(f"{lugar(unidad)}/resultado/1"))
    programa.edicion.termina = timezone.localdate() - datetime.timedelta(days=1)
    programa.edicion.save()
    pagina = texto(cliente.get(f"{lugar(unidad)}/resultado/1"))
    assert "Este curso ya terminó: no hay más intentos." in pagina
    assert "Intentar otra vez" not in pagina
    assert "cuando quiera. Le queda" not in pagina
