"""«Todavía no» with right options chosen: how many are missing, never which."""

import re

import pytest

from evaluaciones.libro import PreguntaMostrada
from evaluaciones.visible import explicar
from tests.evaluaciones.factories import ProgramaConEvaluacion, empezar, hacer_pregunta
from tests.evaluaciones.test_paginas import texto, titulo
from tests.evaluaciones.test_practica import contestar

pytestmark = pytest.mark.un_motor


def pregunta(tipo="varias", correctas=3, total=5):
    alternativas = [
        {"clave": f"a{n}", "texto": f"Alternativa {n}", "correcta": n <= correctas, "explicacion": f"Explica {n}"}
        for n in range(1, total + 1)
    ]
    return PreguntaMostrada.de_json({"tipo": tipo, "texto": "¿Cuáles?", "alternativas": alternativas})


@pytest.mark.parametrize(
    ("elegidas", "dice"),
    [
        (["a1"], "Marcó 1 de las 3 correctas; le faltan 2."),
        (["a1", "a2"], "Marcó 2 de las 3 correctas; le falta 1."),
        (["a1", "a4"], "Marcó 1 de las 3 correctas; le faltan 2. También marcó 1 que no corresponde."),
        (["a1", "a4", "a5"], "Marcó 1 de las 3 correctas; le faltan 2. También marcó 2 que no corresponden."),
        (["a1", "a2", "a3", "a4"], "Marcó las 3 correctas, y también 1 que no corresponde."),
        (["a4"], "La que marcó no es de las correctas."),
        (["a4", "a5"], "Ninguna de las que marcó es de las correctas."),
    ],
)
def test_it_counts_what_was_marked(elegidas, dice):
    assert explicar(pregunta(), 1, elegidas, con_correctas=False).resumen == dice


@pytest.mark.parametrize(
    ("tipo", "elegidas"), [("varias", ["a1", "a2", "a3"]), ("varias", []), ("una", ["a4"]), ("una", ["a1"])]
)
def test_what_is_right_blank_or_of_one_answer_has_nothing_to_count(tipo, elegidas):
    una = pregunta(tipo, correctas=3 if tipo == "varias" else 1)
    assert explicar(una, 1, elegidas).resumen == ""


@pytest.mark.parametrize(
    ("elegidas", "dice"),
    [
        (["a1"], "Casi: le faltaron 2"),
        (["a1", "a2"], "Casi: le faltó 1"),
        (["a1", "a2", "a3", "a4"], "Casi: marcó 1 de más"),
        (["a1", "a4"], "Casi: acertó 1 de 3"),
        (["a4"], ""),
        (["a1", "a2", "a3"], ""),
        ([], ""),
    ],
)
def test_who_chose_some_of_the_right_ones_is_told_almost(elegidas, dice):
    assert explicar(pregunta("varias", correctas=3), 1, elegidas).casi == dice


@pytest.mark.django_db
def test_practice_says_how_many_are_missing_and_not_which(entrar, territorio, integrante):
    programa = ProgramaConEvaluacion(clase="practica", preguntas=[hacer_pregunta(1, tipo="varias")], barajar=False)
    programa.inscribir(integrante)
    unidad, cliente = programa.unidad_evaluada, entrar(integrante)
    intento = empezar(integrante, unidad)
    primera, _mala, tercera, _otra = intento.formulario[0].contenido.alternativas
    respuesta = contestar(cliente, unidad, intento, 1, [primera.clave])
    assert titulo(respuesta) == "Casi: le faltó 1"
    pagina = texto(respuesta)
    assert "Marcó 1 de las 2 correctas; le falta 1." in pagina
    assert re.search(r"Bien marcada.*Alternativa 1\.1.*Explica 1\.1", pagina)
    assert tercera.texto not in pagina
    assert tercera.explicacion not in pagina
