"""Texts written in a statement are the same texts, whatever they have in them, and only those that never change."""

from __future__ import annotations

import pytest
from django.db import connection, models

from evaluaciones.models import Intento
from marco.literales import escribir
from marco.preparadas import Preparada

RAROS = ["", "'", "''", "%", "%s", "%%s", "\\", "a'b%c\\d", "¿ñ?", '"', "?", "\n", "--", "$1"]


@pytest.mark.django_db
@pytest.mark.parametrize("texto", RAROS)
def test_a_text_that_is_written_is_the_one_that_was_given(texto):
    sql, quedan = escribir("SELECT CAST(%s AS text), CAST(%s AS integer), '100 %%'", [texto, 7], ())
    assert quedan == [1]
    with connection.cursor() as cursor:
        cursor.execute(sql, [7])
        assert cursor.fetchone() == (texto, 7, "100 %")


def test_a_member_of_a_list_of_choices_is_its_text_and_what_changes_stays_apart():
    class Estado(models.TextChoices):
        ABIERTO = "abierto", "Está abierto"

    assert escribir("a = %s AND b = %s", [Estado.ABIERTO, "otro"], {1}) == ("a = 'abierto' AND b = %s", [1])


def test_a_text_that_no_statement_can_hold_stays_apart():
    assert escribir("a = %s", ["a\0b"], ()) == ("a = %s", [0])


@pytest.mark.django_db
def test_what_a_question_says_always_the_same_is_written_in_it_and_what_changes_goes_apart():

    def abiertos(*, unidad: int) -> models.QuerySet:
        return Intento.objects.filter(unidad=unidad, estado=Intento.Estado.EN_CURSO)

    preparada = Preparada(abiertos, se_anota=False)
    dichas = []

    def oir(ejecutar, sql, params, many, contexto):
        dichas.append((sql, params))
        return ejecutar(sql, params, many, contexto)

    with connection.execute_wrapper(oir):
        preparada(unidad=1)
    assert "'en_curso'" in dichas[0][0] and list(dichas[0][1]) == [1]
