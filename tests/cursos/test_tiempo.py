"""What a course takes: summed in seconds, rounded once, and beside it the hours that are declared."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cursos import tiempo
from cursos.consultas.horas import Horas, horas_de
from cursos.consultas.temario import temario_de
from cursos.models import Avance, Unidad
from cursos.services.publicacion import carga_en_bloque
from cursos.services.tiempos import medir_tiempos
from tests import gente
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


@pytest.mark.parametrize("justos", range(1, 56))
def test_a_row_and_a_sentence_say_the_same_minutes(justos: int) -> None:
    dichos = tiempo.minutos_dichos(justos * 60)
    assert tiempo.en_palabras(justos * 60) in {"un minuto", f"unos {dichos} minutos"}
    assert abs(dichos - justos) <= 2


@pytest.mark.django_db
def test_a_course_is_the_sum_of_what_its_lessons_take_not_of_their_rows(programa) -> None:
    """Twenty lessons of six minutes and a bit are two hours: rounded one by one they were three and a half."""
    antes = temario_de(programa.curso).segundos
    with carga_en_bloque():
        for n in range(20):
            crear_leccion(programa.modulos[0], f"De seis {n}", pasos=[paso("Uno", "palabra " * 739)])
    temario = temario_de(programa.curso)
    assert [fila.minutos for fila in temario.filas if fila.titulo.startswith("De seis")] == [6] * 20
    larga = crear_leccion(programa.modulos[0], "De trece", pasos=[paso("Uno", "palabra " * 1560)])
    del_curso = temario_de(programa.curso).por_id[programa.unidad(larga).pk]
    assert (del_curso.minutos, del_curso.detalle) == (15, "15 min")
    assert temario.segundos == antes + 20 * 370
    assert tiempo.en_palabras(temario.segundos) == "unas 2 horas"


def test_hours_are_backed_by_what_is_measured_of_their_own_kind() -> None:
    assert Horas(24, "academicas", 7 * 3600).sin_respaldo
    assert not Horas(9, "academicas", 7 * 3600).sin_respaldo  # 6 h 45
    assert Horas(9, "cronologicas", 7 * 3600).sin_respaldo
    assert Horas(7, "cronologicas", 7 * 3600).aviso == ""
    aviso = Horas(24, "academicas", 7 * 3600).aviso
    assert "Declara 24 horas de 45 minutos: unas 18 horas de reloj. En pantalla se miden unas 7 horas" in aviso


@pytest.mark.un_motor
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


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("tomaron", "dice"),
    [
        ([300] * 9, None),  # nine are some
        ([300] * 10, 300),
        ([200] * 4 + [310] * 7 + [900] * 2, 300),  # the one in the middle, in whole minutes
        ([300] * 9 + [86400], None),  # left aside until the next day
        ([0] * 30 + [300] * 9, None),  # written by a hand
    ],
)
def test_what_most_people_take_is_told_once_ten_did_it(tomaron, dice) -> None:
    assert tiempo.lo_que_toma(tomaron, previstos=240) == dice


def terminaron(unidad, personas, minutos: float, desde=None) -> None:
    empezo = desde or timezone.now()
    for inscripcion in personas:
        Avance.objects.create(
            inscripcion=inscripcion,
            unidad=unidad,
            estado=Avance.Estado.TERMINADA,
            paso=unidad.pasos,
            iniciado_en=empezo,
            terminado_en=empezo + timezone.timedelta(minutes=minutos),
        )


@pytest.mark.django_db
def test_a_lesson_is_told_by_what_people_took_until_its_words_are_others(programa, presupuesto) -> None:
    leccion = crear_leccion(programa.modulos[0], "Medida", pasos=[paso("Uno", "palabra " * 400), paso("Dos")])
    unidad = programa.unidad(leccion)
    gente_de_aqui = [
        programa.inscribir(gente.crear_integrante(f"4100000{n}", "Rosa", f"Quispe {n}")) for n in range(10)
    ]

    def minutos() -> int:
        return temario_de(Unidad.objects.get(pk=programa.curso.pk)).por_id[unidad.pk].minutos

    assert minutos() == 3
    terminaron(unidad, gente_de_aqui[:9], 3)
    assert medir_tiempos() == 0 and minutos() == 3
    terminaron(unidad, gente_de_aqui[9:], 3)
    antes = Unidad.objects.get(pk=programa.curso.pk).revision
    assert medir_tiempos() == 1 and minutos() == 6  # three from the second step on, of two
    assert Unidad.objects.get(pk=programa.curso.pk).revision == antes, "a saved module would ask to be brought again"
    with presupuesto(1 + 1 + len(programa.unidades)):
        assert medir_tiempos() == 0

    leccion.pasos = [paso("Uno", "palabra " * 80), paso("Dos")]
    publicar(leccion)
    assert minutos() == 1
    assert medir_tiempos() == 0 and minutos() == 1  # what they took was of another lesson


@pytest.mark.django_db
def test_an_outline_that_was_being_read_while_it_was_measured_is_not_told_afterwards(programa, presupuesto) -> None:
    """It was read with the times of before, and is kept once those of today are written."""
    pasos = [paso("Uno", "palabra " * 400), paso("Dos")]
    unidad = programa.unidad(crear_leccion(programa.modulos[0], "Medida", pasos=pasos))
    antes = Unidad.objects.get(pk=programa.curso.pk)
    de_antes = temario_de(antes)
    cache.clear()
    personas = [programa.inscribir(gente.crear_integrante(f"4100000{n}", "Rosa", f"Quispe {n}")) for n in range(10)]
    terminaron(unidad, personas, 3)
    assert medir_tiempos() == 1
    with patch("cursos.consultas.temario._armar", return_value=de_antes):
        temario_de(antes)
    hoy = Unidad.objects.get(pk=programa.curso.pk)
    assert temario_de(hoy).por_id[unidad.pk].segundos > de_antes.por_id[unidad.pk].segundos
    with presupuesto(0):
        temario_de(hoy)
