"""The lines of an attempt that come with it are those that are read apart."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from evaluaciones.consultas.lineas import dadas_en, lineas_juntas
from evaluaciones.models import Intento, Respuesta
from evaluaciones.services.intentos import respuestas_de
from tests.evaluaciones.factories import empezar

pytestmark = pytest.mark.django_db


def test_the_last_line_of_each_question_comes_as_it_was_kept(integrante, inscrita, unidad):
    intento = empezar(integrante, unidad)
    versiones = [pregunta.version for pregunta in intento.formulario]
    valores = [["uno"], None, ["ñ «\"'\\ <b>"], {"numeros": {"a": 1, "b": None}}, 2**40, "texto", True, [], ["otro"]]
    for secuencia, valor in enumerate(valores, 1):
        Respuesta.objects.create(
            intento=intento,
            version_id=versiones[(secuencia - 1) % 7],
            operacion=uuid.uuid4(),
            secuencia=secuencia,
            valor=valor,
            recibida_en=timezone.now(),
        )
    junto = Intento.objects.annotate(dadas=lineas_juntas()).get(pk=intento.pk)
    assert dadas_en(junto) == respuestas_de(intento) == dict(enumerate([[], ["otro"], *valores[2:7]], 1))


def test_an_attempt_without_lines_has_none(integrante, inscrita, unidad):
    intento = empezar(integrante, unidad)
    assert dadas_en(Intento.objects.annotate(dadas=lineas_juntas()).get(pk=intento.pk)) == {}
