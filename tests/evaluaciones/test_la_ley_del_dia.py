"""A question carries the law of the day it is asked, without publishing anything; what was asked keeps its own."""

import datetime

import pytest
from django.utils import timezone

from cursos.models import RedaccionDeArticulo
from evaluaciones.consultas.publicado import publicado_de
from evaluaciones.models import VersionDePregunta
from evaluaciones.services.envio import enviar
from evaluaciones.services.intentos import iniciar
from tests.cursos.factories import crear_articulo, publicar
from tests.evaluaciones.factories import (
    ProgramaConEvaluacion,
    buenas,
    correctas,
    crear_evaluacion,
    empezar,
    hacer_pregunta,
    situacion,
    unidad_de,
    ver_lecciones,
)
from tests.evaluaciones.test_paginas import lugar, texto
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
UN_DIA = datetime.timedelta(days=1)


@pytest.fixture
@hecho_una_vez
def articulo(territorio):
    return crear_articulo()


@pytest.fixture
@hecho_una_vez
def citada(articulo, integrante):
    """An evaluation of two questions; the first one cites the article."""
    preguntas = [hacer_pregunta(1, articulo=articulo), hacer_pregunta(2)]
    programa = ProgramaConEvaluacion(preguntas=preguntas)
    ver_lecciones(programa.inscribir(integrante))
    return programa


def cambiar_la_ley(articulo, desde, dice="Así dirá."):
    """As the editor leaves it: the former wording ends the day before the new one begins."""
    articulo.redacciones.filter(vigente_hasta=None).update(vigente_hasta=desde - UN_DIA)
    return RedaccionDeArticulo.objects.create(articulo=articulo, vigente_desde=desde, resumen=dice)


def ley(intento):
    return next(pregunta.ley for pregunta in intento.formulario if pregunta.cita)


def mandar(intento, cuantas=2):
    persona = intento.inscripcion.persona
    return enviar(
        persona=persona, intento=intento.clave, entrega=buenas(intento, cuantas), ahora=timezone.now()
    ).intento


def test_a_wording_in_force_reaches_the_next_attempt_without_publishing(citada, articulo, integrante):
    unidad = citada.unidad_evaluada
    primero = mandar(empezar(integrante, unidad), 0)
    assert ley(primero) == "Así dice."
    cambiar_la_ley(articulo, timezone.localdate())
    segundo = empezar(integrante, unidad)
    assert ley(segundo) == "Así dirá."
    primero.refresh_from_db()
    assert ley(primero) == "Así dice.", "What was asked is kept as it was."


def test_a_future_wording_switches_on_its_date(citada, articulo, integrante):
    hoy, unidad = timezone.localdate(), citada.unidad_evaluada
    cambiar_la_ley(articulo, hoy + UN_DIA)
    assert [publicado_de(unidad, dia).preguntas[0].ley for dia in (hoy, hoy + UN_DIA, hoy)] == [
        "Así dice.",
        "Así dirá.",
        "Así dice.",
    ]
    donde = situacion(integrante, unidad)
    assert ley(iniciar(situacion=donde, ahora=timezone.now() + UN_DIA)) == "Así dirá."


@pytest.mark.un_motor
def test_the_explanation_says_what_it_said_and_what_it_says_today(citada, articulo, integrante, entrar):
    unidad, cliente = citada.unidad_evaluada, entrar(integrante)
    mandar(empezar(integrante, unidad))
    resultado = f"{lugar(unidad)}/resultado/1"
    assert "Lo que dice hoy" not in texto(cliente.get(resultado))
    cambiar_la_ley(articulo, timezone.localdate())
    pagina = texto(cliente.get(resultado))
    for dicho in ("Lo que decía cuando se le preguntó", "Así dice.", "Lo que dice hoy", "Así dirá."):
        assert dicho in pagina


@pytest.mark.un_motor
def test_practice_explains_with_the_law_of_today(articulo, integrante, entrar):
    programa = ProgramaConEvaluacion(clase="practica", preguntas=[hacer_pregunta(1, articulo=articulo)])
    programa.inscribir(integrante)
    unidad, cliente = programa.unidad_evaluada, entrar(integrante)
    intento = empezar(integrante, unidad)
    cambiar_la_ley(articulo, timezone.localdate())
    datos = {"intento": str(intento.clave), "pregunta": "1", "p1": correctas(intento.formulario[0])}
    pagina = cliente.post(f"{lugar(unidad)}/respuesta", {**datos, "operacion": str(intento.clave)}, follow=True)
    assert "Así dirá." in texto(pagina)


@pytest.mark.un_motor
def test_the_final_that_takes_the_questions_follows_the_law_too(citada, articulo, integrante):
    final = unidad_de(
        crear_evaluacion(citada.pagina, clase="final", titulo="Final", preguntas=[], preguntas_de=citada.evaluacion)
    )
    cambiar_la_ley(articulo, timezone.localdate())
    assert ley(empezar(integrante, final)) == "Así dirá."


@pytest.mark.un_motor
def test_a_citation_that_changes_its_number_is_read_at_once(citada, articulo, integrante):
    unidad = citada.unidad_evaluada
    assert publicado_de(unidad)
    articulo.numero_tuo = "20"
    articulo.save()
    unidad = citada.unidad_evaluada
    assert publicado_de(unidad).preguntas[0].cita == "art. 16 de la Ley 30364 (TUO, art. 20)"


def test_a_new_wording_makes_no_version_of_the_question(citada, articulo):
    antes = VersionDePregunta.objects.count()
    cambiar_la_ley(articulo, timezone.localdate())
    publicar(citada.evaluacion)
    assert VersionDePregunta.objects.count() == antes


@pytest.mark.un_motor
def test_without_its_page_the_explanation_keeps_what_it_said(citada, articulo, integrante, entrar):
    unidad, cliente = citada.unidad_evaluada, entrar(integrante)
    mandar(empezar(integrante, unidad))
    cambiar_la_ley(articulo, timezone.localdate())
    type(citada.evaluacion).objects.get(pk=citada.evaluacion.pk).unpublish()
    pagina = texto(cliente.get(f"{lugar(unidad)}/resultado/1"))
    assert "Así dice." in pagina and "Así dirá." not in pagina
