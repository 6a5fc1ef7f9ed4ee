"""Any page that reads an attempt whose time passed closes it, and the person and the staff are told."""

import datetime

import pytest
from django.utils import timezone

from cursos.models import Edicion
from evaluaciones.models import Intento, Respuesta
from tests.cursos.factories import publicar
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas, empezar, ver_lecciones
from tests.evaluaciones.test_cierre import DIA, abrir
from tests.evaluaciones.test_paginas import campos, lugar, texto
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
DICE = "con lo que había guardado: 9 de 10. Aprobó."


@pytest.fixture
@hecho_una_vez
def vencido(inscrita, unidad):
    return abrir(inscrita.persona, unidad, guardadas=9)


@pytest.fixture
@hecho_una_vez
def cliente(entrar, inscrita):
    return entrar(inscrita.persona)


@pytest.mark.parametrize("ruta", ["/inicio", "curso", "", "/preguntas", "/revisar", "/resultado/1", "/empezar"])
def test_opening_any_page_that_reads_it_closes_it(cliente, vencido, unidad, ruta):
    curso = f"/c/{unidad.curso.numero}"
    direccion = {"/inicio": "/inicio", "curso": curso}.get(ruta, lugar(unidad) + ruta)
    pagina = texto(cliente.get(direccion, follow=True))
    vencido.refresh_from_db()
    assert (vencido.estado, vencido.puntos, vencido.aprobado) == ("enviado", 9, True)
    assert DICE in pagina
    assert "<h1" in pagina and "Aprobó" in pagina


@pytest.mark.un_motor
def test_inicio_and_the_course_tell_it_with_the_counters_already_right(cliente, vencido, unidad):
    pagina = texto(cliente.get("/inicio"))
    assert DICE in pagina and f'href="{lugar(unidad)}/resultado/1"' in pagina
    assert "3 de 3 lecciones y evaluaciones" in pagina
    assert DICE in texto(cliente.get(f"/c/{unidad.curso.numero}"))


@pytest.mark.un_motor
def test_pressing_start_again_leads_to_the_result(cliente, vencido, unidad):
    pagina = cliente.post(f"{lugar(unidad)}/empezar", {"numero": "1"}, follow=True)
    assert "Aprobó: 9 de 10" in texto(pagina)
    assert Intento.objects.count() == 1


@pytest.mark.un_motor
def test_an_answer_that_arrives_late_is_told_plainly(cliente, vencido, unidad):
    datos = {"intento": str(vencido.clave), "pregunta": "1", "p1": buenas(vencido)[1], "operacion": str(vencido.clave)}
    for _vez in range(2):  # before anybody closed it, and once closed
        respuesta = cliente.post(f"{lugar(unidad)}/respuesta", datos, headers={"accept": "application/json"})
        assert (respuesta.status_code, respuesta.json()["codigo"]) == (409, "fuera_de_plazo")
        assert "Lo que acaba de enviar llegó después y no se contó." in respuesta.json()["mensaje"]
        pagina = texto(cliente.post(f"{lugar(unidad)}/revisar", campos(vencido, buenas(vencido)), follow=True))
        assert "llegó después y no se contó" in pagina
        cliente.get("/inicio")
    assert Respuesta.objects.filter(definitiva=False).count() == 9


@pytest.mark.un_motor
def test_a_new_try_takes_the_notice_away(cliente, inscrita, unidad):
    abrir(inscrita.persona, unidad, guardadas=3)
    assert "3 de 10. Todavía no aprueba." in texto(cliente.get("/inicio"))
    empezar(inscrita.persona, unidad)
    assert "con lo que había guardado" not in texto(cliente.get("/inicio"))


def test_what_closed_without_a_mark_is_told_too(entrar, territorio, integrante):
    programa = ProgramaConEvaluacion(clase="practica", preguntas=3)
    ver_lecciones(programa.inscribir(integrante))
    unidad = programa.unidad_evaluada
    abrir(integrante, unidad, guardadas=2)
    cliente = entrar(integrante)
    for direccion in ("/inicio", lugar(unidad), f"{lugar(unidad)}/preguntas/1"):
        assert "sin terminar. Lo que respondió está guardado." in texto(cliente.get(direccion, follow=True))
    assert cliente.get(f"{lugar(unidad)}/resultado/1").status_code == 404
    assert "Empezar" in texto(cliente.get(lugar(unidad)))


@pytest.mark.un_motor
def test_a_page_that_is_gone_tells_it(cliente, programa, vencido, unidad):
    type(programa.evaluacion).objects.get(pk=programa.evaluacion.pk).unpublish()
    pagina = texto(cliente.get(lugar(unidad)))
    assert "Aprobó: 9 de 10" in pagina and "se cerró el" in pagina


@pytest.mark.un_motor
def test_the_form_says_until_when_by_the_edition_too(cliente, inscrita, unidad):
    empezar(inscrita.persona, unidad)
    termina = timezone.localdate() + DIA
    Edicion.objects.update(termina=termina)
    assert f"Puede enviarla hasta el {termina.day} de " in texto(cliente.get(f"{lugar(unidad)}/preguntas"))


@pytest.mark.un_motor
def test_after_the_last_day_the_page_says_why_it_is_closed(cliente, inscrita, unidad):
    Edicion.objects.update(termina=timezone.localdate() - DIA)
    assert "ya no se puede dar." in texto(cliente.get(lugar(unidad)))
    assert cliente.post(f"{lugar(unidad)}/empezar").status_code == 409


@pytest.mark.un_motor
def test_the_staff_see_it_on_the_page_of_the_person(entrar, coordinadora_a, inscrita, unidad):
    abrir(inscrita.persona, unidad, guardadas=3)
    direccion = f"/panel/persona/{inscrita.persona.pk}"
    pagina = texto(entrar(coordinadora_a).get(direccion))
    assert "se cerró por el plazo · todavía no" in pagina
    assert "3 de 10" not in pagina, "Never the mark."


@pytest.mark.un_motor
def test_the_course_page_of_somebody_without_attempts_says_nothing(cliente, inscrita, unidad):
    assert "se cerró" not in texto(cliente.get(f"/c/{unidad.curso.numero}"))


@pytest.mark.un_motor
def test_the_rule_of_the_page_decides_even_when_the_page_changed(cliente, programa, vencido, unidad):
    programa.evaluacion.nota_minima = 100
    publicar(programa.evaluacion)
    cliente.get("/inicio")
    vencido.refresh_from_db()
    assert vencido.aprobado is True, "It is graded by the rules of the day it began."
    assert vencido.enviado_en - vencido.iniciado_en == datetime.timedelta(days=2)
