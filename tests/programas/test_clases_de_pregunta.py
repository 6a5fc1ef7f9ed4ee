"""Every kind of question goes to a file and back, also one that no room knows."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from cursos.models import Curso
from evaluaciones import clases
from evaluaciones.clases.ordenar.contenido import Elemento, Orden
from evaluaciones.models import Pregunta, VersionDePregunta
from programas import fichas
from programas.carga import cargar
from programas.errores import ContenidoInvalido
from programas.escritura import ficha_de_evaluacion
from programas.extraccion import extraer
from programas.lectura import leer_evaluacion
from programas.revision import preguntas as revision
from tests.inventada import Frase
from tests.programas import factories

pytestmark = pytest.mark.un_motor

AHORA = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
ORDEN = Orden(tuple(Elemento("", texto) for texto in ("Oír", "Informar", "Acompañar")), "Primero se oye.")
DE_ORDENAR = """
clave: m1-evaluacion
clase: modulo
titulo: Evaluación
preguntas:
  - clave: m1-e09
    tipo: ordenar
    articulo: ley-1/16
    leccion: m1-l1
    dificultad: 1
    objetivo: 1
    texto: Ordene los pasos.
    elementos:
      - Oír
      - Informar
      - Acompañar
    explicacion: Primero se oye.
"""


@pytest.fixture(autouse=True)
def frase():
    clases.registrar(Frase())
    yield
    clases.olvidar("frase")


def con_las_dos() -> fichas.Programa:
    programa = factories.programa_breve()
    ordenar = factories.pregunta("m1-e09", "Ordene los pasos.", tipo="ordenar", contenido=ORDEN)
    frase = factories.pregunta("m1-e10", "¿Qué dice?", tipo="frase", contenido={"esperada": "Ya lo dice: así"})
    return factories.con_preguntas(programa, ordenar, frase)


def test_a_question_to_be_ordered_is_read_and_written_back() -> None:
    leida = leer_evaluacion(DE_ORDENAR, "evaluacion.yaml")
    assert leida.preguntas[0].contenido == ORDEN
    assert leer_evaluacion(ficha_de_evaluacion(leida), "evaluacion.yaml") == leida


@pytest.mark.parametrize(
    ("antes", "despues", "dice"),
    [
        ("      - Acompañar\n", "", "debe tener de 3 a 8 elementos"),
        ("- Acompañar", "- Oír", "dos elementos dicen lo mismo"),
        ("elementos:", "alternativas:", "falta «elementos»"),
        ("tipo: ordenar", "tipo: acertijo", "debe ser una de estas: una, varias, verdadero_falso, ordenar"),
    ],
)
def test_what_is_wrong_in_it_is_told(antes: str, despues: str, dice: str) -> None:
    with pytest.raises(ContenidoInvalido) as error:
        leer_evaluacion(DE_ORDENAR.replace(antes, despues), "evaluacion.yaml")
    assert dice in str(error.value.problemas[0])


def test_the_review_asks_why_they_go_in_that_order() -> None:
    una = leer_evaluacion(DE_ORDENAR, "evaluacion.yaml").preguntas[0]
    assert not [*revision._sustento(una)]
    sin_razon = dataclasses.replace(una, contenido=dataclasses.replace(ORDEN, explicacion=""))
    assert [*revision._sustento(sin_razon)] == ["no explica por qué van en ese orden."]


@pytest.mark.django_db
def test_what_was_loaded_of_any_kind_is_exported_equal(territorio) -> None:
    programa = con_las_dos()
    cargar(programa, ahora=AHORA)
    assert extraer(Curso.objects.get()) == programa
    assert VersionDePregunta.objects.get(contenido__tipo="frase").contenido.contenido == {"esperada": "Ya lo dice: así"}
    claves = [uno["clave"] for uno in Pregunta.objects.get(tipo="ordenar").datos["elementos"]]
    cargar(programa, ahora=AHORA)
    assert [uno["clave"] for uno in Pregunta.objects.get(tipo="ordenar").datos["elementos"]] == claves


@pytest.mark.django_db
def test_what_is_of_a_kind_that_is_gone_is_told_and_left_out(territorio) -> None:
    cargar(con_las_dos(), ahora=AHORA)
    clases.olvidar("frase")
    avisos: list[str] = []
    extraido = extraer(Curso.objects.get(), avisar=avisos.append)
    assert "de una clase que ya no está instalada; no se exportan" in avisos[0]
    assert [una.tipo for una in extraido.curso.modulos[0].evaluaciones[1].preguntas] == ["ordenar"]
