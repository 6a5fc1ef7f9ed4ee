"""How many chose what in a step that asks, as who writes the course reads it: of five people or more."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cursos.models import Inscripcion
from evaluaciones.consultas import decididas as consulta
from evaluaciones.models import Ensayo
from tests import gente
from tests.cursos.factories import Programa, crear_leccion, decida
from tests.mundos import hecho_una_vez

CLAVES = [f"un-papel-firmado-{n}" for n in (1, 2, 3)]


@pytest.fixture
@hecho_una_vez
def preguntado(territorio):
    programa = Programa(lecciones=1)
    programa.leccion = crear_leccion(programa.modulos[0], "Con caso", pasos=[decida()])
    programa.gente = [
        programa.inscribir(gente.crear_integrante(f"4100{n:04}", "Rosa", f"Quispe {n}")) for n in range(14)
    ]
    return programa


def eligieron(programa, *claves: str, dias: int = 70, vez: int = 1) -> None:
    cuando = timezone.now() - datetime.timedelta(days=dias)
    for inscripcion, clave in zip(programa.gente, claves, strict=False):
        Ensayo.objects.create(
            inscripcion=inscripcion, unidad=programa.unidad(programa.leccion), paso="id-Un papel firmado", vez=vez,
            valor=[clave], acierto=clave == CLAVES[0], respondido_en=cuando,
        )  # fmt: skip


def leer(programa) -> list[consulta.Decidida]:
    return consulta.decididas(programa.curso, edicion=programa.edicion.pk, dia=timezone.localdate())


@pytest.mark.django_db
@pytest.mark.un_motor
def test_the_first_choice_of_each_one_is_told_from_five_people_on(preguntado, presupuesto):
    eligieron(preguntado, *[CLAVES[0]] * 4)
    assert leer(preguntado) == []
    Ensayo.objects.all().delete()

    eligieron(preguntado, *[CLAVES[0]] * 8, *[CLAVES[1]] * 6)
    eligieron(preguntado, *[CLAVES[2]] * 14, vez=2)  # after reading why
    with presupuesto(4):
        (una,) = leer(preguntado)
    assert (una.leccion, una.pregunta, una.personas) == ("Con caso", "¿Qué le responde?", 14)
    # Nobody chose the third: that is an answer too, and the six go with it, so that it is not known by taking away.
    assert [(otra.correcta, otra.cuantas) for otra in una.elegidas] == [(True, 8), (False, None), (False, None)]


@pytest.mark.django_db
@pytest.mark.un_motor
def test_what_was_chosen_this_month_waits(preguntado):
    eligieron(preguntado, *[CLAVES[0]] * 14, dias=0)
    assert leer(preguntado) == []


@pytest.mark.un_motor
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), max_size=6))
def test_no_two_months_tell_of_fewer_than_five(meses):
    cuentas = [Counter(dict(zip(CLAVES, una, strict=True))) for una in meses]
    por_mes = {datetime.date(2026, n, 1): una for n, una in enumerate(cuentas, 1)}
    anterior: list[int] | None = None
    for n in range(len(meses) + 1):
        hasta = {mes: cuenta for mes, cuenta in por_mes.items() if mes.month <= n}
        dichas = consulta._lo_que_se_dice(hasta, CLAVES)
        if anterior is not None and dichas is not None and dichas != anterior:
            assert sum(dichas) - sum(anterior) >= 5
            for antes, ahora in zip(consulta.callar(anterior), consulta.callar(dichas), strict=True):
                assert None in (antes, ahora) or ahora == antes or abs(ahora - antes) >= 5
        anterior = dichas if dichas is not None else anterior


@pytest.mark.django_db
def test_who_writes_the_course_reads_it_in_the_editor(preguntado, admin_client):
    Inscripcion.objects.update(iniciada_en=timezone.now() - datetime.timedelta(days=75))
    eligieron(preguntado, *[CLAVES[0]] * 14)
    visto = admin_client.get(reverse("cursos_salud", args=[preguntado.pagina.pk])).text
    assert "Qué decidieron en los casos" in visto and "¿Qué le responde?" in visto
