"""What «Mis certificados» says to who has none: it promises only what will come."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cursos.services.avance import terminar_unidad
from tests.cursos.factories import Programa
from tests.evaluaciones.test_paginas import texto
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    return Programa()


@pytest.fixture
@hecho_una_vez
def inscrita(programa, integrante):
    return programa.inscribir(integrante)


def pagina_de(cliente):
    return texto(cliente.get(reverse("kuska_certificados:mis_certificados")))


def test_a_course_under_way_will_give_one(entrar, inscrita):
    assert "Saldrán aquí cuando termine un curso." in pagina_de(entrar(inscrita.persona))
    assert "Seguir con mi curso" in pagina_de(entrar(inscrita.persona))


def test_after_the_last_day_none_is_promised(entrar, programa, inscrita):
    programa.edicion.termina = timezone.localdate() - datetime.timedelta(days=1)
    programa.edicion.save()
    pagina = pagina_de(entrar(inscrita.persona))
    assert "Su curso llegó a su último día sin completarse." in pagina
    assert "Saldrán aquí" not in pagina


def test_who_finished_is_told_when_the_document_waits_for_the_office(entrar, programa, inscrita):
    for unidad in programa.unidades:
        terminar_unidad(inscripcion=inscrita, unidad=unidad, ahora=timezone.now())
    pagina = pagina_de(entrar(inscrita.persona))
    assert "Su documento todavía no se puede hacer: pregunte a su facilitadora." in pagina
    assert "Saldrán aquí" not in pagina
