"""Once the last day of an edition passed, nobody is asked to go on with it."""

import datetime

import pytest
from django.utils import timezone

from tests.cursos.factories import Programa
from tests.evaluaciones.test_paginas import texto
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
AYER = timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    return Programa()


@pytest.fixture
@hecho_una_vez
def detenida(programa, integrante):
    """The learner of district A, enrolled long ago and never active since."""
    inscripcion = programa.inscribir(integrante)
    antes = timezone.now() - datetime.timedelta(days=40)
    type(inscripcion).objects.filter(pk=inscripcion.pk).update(creada_en=antes)
    return inscripcion


def terminar(programa):
    programa.edicion.termina = AYER
    programa.edicion.save()


def test_nobody_is_to_be_reminded(entrar, programa, detenida, cem_provincial):
    cliente = entrar(cem_provincial)
    respuesta = cliente.get("/panel/recordar")
    assert [fila.id for fila in respuesta.context["filas"]] == [detenida.persona_id]
    terminar(programa)
    respuesta = cliente.get("/panel/recordar")
    assert respuesta.context["filas"] == []
    assert "Esta edición terminó el" in texto(respuesta)
    assert "Esta edición terminó el" in texto(cliente.get("/panel"))


def test_staff_read_that_a_course_taken_away_is_not_to_be_reminded_of(entrar, programa, detenida, cem_provincial):
    cliente = entrar(cem_provincial)
    dicho = "Este curso está retirado desde el"
    assert dicho not in texto(cliente.get("/panel/recordar"))
    type(programa.pagina).objects.get(pk=programa.pagina.pk).unpublish()
    for direccion in ("/panel", "/panel/recordar", "/panel/lista?ver=pendientes"):
        assert dicho in texto(cliente.get(direccion)), direccion
    assert dicho not in texto(cliente.get(f"/panel?al={AYER}")), "of another day, it was there"
