"""Starting: who may, how many times, and what is frozen."""

import datetime

import pytest
from django.utils import timezone

from cursos.services.inscripcion import retirar_inscripcion
from evaluaciones.models import Intento, VersionDePregunta
from evaluaciones.services.envio import enviar
from marco.errores import ErrorDeDominio
from tests.evaluaciones.factories import (
    ProgramaConEvaluacion,
    buenas,
    crear_evaluacion,
    empezar,
    situacion,
    unidad_de,
    ver_lecciones,
)

pytestmark = pytest.mark.django_db


def codigo(acto, *args, **kwargs):
    with pytest.raises(ErrorDeDominio) as error:
        acto(*args, **kwargs)
    assert str(error.value)
    return error.value.codigo


def reprobar(persona, unidad):
    intento = empezar(persona, unidad)
    return enviar(persona=persona, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento, 0)).intento


def test_the_form_and_the_rules_are_frozen_whole(inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    assert intento.numero == 1
    assert intento.puntos_posibles == 10 == len(intento.formulario)
    assert intento.reglas.nota_minima == 70
    assert intento.reglas.titulo == "Evaluación del módulo 1"
    primera = intento.formulario[0]
    assert {a.explicacion for a in primera.contenido.alternativas} == {f"Explica 1.{m}" for m in (1, 2, 3, 4)}
    assert primera.version


def test_starting_again_returns_the_attempt_in_progress(inscrita, unidad):
    assert empezar(inscrita.persona, unidad).pk == empezar(inscrita.persona, unidad).pk
    assert Intento.objects.count() == 1


def test_asking_again_for_a_try_already_sent_returns_it_and_uses_no_other(inscrita, unidad):
    primero = reprobar(inscrita.persona, unidad)
    assert empezar(inscrita.persona, unidad, numero=1).pk == primero.pk
    assert Intento.objects.count() == 1
    assert empezar(inscrita.persona, unidad, numero=2).numero == 2


def test_only_as_many_questions_as_the_page_draws(territorio, integrante):
    programa = ProgramaConEvaluacion(preguntas=12, sortear=8)
    ver_lecciones(programa.inscribir(integrante))
    intento = empezar(integrante, programa.unidad_evaluada)
    assert len(intento.formulario) == 8


def test_tries_are_limited(inscrita, unidad):
    for _vez in range(3):
        reprobar(inscrita.persona, unidad)
    assert codigo(empezar, inscrita.persona, unidad) == "sin_intentos"


def test_a_passed_evaluation_is_not_started_again(inscrita, unidad):
    intento = empezar(inscrita.persona, unidad)
    enviar(persona=inscrita.persona, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento))
    assert codigo(empezar, inscrita.persona, unidad) == "ya_aprobada"


def test_somebody_not_enrolled_finds_nothing(programa, integrante_de_b, unidad):
    programa.abrir(territorio="100601")
    assert codigo(empezar, integrante_de_b, unidad) == "no_encontrado"


def test_leaving_the_course_closes_it_at_once(inscrita, unidad):
    empezar(inscrita.persona, unidad)
    retirar_inscripcion(inscripcion=inscrita, ahora=timezone.now())
    assert codigo(empezar, inscrita.persona, unidad) == "no_encontrado"


def test_a_lesson_is_not_an_evaluation(inscrita, programa):
    leccion = unidad_de(programa.lecciones[0])
    assert codigo(empezar, inscrita.persona, leccion) == "no_encontrado"


def test_an_unpublished_evaluation_is_not_started(inscrita, programa, unidad):
    programa.evaluacion.unpublish()
    assert codigo(empezar, inscrita.persona, unidad) == "unidad_en_pausa"


def test_an_evaluation_without_questions_is_not_started(territorio, integrante):
    """Also when what is live lost them by a door that is no act of the editor."""
    programa = ProgramaConEvaluacion(preguntas=1)
    ver_lecciones(programa.inscribir(integrante))
    VersionDePregunta.objects.update(vigente=False)
    assert codigo(empezar, integrante, programa.unidad_evaluada) == "sin_preguntas"


