"""A course that went away, or whose last day came: who was half way reads what happened, what is kept and what next."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format

from cursos.models import Curso, Inscripcion, Unidad
from cursos.services.avance import registrar_avance, terminar_unidad
from cursos.services.publicacion import sincronizar_curso
from tests.cursos.test_paginas_del_integrante import texto

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
SE_FUE = "El equipo lo retiró el {}. Lo que usted avanzó está guardado y no tiene que hacer nada."


@pytest.fixture
def a_medias(programa, inscrita):
    registrar_avance(inscripcion=inscrita, unidad=programa.unidades[0], paso=1, ahora=timezone.now())
    return inscrita


@pytest.fixture
def curso(programa):
    return f"/c/{programa.curso.numero}"


@pytest.fixture
def vencido(programa, a_medias):
    """Its date of expiry came, and the daily work took it away."""
    Curso.objects.filter(pk=programa.pagina.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    call_command("publish_scheduled")
    assert not Curso.objects.get(pk=programa.pagina.pk).live


@pytest.fixture
def cliente(entrar, a_medias):
    return entrar(a_medias.persona)


def test_a_course_that_expired_is_told_on_inicio_and_at_every_address_of_it(cliente, programa, vencido, curso):
    dicho = SE_FUE.format(date_format(timezone.localdate()))
    inicio = texto(cliente.get("/inicio"))
    assert f"«{programa.curso.titulo}»: {dicho}" in inicio and "Pedir ayuda" in inicio
    for lugar in (curso, f"{curso}/seguir", f"{curso}/1/1", f"{curso}/1/fin"):
        respuesta = cliente.get(lugar)
        assert respuesta.status_code == 410, lugar
        assert dicho in texto(respuesta) and "seguirá donde se quedó" in texto(respuesta), lugar
        assert "Ir a Inicio" in texto(respuesta) and ">Pedir ayuda</a>" in respuesta.text


def test_the_day_it_went_does_not_move_with_what_is_done_to_it_afterwards(cliente, programa, vencido, curso):
    hace = timezone.now() - datetime.timedelta(days=5)
    Unidad.objects.filter(pk=programa.curso.pk).update(retirada_en=hace)
    sincronizar_curso(pagina=Curso.objects.get(pk=programa.pagina.pk), ahora=timezone.now())
    assert SE_FUE.format(date_format(timezone.localdate(hace))) in texto(cliente.get(curso))


def test_it_is_news_for_a_while_and_the_list_of_courses_says_it_always(cliente, programa, vencido):
    hace = timezone.now() - datetime.timedelta(days=40)
    Unidad.objects.filter(pk=programa.curso.pk).update(retirada_en=hace)
    inicio = texto(cliente.get("/inicio"))
    assert "El equipo lo retiró" not in inicio
    assert "No está disponible por ahora. Lo que usted avanzó está guardado." in inicio


def test_when_it_comes_back_nothing_is_told_and_the_person_goes_on(cliente, programa, vencido, curso):
    Curso.objects.get(pk=programa.pagina.pk).save_revision().publish()
    inicio = texto(cliente.get("/inicio"))
    assert "El equipo lo retiró" not in inicio and "Continúe donde se quedó" in inicio
    assert cliente.get(curso).status_code == 200


def test_a_course_that_was_deleted_promises_no_return(cliente, programa, curso):
    programa.pagina.delete()
    for lugar in ("/inicio", curso):
        leido = texto(cliente.get(lugar))
        assert "Lo que usted avanzó está guardado. Pregunte a su facilitadora con qué curso sigue." in leido
        assert "Si el curso vuelve" not in leido


def test_who_finished_is_told_that_it_stays(cliente, programa, a_medias, curso):
    for unidad in programa.unidades:
        terminar_unidad(inscripcion=Inscripcion.objects.get(), unidad=unidad, ahora=timezone.now())
    programa.pagina.unpublish()
    assert "No está disponible por ahora. Usted ya lo terminó, y eso se conserva." in texto(cliente.get("/inicio"))
    assert "El equipo lo retiró" not in texto(cliente.get("/inicio"))
    assert "Usted ya lo terminó, y eso se conserva." in texto(cliente.get(curso))


def test_who_had_not_begun_loses_nothing_and_is_told_no_more(entrar, programa, inscrita):
    programa.pagina.unpublish()
    assert "El equipo lo retiró" not in texto(entrar(inscrita.persona).get("/inicio"))


def test_an_edition_that_closed_says_what_is_kept_and_whom_to_ask(cliente, programa, a_medias, curso):
    ayer = timezone.localdate() - datetime.timedelta(days=1)
    programa.edicion.termina = ayer
    programa.edicion.save()
    dicho = f"«{programa.curso.titulo}» terminó el {date_format(ayer)} y usted no llegó a completarlo."
    pide = "Lo que avanzó está guardado. Si quiere terminarlo, pida más plazo a su facilitadora."
    inicio = texto(cliente.get("/inicio"))
    assert f"{dicho} {pide}" in inicio and "Pedir ayuda" in inicio
    for lugar in (curso, f"{curso}/1/1"):
        assert f"Puede leer las lecciones, pero ya no se registra su avance. {pide}" in texto(cliente.get(lugar))
    programa.edicion.inicia = programa.edicion.termina = ayer - datetime.timedelta(days=40)
    programa.edicion.save()
    assert dicho.split(" terminó")[0] not in texto(cliente.get("/inicio")) and pide in texto(cliente.get("/inicio"))


def test_who_finished_before_it_closed_is_not_sent_to_ask(cliente, programa, a_medias, curso):
    for unidad in programa.unidades:
        terminar_unidad(inscripcion=Inscripcion.objects.get(), unidad=unidad, ahora=timezone.now())
    programa.edicion.termina = timezone.localdate() - datetime.timedelta(days=1)
    programa.edicion.save()
    for lugar in ("/inicio", curso, f"{curso}/1/1"):
        assert "pida más plazo" not in texto(cliente.get(lugar)), lugar
