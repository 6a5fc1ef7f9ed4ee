"""What a course takes: summed in seconds, rounded once, and beside it the hours that are declared."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page

from cursos import tiempo
from cursos.consultas.horas import Horas, horas_de
from cursos.consultas.temario import temario_de
from tests.cursos.factories import Programa, crear_leccion, paso, publicar


@pytest.mark.parametrize(
    ("segundos", "dice"),
    [
        (0, "un minuto"),
        (100, "unos 2 minutos"),
        (9 * 60, "unos 9 minutos"),
        (43 * 60, "unos 45 minutos"),
        (56 * 60, "una hora"),
        (85 * 60, "una hora y media"),
        (410 * 60, "unas 7 horas"),
        (155 * 60, "unas 2 horas y media"),
    ],
)
def test_a_time_is_told_as_exact_as_it_is_known(segundos: int, dice: str) -> None:
    assert tiempo.en_palabras(segundos) == dice


@pytest.mark.django_db
def test_a_course_is_the_sum_of_what_its_lessons_take_not_of_their_rows(programa) -> None:
    """Twenty lessons of six minutes and a bit are two hours: rounded one by one they were three and a half."""
    antes = temario_de(programa.curso).segundos
    for n in range(20):
        crear_leccion(programa.modulos[0], f"De seis {n}", pasos=[paso("Uno", "palabra " * 739)])
    temario = temario_de(programa.curso)
    assert [fila.minutos for fila in temario.filas if fila.titulo.startswith("De seis")] == [6] * 20
    assert temario.segundos == antes + 20 * 370
    assert tiempo.en_palabras(temario.segundos) == "unas 2 horas"


def test_hours_are_backed_by_what_is_measured_of_their_own_kind() -> None:
    assert Horas(24, "academicas", 7 * 3600).sin_respaldo
    assert not Horas(9, "academicas", 7 * 3600).sin_respaldo  # 6 h 45
    assert Horas(9, "cronologicas", 7 * 3600).sin_respaldo
    assert Horas(7, "cronologicas", 7 * 3600).aviso == ""
    aviso = Horas(24, "academicas", 7 * 3600).aviso
    assert "Declara 24 horas de 45 minutos: unas 18 horas de reloj. En pantalla se miden unas 7 horas" in aviso


@pytest.mark.django_db
def test_who_publishes_hours_that_nothing_backs_is_told(programa, admin_client) -> None:
    editar = reverse("wagtailadmin_pages:edit", args=[programa.pagina.pk])
    assert "no hay anotado ningún taller" in admin_client.get(editar).text
    datos = {
        "title": programa.pagina.title,
        "presentacion": "",
        "aprendera": "",
        "horas": 24,
        "tipo_de_horas": "academicas",
        "revisado_el": "",
        "action-publish": "1",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": "",
    }
    respuesta = admin_client.post(editar, datos)
    dichos = " ".join(str(uno) for uno in get_messages(respuesta.wsgi_request))
    assert "Declara 24 horas de 45 minutos" in dichos


@pytest.mark.django_db
def test_a_module_is_measured_by_its_own_lessons(territorio) -> None:
    programa = Programa(modulos=2)
    modulo = programa.modulos[0]
    modulo.horas = 1
    publicar(modulo)
    del_modulo = horas_de(Page.objects.get(pk=modulo.pk).specific)
    assert del_modulo and 0 < del_modulo.segundos < temario_de(programa.curso).segundos
    assert del_modulo.declaradas == 1 and del_modulo.sin_respaldo
    assert horas_de(programa.lecciones[0]) is None
