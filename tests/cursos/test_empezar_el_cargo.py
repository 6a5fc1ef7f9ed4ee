"""A seat taken from a later day: its course comes on that day, by the clock, at the door or by one's own hand."""

from __future__ import annotations

import datetime

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cursos.models import Inscripcion
from cursos.services.inscripcion import inscribir_a_nuevos, retirar_inscripcion
from cursos.tasks import inscribir_a_quienes_empiezan
from instancias.models import Membresia
from tests.gente import CLAVE
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
NOVIEMBRE = datetime.datetime(2026, 11, 25, 15, tzinfo=datetime.UTC)
ENERO = datetime.datetime(2027, 1, 1, 5, 5, tzinfo=datetime.UTC)  # five past midnight in Lima


@pytest.fixture
@hecho_una_vez
def edicion(programa):
    return programa.abrir()


@pytest.fixture
def espera(edicion, integrante, time_machine):
    """Somebody registered in November from the first of January."""
    time_machine.move_to(NOVIEMBRE)
    integrante.membresias.update(desde=datetime.date(2027, 1, 1))
    ids = list(Membresia.objects.values_list("pk", flat=True))
    assert inscribir_a_nuevos(membresias=ids, ahora=timezone.now()) == 0
    return integrante


def entrar_por_la_puerta() -> Client:
    cliente = Client()
    respuesta = cliente.post("/entrar", {"identificador": "40000001", "clave": CLAVE})
    assert respuesta.status_code == 302
    return cliente


def test_before_the_day_inicio_says_when_and_gives_nothing(espera, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        cliente = entrar_por_la_puerta()
    texto = cliente.get("/inicio").content.decode()
    assert "Su cargo empieza el 1 de enero de 2027. Ese día verá aquí su curso." in texto
    assert "Todavía no tiene cursos" not in texto
    assert inscribir_a_quienes_empiezan() == 0
    cliente.post(reverse("kuska_cursos:abrir_curso"))
    assert not Inscripcion.objects.exists()


def test_the_clock_enrols_on_the_day_once_and_also_some_days_late(espera, time_machine):
    time_machine.move_to(ENERO - datetime.timedelta(minutes=10))
    assert inscribir_a_quienes_empiezan() == 0
    time_machine.move_to(ENERO + datetime.timedelta(days=5))
    assert inscribir_a_quienes_empiezan() == 1
    assert inscribir_a_quienes_empiezan() == 0
    assert Inscripcion.objects.get().persona == espera
    tareas = {entrada["task"] for entrada in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "cursos.inscribir_a_quienes_empiezan" in tareas


def test_who_was_taken_out_of_a_course_is_not_put_back(espera, time_machine):
    time_machine.move_to(ENERO)
    inscribir_a_quienes_empiezan()
    retirar_inscripcion(inscripcion=Inscripcion.objects.get(), ahora=timezone.now())
    assert inscribir_a_quienes_empiezan() == 0
    assert not Inscripcion.objects.activas().exists()


def test_the_door_enrols_without_any_task(espera, time_machine, django_capture_on_commit_callbacks):
    time_machine.move_to(ENERO)
    with django_capture_on_commit_callbacks(execute=True):
        cliente = entrar_por_la_puerta()
    assert "Empiece por aquí" in cliente.get("/inicio").content.decode()
    assert Inscripcion.objects.get().persona == espera


def test_the_door_opens_even_if_the_course_fails(espera, time_machine, monkeypatch, django_capture_on_commit_callbacks):
    def falla(**_datos):
        raise RuntimeError

    monkeypatch.setattr("cursos.receivers.inscripcion.inscribir_al_entrar", falla)
    time_machine.move_to(ENERO)
    with django_capture_on_commit_callbacks(execute=True):
        cliente = entrar_por_la_puerta()
    assert cliente.get("/inicio").status_code == 200


def test_a_session_left_open_asks_for_the_course_by_a_button_and_reading_writes_nothing(espera, entrar, time_machine):
    cliente = entrar(espera)
    time_machine.move_to(ENERO)
    texto = cliente.get("/inicio").content.decode()
    assert "Su cargo ya empezó y su curso está listo." in texto
    assert not Inscripcion.objects.exists()
    assert cliente.post(reverse("kuska_cursos:abrir_curso")).url == "/inicio"
    assert "Empiece por aquí" in cliente.get("/inicio").content.decode()


def test_an_edition_whose_course_is_not_published_holds_back_no_other(espera, programa, time_machine):
    from tests.cursos.factories import Programa

    otro = Programa(titulo="Sin publicar")
    otro.abrir(nombre="Otra")
    otro.curso.versiones.update(vigente=False)
    time_machine.move_to(ENERO)
    assert inscribir_a_quienes_empiezan() == 1
    assert Inscripcion.objects.get().curso == programa.curso