def test_the_evaluation_of_a_module_waits_for_its_lessons(programa, integrante, unidad):
    programa.inscribir(integrante)
    with pytest.raises(ErrorDeDominio) as error:
        empezar(integrante, unidad)
    assert error.value.codigo == "faltan_lecciones"
    assert str(error.value) == "Se abre al terminar las lecciones 1 y 2"


def test_only_the_lessons_of_the_module_are_asked_for(territorio, integrante):
    programa = ProgramaConEvaluacion()
    otro = programa.modulos[0].get_siblings(inclusive=False)
    assert not otro.exists()
    inscripcion = programa.inscribir(integrante)
    ver_lecciones(inscripcion)
    assert situacion(integrante, programa.unidad_evaluada).leccion_pendiente_id is None


@pytest.mark.un_motor
@pytest.mark.parametrize("clase", ["practica", "entrada"])
def test_what_teaches_or_measures_the_start_never_waits(territorio, integrante, clase):
    programa = ProgramaConEvaluacion(clase=clase)
    programa.inscribir(integrante)
    assert empezar(integrante, programa.unidad_evaluada).estado == Intento.Estado.EN_CURSO


def test_a_final_waits_for_every_lesson_of_the_course(territorio, integrante):
    programa = ProgramaConEvaluacion()
    final = crear_evaluacion(programa.pagina, clase="final", titulo="Evaluación final")
    inscripcion = programa.inscribir(integrante)
    assert codigo(empezar, integrante, unidad_de(final)) == "faltan_lecciones"
    ver_lecciones(inscripcion)
    assert empezar(integrante, unidad_de(final)).numero == 1


def test_the_survey_of_a_course_waits_for_its_lessons(territorio, integrante):
    programa = ProgramaConEvaluacion()
    encuesta = crear_evaluacion(programa.pagina, clase="encuesta", titulo="Su opinión", preguntas=2)
    inscripcion = programa.inscribir(integrante)
    assert codigo(empezar, integrante, unidad_de(encuesta)) == "faltan_lecciones"
    ver_lecciones(inscripcion)
    assert empezar(integrante, unidad_de(encuesta)).numero == 1


def test_practice_may_be_repeated_without_limit(territorio, integrante):
    programa = ProgramaConEvaluacion(clase="practica", intentos=1)
    programa.inscribir(integrante)
    for _vez in range(4):
        reprobar(integrante, programa.unidad_evaluada)
    assert empezar(integrante, programa.unidad_evaluada).numero == 5


def test_a_survey_is_answered_once(territorio, integrante):
    programa = ProgramaConEvaluacion(clase="encuesta")
    ver_lecciones(programa.inscribir(integrante))
    intento = empezar(integrante, programa.unidad_evaluada)
    entrega = {n: [p.contenido.alternativas[0].clave] for n, p in enumerate(intento.formulario, 1)}
    enviar(persona=integrante, intento=intento.clave, ahora=timezone.now(), entrega=entrega)
    assert codigo(empezar, integrante, programa.unidad_evaluada) == "ya_respondida"


def test_the_deadline_is_the_end_of_a_day_in_local_time(territorio, integrante):
    programa = ProgramaConEvaluacion(dias_de_plazo=7)
    ver_lecciones(programa.inscribir(integrante))
    ahora = datetime.datetime(2026, 11, 24, 3, 0, tzinfo=datetime.UTC)  # still the 23rd in Lima
    intento = empezar(integrante, programa.unidad_evaluada, ahora=ahora)
    assert timezone.localtime(intento.vence_en).isoformat() == "2026-11-30T23:59:59-05:00"


def test_a_try_more_given_by_the_trainer_opens_it_again(inscrita, programa, unidad):
    for _vez in range(3):
        reprobar(inscrita.persona, unidad)
    programa.evaluacion.intentos = 4
    programa.evaluacion.save_revision().publish()
    assert empezar(inscrita.persona, unidad).numero == 4
