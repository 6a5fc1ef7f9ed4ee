"""Twin forms: who begins with A ends with B, and what was learned is told of groups."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cursos.models import Inscripcion
from evaluaciones import reglas
from evaluaciones.consultas.ganancia import MINIMO, comparar, lo_ganado
from evaluaciones.consultas.publicado import publicado_de
from evaluaciones.libro import PreguntaMostrada
from evaluaciones.models import Intento, VersionDePregunta
from evaluaciones.services.envio import enviar
from tests import gente
from tests.cursos.factories import Programa, publicar
from tests.evaluaciones.factories import buenas, crear_evaluacion, empezar, hacer_pregunta, unidad_de, ver_lecciones
from tests.mundos import hecho_una_vez


class Gemelas(Programa):
    """A course with an entry evaluation of two forms of four questions, and a final that asks the same ones."""

    def __init__(self) -> None:
        super().__init__(lecciones=1)
        preguntas = [hacer_pregunta(n, forma=forma) for n, forma in enumerate("AB" * 4, 1)]
        self.entrada = crear_evaluacion(self.pagina, clase="entrada", preguntas=preguntas, titulo="Para empezar")
        self.final = crear_evaluacion(
            self.pagina, clase="final", preguntas=[], titulo="Final", preguntas_de=self.entrada
        )

    def responder(self, persona, pagina, cuantas: int = 4) -> Intento:
        intento = empezar(persona, unidad_de(pagina))
        entrega = buenas(intento, cuantas)
        return enviar(persona=persona, intento=intento.clave, entrega=entrega, ahora=timezone.now()).intento


@pytest.fixture
@hecho_una_vez
def gemelas(territorio) -> Gemelas:
    return Gemelas()


def textos(intento: Intento) -> set[str]:
    return {pregunta.texto for pregunta in intento.formulario}


@pytest.mark.django_db
def test_who_begins_with_one_form_ends_with_the_other(gemelas, integrante, integrante_de_b):
    vistas = []
    for persona in (integrante, integrante_de_b):
        inscripcion = gemelas.inscribir(persona)
        entrada = gemelas.responder(persona, gemelas.entrada)
        ver_lecciones(inscripcion)
        final = empezar(persona, unidad_de(gemelas.final))
        assert {entrada.reglas.forma, final.reglas.forma} == {"A", "B"}
        assert len(entrada.formulario) == len(final.formulario) == 4
        assert not textos(entrada) & textos(final)
        vistas.append(entrada.reglas.forma)
    assert sorted(vistas) == ["A", "B"]  # half of the people each


@pytest.mark.un_motor
@pytest.mark.django_db
def test_a_second_try_of_the_final_asks_the_other_form(gemelas, integrante):
    ver_lecciones(gemelas.inscribir(integrante))
    primero = gemelas.responder(integrante, gemelas.final, cuantas=0)
    segundo = empezar(integrante, unidad_de(gemelas.final))
    assert not primero.aprobado and not textos(primero) & textos(segundo)


@pytest.mark.django_db
def test_the_final_follows_the_questions_it_takes(gemelas):
    pregunta = gemelas.entrada.preguntas.first()
    pregunta.texto = "¿Dicho de otra manera?"
    pregunta.save()
    publicar(gemelas.entrada)
    dichas = [una.texto for una in publicado_de(unidad_de(gemelas.final)).preguntas]
    assert "¿Dicho de otra manera?" in dichas and len(dichas) == 8
    de_la_final = VersionDePregunta.objects.vigentes().filter(evaluacion=unidad_de(gemelas.final))
    assert de_la_final.count() == 8


@pytest.mark.un_motor
@pytest.mark.django_db
def test_people_are_told_how_many_questions_their_form_has(gemelas, entrar, integrante):
    gemelas.inscribir(integrante)
    unidad = unidad_de(gemelas.entrada)
    assert publicado_de(unidad).cuantas == 4
    pagina = entrar(integrante).get(unidad.get_absolute_url(), follow=True).content.decode()
    assert "<dt>Preguntas</dt><dd>4</dd>" in pagina


def una(forma="", n=0):
    return PreguntaMostrada.de_json({"tipo": "una", "forma": forma, "version": n})


@pytest.mark.parametrize("clase", ["entrada", "final"])
@given(turno=st.integers(0, 10_000), intento=st.integers(1, 5))
def test_each_try_shows_the_other_form(clase, turno, intento):
    preguntas = [una("A"), una("B"), una()]

    def toca(clase, intento):
        return reglas.forma_que_toca(preguntas, clase, turno=turno, intento=intento)

    assert toca(clase, intento) != toca(clase, intento + 1)
    assert toca("entrada", 1) != toca("final", 1)
    assert reglas.forma_que_toca([una()], clase, turno=turno, intento=intento) == ""


def test_a_question_without_form_goes_in_both():
    preguntas = [una("A", n=1), una(n=2), una("B", n=3)]
    assert [p.version for p in reglas.de_la_forma(preguntas, "A")] == [1, 2]
    assert [p.version for p in reglas.de_la_forma(preguntas, "")] == [1, 2, 3]


@pytest.mark.django_db
def test_the_gain_counts_people_who_answered_both(gemelas, integrante, django_assert_num_queries):
    for n in range(MINIMO):
        persona = gente.crear_integrante(f"410000{n:02}", f"Ana{n}", "Ruiz Soto")
        inscripcion = gemelas.inscribir(persona)
        gemelas.responder(persona, gemelas.entrada, cuantas=1)
        ver_lecciones(inscripcion)
        gemelas.responder(persona, gemelas.final, cuantas=3 if n else 4)
    gemelas.inscribir(integrante)
    gemelas.responder(integrante, gemelas.entrada)
    hoy = timezone.localdate()
    with django_assert_num_queries(1):
        leido = lo_ganado(Inscripcion.objects.all(), dia=hoy + datetime.timedelta(days=40))
    resumen = leido.de_todas()
    assert (resumen.personas, resumen.entrada, resumen.final) == (MINIMO, 25, 77.5)
    assert resumen.diferencia == 52.5 and resumen.desde < 52.5 < resumen.hasta
    assert not lo_ganado(Inscripcion.objects.all(), dia=hoy).de_todas().se_muestra  # the month is not over


def test_few_people_have_no_figures():
    resumen = comparar([(10, 90)] * (MINIMO - 1))
    assert (resumen.personas, resumen.se_muestra, resumen.entrada) == (0, False, None)


def test_the_interval_is_that_of_student():
    # Differences 10, 20, 30, 40, 50, twice: mean 30, s = √(2000/9) = 14.907, t(9) 2.262, margin 10.66.
    resumen = comparar([(0, 10), (0, 20), (0, 30), (0, 40), (0, 50)] * 2)
    assert resumen.diferencia == 30
    assert resumen.desde == pytest.approx(19.34, abs=0.01) and resumen.hasta == pytest.approx(40.66, abs=0.01)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=MINIMO, max_size=200))
def test_the_interval_holds_the_difference(pares):
    resumen = comparar(pares)
    assert resumen.desde <= resumen.diferencia + 1e-9 and resumen.diferencia <= resumen.hasta + 1e-9
