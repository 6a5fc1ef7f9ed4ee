"""The ledger as it was written before still opens, and what is written now says its format."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection

from evaluaciones.libro import FORMATO, Formulario, PreguntaMostrada, Reglas, puntos_de
from evaluaciones.models import Intento, Respuesta
from tests.evaluaciones.factories import buenas, empezar
from tests.evaluaciones.test_paginas import lugar, texto

MUESTRA = json.loads((Path(__file__).parent / "intento_formato_1.json").read_text())


def test_a_form_of_format_1_is_read_as_it_was_shown():
    formulario = Formulario.de_json(MUESTRA["formulario"])
    primera, segunda = formulario
    assert [una.texto for una in primera.contenido.alternativas] == ["Oír", "Discutir", "Callar"]
    assert primera.contenido.correctas == {"a1"}
    assert (primera.leccion.titulo, primera.cita, segunda.forma) == ("La ruta", "art. 16 de la Ley 30364", "B")
    reglas = Reglas.de_json(MUESTRA["reglas"])
    assert (reglas.clase, reglas.nota_minima, reglas.forma) == ("modulo", 70, "B")


def test_what_is_written_now_says_its_format_and_comes_back_the_same():
    formulario, reglas = Formulario.de_json(MUESTRA["formulario"]), Reglas.de_json(MUESTRA["reglas"])
    escrito = json.loads(json.dumps(formulario.a_json()))
    assert escrito["formato"] == FORMATO == Reglas().a_json()["formato"]
    assert Formulario.de_json(escrito) == formulario
    assert Reglas.de_json(reglas.a_json()) == reglas
    assert PreguntaMostrada.de_json(formulario[0].a_json()) == formulario[0]


@pytest.mark.parametrize(
    ("fraccion", "puntos"),
    [(Fraction(8), 8), (Fraction(17, 2), Decimal("8.5")), (Fraction(1, 3), Decimal("0.3333")), (Fraction(100), 100)],
)
def test_points_are_whole_when_they_are(fraccion, puntos):
    assert puntos_de(fraccion) == puntos


@pytest.mark.django_db
@pytest.mark.parametrize("puntos", [8, Decimal("8.5"), Decimal("0.3333"), 100, 0])
def test_points_come_back_as_they_were_kept(inscrita, unidad, puntos):
    intento = empezar(inscrita.persona, unidad)
    Intento.objects.filter(pk=intento.pk).update(
        estado="enviado", enviado_en=intento.iniciado_en, nota="calificada", puntos=puntos, aprobado=True,
        puntos_posibles=100,
    )  # fmt: skip
    leido = Intento.objects.get(pk=intento.pk).puntos
    assert (leido, str(leido)) == (puntos, str(puntos))


@pytest.mark.django_db
def test_an_attempt_of_format_1_is_answered_sent_and_read(entrar, inscrita, unidad):
    """Its JSON is put in the database as it was written, under today's columns."""
    intento = empezar(inscrita.persona, unidad)
    versiones = [pregunta.version for pregunta in intento.formulario][:2]
    filas = [{**fila, "version": version} for fila, version in zip(MUESTRA["formulario"], versiones, strict=True)]
    with connection.cursor() as cursor:
        tabla = Intento._meta.db_table
        cursor.execute(
            f"UPDATE {tabla} SET formulario = %s, reglas = %s, puntos_posibles = 2 WHERE id = %s",
            [json.dumps(filas), json.dumps(MUESTRA["reglas"]), intento.pk],
        )
    cliente = entrar(inscrita.persona)
    assert "¿Qué hace primero?" in texto(cliente.get(f"{lugar(unidad)}/preguntas"))
    entrega = buenas(Intento.objects.get(pk=intento.pk))
    campos = {f"p{n}": claves for n, claves in entrega.items()}
    fin = cliente.post(f"{lugar(unidad)}/enviar", {"intento": str(intento.clave), **campos})
    assert "Aprobó: 2 de 2" in texto(fin)
    assert "Oír ayuda." in texto(cliente.get(f"{lugar(unidad)}/resultado/1"))
    assert [linea.valor for linea in Respuesta.objects.order_by("secuencia")] == [["a1"], ["b1", "b2"]]
