"""Lessons that are for some kinds of seat change no figure: nobody is asked for them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cursos.models import Avance, Unidad
from cursos.services.avance import registrar_avance
from seguimiento.consultas import curso, distritos
from seguimiento.services.al_dia import cursos_al_dia
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def ruta(edicion):
    return Unidad.objects.create(
        clase="leccion",
        curso=edicion.curso,
        numero=50,
        orden=50,
        titulo="Para la alcaldía",
        modulo="Lo que le toca a su asiento",
        pasos=2,
        obligatoria=False,
        asientos=["IDC-01"],
    )


def leer(quien, ruta, *pasos):
    for paso in pasos:
        registrar_avance(inscripcion=quien.inscripciones.get(), unidad=ruta, paso=paso, ahora=f.hace(1))


def test_the_steps_of_the_course_are_those_asked_for(edicion, ruta, entrar, cem_provincial):
    leer(f.integrante(f.A, edicion, hechas=1), ruta, 1, 2)
    assert Avance.objects.filter(unidad=ruta, estado="terminada").exists()
    assert [uno.titulo for uno in curso.embudo(f.ambito())] == ["Parte 1", "Parte 2", "Parte 3", "Parte 4"]
    assert "Para la alcaldía" not in entrar(cem_provincial).get("/panel/curso/900").content.decode()


def test_reading_a_route_begins_and_ends_nothing(edicion, ruta):
    quien = f.integrante(f.A, edicion)
    leer(quien, ruta, 1, 2)
    inscripcion = quien.inscripciones.get()
    assert (inscripcion.estado, inscripcion.hechas, inscripcion.requeridas) == ("por_empezar", 0, 4)
    (suyo,) = cursos_al_dia(quien, ahora=timezone.now())
    assert [unidad.estado for unidad in suyo.unidades] == [None] * 4


def test_who_read_every_route_did_not_finish(edicion, ruta):
    leer(f.integrante(f.A, edicion, hechas=3), ruta, 1, 2)
    f.integrante(f.A, edicion, codigo="T-04", hechas=4)
    (total,) = [una for una in distritos.instancias(f.ambito()) if una.integrantes]
    assert (total.terminaron, total.integrantes) == (1, 2)
