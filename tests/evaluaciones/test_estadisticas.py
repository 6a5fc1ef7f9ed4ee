"""How questions behave: counted by set, inside the scope, since the key last changed."""

import pytest
from django.utils import timezone

from evaluaciones.consultas.estadisticas import estadisticas_de_preguntas
from evaluaciones.models import Evaluacion
from evaluaciones.services.envio import enviar
from tests import gente
from tests.evaluaciones.factories import buenas, empezar, ver_lecciones
from tests.evaluaciones.test_ediciones_en_curso import con, otra_correcta
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


def responder_todo(programa, persona, hoja_de):
    if not persona.inscripciones.exists():
        ver_lecciones(programa.inscribir(persona))
    intento = empezar(persona, programa.unidad_evaluada)
    enviar(persona=persona, intento=intento.clave, ahora=timezone.now(), entrega=hoja_de(intento))


def eligiendo(n, opcion):
    """All right but question ``n``, answered with the option that says ``opcion``."""

    def entrega(intento):
        clave = next(a.clave for a in intento.formulario[n - 1].contenido.alternativas if a.texto == opcion)
        return {**buenas(intento), n: [clave]}

    return entrega


@pytest.fixture
@hecho_una_vez
def respondida(programa, integrante, integrante_de_b):
    otra = gente.crear_integrante("40000003", "Ana", "Flores")
    responder_todo(programa, integrante, eligiendo(2, "Alternativa 2.3"))
    responder_todo(programa, otra, eligiendo(2, "Alternativa 2.3"))
    responder_todo(programa, integrante_de_b, eligiendo(2, "Alternativa 2.4"))
    return programa


def la(estadisticas, texto):
    return next(una for una in estadisticas if una.texto == texto)


def test_the_hardest_question_comes_first_with_its_usual_mistake(respondida, unidad):
    primera, *resto = estadisticas_de_preguntas(unidad)
    assert primera.texto == "¿Texto de la pregunta 2?"
    assert (primera.respuestas, primera.aciertos, primera.facilidad) == (3, 0, 0)
    assert (primera.equivocada_mas_elegida, primera.veces_equivocada) == ("Alternativa 2.3", 2)
    assert {una.facilidad for una in resto} == {1}


def test_only_inside_the_scope(respondida, unidad):
    solo_b = la(estadisticas_de_preguntas(unidad, prefijos=[gente.DISTRITO_B]), "¿Texto de la pregunta 2?")
    assert (solo_b.respuestas, solo_b.equivocada_mas_elegida) == (1, "Alternativa 2.4")
    nadie = estadisticas_de_preguntas(unidad, prefijos=[])
    assert {una.respuestas for una in nadie} == {0}
    assert {una.facilidad for una in nadie} == {None}


def test_editing_words_keeps_the_count_and_another_key_starts_again(respondida, unidad):
    def otras_palabras(pagina):
        preguntas = list(pagina.preguntas.all())
        preguntas[1].texto = "¿Dicho de otro modo?"
        pagina.preguntas = preguntas

    con(respondida.evaluacion, otras_palabras)
    assert la(estadisticas_de_preguntas(unidad), "¿Dicho de otro modo?").respuestas == 3
    con(Evaluacion.objects.get(pk=respondida.evaluacion.pk), otra_correcta)
    assert la(estadisticas_de_preguntas(unidad), "¿Dicho de otro modo?").respuestas == 0


def test_later_tries_count_only_when_asked_for(programa, unidad, integrante):
    for _vez in range(2):
        responder_todo(programa, integrante, lambda intento: buenas(intento, 0))
    assert {una.respuestas for una in estadisticas_de_preguntas(unidad)} == {1}
    assert {una.respuestas for una in estadisticas_de_preguntas(unidad, primeras=False)} == {2}


def test_two_statements_whatever_the_number_of_answers(respondida, unidad, presupuesto):
    with presupuesto(2):
        estadisticas_de_preguntas(unidad, prefijos=[gente.PROVINCIA])
