"""Whoever used up their tries: the course goes on around it, and the staff may give one more."""

import pytest
from django.utils import timezone

from cursos.models import Inscripcion
from cursos.services.avance import registrar_avance
from evaluaciones.consultas.agotadas import agotadas_de
from evaluaciones.models import IntentoMas
from evaluaciones.services.envio import enviar
from evaluaciones.services.intento_mas import dar_intento
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
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


def reprobar(persona, unidad, veces=3):
    for _vez in range(veces):
        intento = empezar(persona, unidad)
        enviar(persona=persona, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento, 0))


def dar(inscripcion, unidad, motivo="Repasamos juntos la lección 1", por=None):
    datos = {"persona": inscripcion.persona, "inscripcion": inscripcion.pk, "unidad": unidad.pk}
    return dar_intento(**datos, motivo=motivo, por=por, ahora=timezone.now())


def codigo(acto, *args, **kwargs):
    with pytest.raises(ErrorDeDominio) as error:
        acto(*args, **kwargs)
    return error.value.codigo


def donde_sigue(inscripcion):
    return Inscripcion.objects.get(pk=inscripcion.pk).unidad_actual_id


@pytest.fixture
@hecho_una_vez
def con_final(territorio, integrante):
    """A module evaluation, and another after it."""
    programa = ProgramaConEvaluacion(lecciones=2, preguntas=4)
    otra = crear_evaluacion(programa.pagina, clase="final", titulo="Evaluación final", preguntas=4)
    inscripcion = programa.inscribir(integrante)
    return programa, unidad_de(otra), inscripcion


@pytest.mark.un_motor
def test_after_the_last_try_continuar_goes_on_to_what_is_missing(con_final, integrante):
    programa, final, inscripcion = con_final
    ver_lecciones(inscripcion)
    reprobar(integrante, programa.unidad_evaluada, veces=2)
    assert donde_sigue(inscripcion) == programa.unidad_evaluada.pk
    reprobar(integrante, programa.unidad_evaluada, veces=1)
    assert donde_sigue(inscripcion) == final.pk


def test_reading_a_lesson_again_does_not_bring_it_back_to_the_closed_evaluation(con_final, integrante):
    programa, final, inscripcion = con_final
    ver_lecciones(inscripcion)
    reprobar(integrante, programa.unidad_evaluada)
    primera = unidad_de(programa.lecciones[0])
    registrar_avance(inscripcion=inscripcion, unidad=primera, paso=primera.pasos, ahora=timezone.now())
    assert donde_sigue(inscripcion) == final.pk


def test_with_nothing_else_missing_it_stays_where_help_is_offered(inscrita, unidad):
    reprobar(inscrita.persona, unidad)
    assert donde_sigue(inscrita) == unidad.pk


@pytest.mark.un_motor
def test_one_more_try_opens_it_again_and_continuar_leads_there(con_final, integrante, coordinadora_a):
    programa, _final, inscripcion = con_final
    unidad = programa.unidad_evaluada
    ver_lecciones(inscripcion)
    reprobar(integrante, unidad)
    assert [(una.unidad.pk, una.enviados) for una in agotadas_de(integrante)] == [(unidad.pk, 3)]
    assert dar(inscripcion, unidad, por=coordinadora_a)
    assert agotadas_de(integrante) == []
    assert donde_sigue(inscripcion) == unidad.pk
    dado = IntentoMas.objects.get()
    assert (dado.despues_de, dado.motivo, dado.por) == (3, "Repasamos juntos la lección 1", coordinadora_a)
    intento = empezar(integrante, unidad)
    assert intento.numero == 4
    enviar(persona=integrante, intento=intento.clave, ahora=timezone.now(), entrega=buenas(intento))
    assert situacion(integrante, unidad).aprobada
    assert agotadas_de(integrante) == []


def test_it_is_one_try_and_another_has_to_be_given_again(inscrita, unidad):
    reprobar(inscrita.persona, unidad)
    dar(inscrita, unidad)
    reprobar(inscrita.persona, unidad, veces=1)
    assert codigo(empezar, inscrita.persona, unidad) == "sin_intentos"
    dar(inscrita, unidad, motivo="Otra vez")
    assert empezar(inscrita.persona, unidad).numero == 5


@pytest.mark.un_motor
@pytest.mark.parametrize(("reprobados", "motivo", "por_que"), [(2, "Sí", "quedan_intentos"), (3, "  ", "sin_motivo")])
def test_it_is_refused_with_its_reason(inscrita, unidad, reprobados, motivo, por_que):
    reprobar(inscrita.persona, unidad, veces=reprobados)
    assert codigo(dar, inscrita, unidad, motivo=motivo) == por_que
    assert not IntentoMas.objects.exists()


def test_whoever_does_not_answer_for_the_person_gives_none(inscrita, unidad, coordinador_b):
    reprobar(inscrita.persona, unidad)
    assert codigo(dar, inscrita, unidad, por=coordinador_b) == "no_encontrado"
    assert not IntentoMas.objects.exists()


def test_pressing_the_button_twice_gives_one(inscrita, unidad):
    reprobar(inscrita.persona, unidad)
    IntentoMas.objects.create(
        inscripcion=inscrita, unidad=unidad, despues_de=3, motivo="La otra pestaña", dado_en=timezone.now()
    )
    assert codigo(dar, inscrita, unidad) == "quedan_intentos"
    assert IntentoMas.objects.count() == 1


def test_the_result_says_that_a_try_is_left_and_keeps_the_answers(entrar, inscrita, unidad):
    reprobar(inscrita.persona, unidad)
    direccion = f"/e/{unidad.curso.numero}/{unidad.numero}/resultado/3"
    cliente = entrar(inscrita.persona)
    assert "Pedir ayuda" in cliente.get(direccion).content.decode()
    dar(inscrita, unidad)
    pagina = cliente.get(direccion).content.decode()
    assert "Le queda 1 intento." in pagina and "Intentar otra vez" in pagina
    assert "Explica" not in pagina


@pytest.mark.un_motor
def test_the_staff_give_it_from_the_page_of_the_person(entrar, coordinadora_a, coordinador_b, inscrita, unidad):
    reprobar(inscrita.persona, unidad)
    pagina = f"/panel/persona/{inscrita.persona.pk}"
    ajena = entrar(coordinador_b)
    datos = {"inscripcion": inscrita.pk, "unidad": unidad.pk, "motivo": "Repasamos la lección 1"}
    assert ajena.post(f"{pagina}/intento", datos).status_code == 404
    cliente = entrar(coordinadora_a)
    assert "Evaluaciones sin intentos" in cliente.get(pagina).content.decode()
    sin_motivo = cliente.post(f"{pagina}/intento", {**datos, "motivo": ""}, follow=True)
    assert "Escriba por qué le da un intento más." in sin_motivo.content.decode()
    dado = cliente.post(f"{pagina}/intento", datos, follow=True).content.decode()
    assert "Ya tiene un intento más." in dado
    assert "Repasamos la lección 1" in dado and "Evaluaciones sin intentos" not in dado
    assert IntentoMas.objects.get().por == coordinadora_a


def test_an_evaluation_of_another_person_is_not_found(entrar, coordinadora_a, integrante, inscrita, unidad):
    cliente = entrar(coordinadora_a)
    datos = {"inscripcion": inscrita.pk + 1000, "unidad": unidad.pk, "motivo": "x"}
    assert cliente.post(f"/panel/persona/{integrante.pk}/intento", datos).status_code == 404
