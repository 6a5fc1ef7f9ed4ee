"""A seat that ended: «Inicio» and «Mi cuenta» tell its person what stays theirs and what they can still do."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from cursos.models import Inscripcion
from tests.cursos.test_paginas_del_integrante import texto
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def salio(inscrita):
    inscrita.persona.membresias.update(desde=datetime.date(2020, 1, 1), hasta=datetime.date(2026, 2, 1))
    return inscrita


def test_inicio_tells_who_left_a_seat_that_the_course_goes_on(entrar, salio, presupuesto):
    cliente = entrar(salio.persona)
    cliente.get("/inicio")
    with presupuesto(3):
        dicho = texto(cliente.get("/inicio"))
    assert "Su asiento terminó el 1 de febrero de 2026. Puede seguir su curso" in dicho
    assert "Ya no verá aquí las sesiones de la instancia." in dicho
    assert "No es así: avisar" in dicho


def test_what_is_told_is_true_a_step_seen_afterwards_counts(entrar, salio, base):
    cliente = entrar(salio.persona)
    assert cliente.post(f"{base}/1").status_code == 302
    assert Inscripcion.objects.get().estado == Inscripcion.Estado.EN_CURSO


def test_who_finished_is_told_what_stays(entrar, salio):
    Inscripcion.objects.update(estado="terminada", terminada_en=timezone.now())
    dicho = texto(entrar(salio.persona).get("/inicio"))
    assert "Lo que avanzó y sus certificados son suyos: entra con la misma clave a verlos." in dicho
    assert "Puede seguir su curso" not in dicho


def test_the_last_day_of_a_seat_is_still_of_its_person(entrar, inscrita, time_machine):
    inscrita.persona.membresias.update(desde=datetime.date(2020, 1, 1), hasta=datetime.date(2026, 6, 15))
    time_machine.move_to(datetime.datetime(2026, 6, 15, 20, tzinfo=datetime.UTC))
    assert "Su asiento terminó" not in texto(entrar(inscrita.persona).get("/inicio"))
    time_machine.move_to(datetime.datetime(2026, 6, 16, 5, 5, tzinfo=datetime.UTC))
    assert "Su asiento terminó el 15 de junio de 2026" in texto(entrar(inscrita.persona).get("/inicio"))


def test_a_seat_taken_back_was_never_held_and_another_one_goes_on(entrar, inscrita):
    suya = inscrita.persona.membresias.get()
    suya.hasta = suya.desde
    suya.save()
    assert "Su asiento terminó" not in texto(entrar(inscrita.persona).get("/inicio"))


def test_without_courses_nobody_is_promised_one_for_a_seat_that_ended(entrar, integrante):
    cliente = entrar(integrante)
    assert "Todavía no tiene cursos" in texto(cliente.get("/inicio"))
    integrante.membresias.update(desde=datetime.date(2020, 1, 1), hasta=datetime.date(2026, 2, 1))
    dicho = texto(cliente.get("/inicio"))
    assert "Todavía no tiene cursos" not in dicho
    assert "Su asiento terminó el 1 de febrero de 2026 y no llevaba ningún curso." in dicho


def test_mi_cuenta_says_when_the_last_seat_ended(entrar, salio):
    dicho = texto(entrar(salio.persona).get("/mi-cuenta"))
    assert "Terminó el 1 de febrero de 2026" in dicho
