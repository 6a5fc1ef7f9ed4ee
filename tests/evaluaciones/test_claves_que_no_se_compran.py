"""The right answers open after passing or when the edition is over. Trying, blank or not, never buys them."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.permissions import policy_registry

from cursos.models import Edicion
from evaluaciones.consultas.agotadas import agotadas_de
from evaluaciones.models import Evaluacion, Intento, IntentoMas, Respuesta
from evaluaciones.services.envio import enviar
from evaluaciones.services.intento_mas import dar_intento
from instancias.models import Alcance
from tests import gente
from tests.cursos.factories import Programa, publicar
from tests.evaluaciones.factories import (
    ProgramaConEvaluacion,
    buenas,
    correctas,
    crear_evaluacion,
    empezar,
    hacer_pregunta,
    unidad_de,
    ver_lecciones,
)
from tests.evaluaciones.test_gemelas import Gemelas
from tests.evaluaciones.test_iniciar import codigo
from tests.evaluaciones.test_paginas import lugar, texto
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
AYER = datetime.timedelta(days=1)


def rendir(persona, unidad, acertadas=0, *, en_blanco=False):
    intento = empezar(persona, unidad)
    entrega = {} if en_blanco else buenas(intento, acertadas)
    return enviar(persona=persona, intento=intento.clave, ahora=timezone.now(), entrega=entrega).intento


def dar(inscripcion, unidad, por=None):
    datos = {"persona": inscripcion.persona, "inscripcion": inscripcion.pk, "unidad": unidad.pk}
    return dar_intento(**datos, motivo="Repasamos", por=por, ahora=timezone.now())


def claves(intento):
    return {pregunta.clave for pregunta in intento.formulario}


def explicadas(cliente, unidad, numero=1):
    return set(re.findall(r"Explica \d+\.\d", cliente.get(f"{lugar(unidad)}/resultado/{numero}").content.decode()))


def terminar_la_edicion():
    hoy = timezone.localdate()
    Edicion.objects.update(inicia=hoy - 60 * AYER, termina=hoy - AYER)


# --- When they open


def test_two_blank_tries_show_neither_form_and_the_third_is_not_twenty_of_twenty(entrar, territorio, integrante):
    programa = ProgramaConEvaluacion(intentos=2)
    inscripcion = programa.inscribir(integrante)
    ver_lecciones(inscripcion)
    unidad, cliente = programa.unidad_evaluada, entrar(integrante)
    for numero in (1, 2):
        rendir(integrante, unidad, en_blanco=True)
        assert explicadas(cliente, unidad, numero) == set()
    pagina = texto(cliente.get(f"{lugar(unidad)}/resultado/2"))
    assert "Las respuestas explicadas se ven al aprobar, o cuando termina la edición del curso." in pagina
    assert "0 de 10" in pagina and "Pedir ayuda" in pagina


def test_passing_opens_them_in_every_attempt(entrar, inscrita, unidad):
    cliente = entrar(inscrita.persona)
    rendir(inscrita.persona, unidad, 2)
    rendir(inscrita.persona, unidad, 10)
    assert explicadas(cliente, unidad, 1) and explicadas(cliente, unidad, 2)


def test_the_end_of_the_edition_opens_them_and_nothing_can_be_tried_any_more(entrar, inscrita, unidad):
    cliente = entrar(inscrita.persona)
    rendir(inscrita.persona, unidad, 2)
    assert explicadas(cliente, unidad) == set()
    terminar_la_edicion()
    assert explicadas(cliente, unidad)
    assert codigo(empezar, inscrita.persona, unidad) == "edicion_terminada"


def test_they_stay_closed_while_the_course_is_taken_again_in_another_edition(entrar, programa, inscrita, unidad):
    rendir(inscrita.persona, unidad, 2)
    terminar_la_edicion()
    cliente = entrar(inscrita.persona)
    assert explicadas(cliente, unidad)
    programa.abrir(nombre="Otra edición")
    programa.inscribir(inscrita.persona)
    assert explicadas(cliente, unidad) == set()


def test_the_entry_never_tells_what_the_final_asks(entrar, territorio, integrante):
    gemelas = Gemelas()
    ver_lecciones(gemelas.inscribir(integrante))
    gemelas.responder(integrante, gemelas.entrada)
    cliente = entrar(integrante)
    assert explicadas(cliente, unidad_de(gemelas.entrada)) == set()
    gemelas.responder(integrante, gemelas.final)
    assert explicadas(cliente, unidad_de(gemelas.final))
    assert explicadas(cliente, unidad_de(gemelas.entrada)) == set()


def test_what_another_evaluation_with_a_mark_still_asks_waits_for_it(entrar, territorio, integrante):
    programa = ProgramaConEvaluacion(preguntas=4)
    final = unidad_de(
        crear_evaluacion(programa.pagina, clase="final", titulo="Final", preguntas=[], preguntas_de=programa.evaluacion)
    )
    ver_lecciones(programa.inscribir(integrante))
    cliente, unidad = entrar(integrante), programa.unidad_evaluada
    rendir(integrante, unidad, 4)
    assert explicadas(cliente, unidad) == set()
    assert "cuando también la apruebe" in texto(cliente.get(f"{lugar(unidad)}/resultado/1"))
    rendir(integrante, final, 4)
    assert explicadas(cliente, unidad) and explicadas(cliente, final)


def test_nearly_blank_does_not_tell_which_of_the_few_was_right(territorio, integrante, entrar):
    programa = Programa(lecciones=4)
    lecciones = [programa.unidad(una) for una in programa.lecciones]
    preguntas = [hacer_pregunta(n, leccion=leccion) for n, leccion in enumerate(lecciones, 1)]
    unidad = unidad_de(crear_evaluacion(programa.modulos[0], preguntas=preguntas))
    ver_lecciones(programa.inscribir(integrante))
    cliente, vistas = entrar(integrante), []
    for numero, n in enumerate((1, 2), 1):
        intento = empezar(integrante, unidad)
        entrega = {n: correctas(intento.formulario[n - 1])}
        enviar(persona=integrante, intento=intento.clave, ahora=timezone.now(), entrega=entrega)
        pagina = texto(cliente.get(f"{lugar(unidad)}/resultado/{numero}"))
        vistas.append([leccion.titulo for leccion in lecciones if f'/{leccion.numero}"' in pagina])
    assert vistas[0] == vistas[1] == [leccion.titulo for leccion in lecciones]


# --- A try that the staff gives


@pytest.fixture
@hecho_una_vez
def con_banco(territorio, integrante):
    """Ten questions in the bank, four in each attempt, one try."""
    programa = ProgramaConEvaluacion(preguntas=10, sortear=4, intentos=1)
    inscripcion = programa.inscribir(integrante)
    ver_lecciones(inscripcion)
    return programa, inscripcion, programa.unidad_evaluada


def test_it_draws_questions_that_were_not_seen(con_banco, integrante):
    _programa, inscripcion, unidad = con_banco
    vistas = claves(rendir(integrante, unidad))
    (agotada,) = agotadas_de(integrante)
    assert (agotada.otro.salen, agotada.otro.nuevas, agotada.otro.alcanza) == (4, 4, True)
    dar(inscripcion, unidad)
    segunda = rendir(integrante, unidad)
    assert len(segunda.formulario) == 4 and not claves(segunda) & vistas
    (agotada,) = agotadas_de(integrante)
    assert (agotada.otro.nuevas, agotada.otro.alcanza) == (2, True)
    dar(inscripcion, unidad)
    tercera = empezar(integrante, unidad)
    assert len(claves(tercera) - vistas - claves(segunda)) == 2, "All the new ones, and the rest."


def test_the_staff_are_told_before_giving_it(con_banco, integrante, entrar, coordinadora_a):
    _programa, inscripcion, unidad = con_banco
    cliente, pagina = entrar(coordinadora_a), f"/panel/persona/{integrante.pk}"
    rendir(integrante, unidad)
    assert "Le tocarán 4 preguntas que no ha visto." in texto(cliente.get(pagina))
    dar(inscripcion, unidad)
    rendir(integrante, unidad)
    assert "De las 4 preguntas que le tocarán, solo 2 son nuevas." in texto(cliente.get(pagina))
    dar(inscripcion, unidad)
    rendir(integrante, unidad)
    assert "Ya no quedan preguntas nuevas" in texto(cliente.get(pagina))


def test_what_was_once_shown_is_not_asked_again(con_banco, integrante, entrar, coordinadora_a):
    programa, inscripcion, unidad = con_banco
    vistas = claves(rendir(integrante, unidad))
    Intento.objects.update(clave_vista=True)  # as the former rule left them
    dar(inscripcion, unidad)
    vistas |= claves(rendir(integrante, unidad))
    Intento.objects.update(clave_vista=True)
    assert len(vistas) == 8
    assert codigo(dar, inscripcion, unidad) == "sin_preguntas_nuevas"
    pagina = texto(entrar(coordinadora_a).get(f"/panel/persona/{integrante.pk}"))
    assert "No se le puede dar otro intento" in pagina and "Dar un intento más" not in pagina
    programa.evaluacion.preguntas = [*programa.evaluacion.preguntas.all(), *[hacer_pregunta(n) for n in (11, 12)]]
    publicar(programa.evaluacion)
    dar(inscripcion, unidad)
    assert not claves(empezar(integrante, unidad)) & vistas


def test_what_ran_out_after_it_was_given_is_refused_plainly(con_banco, integrante):
    programa, inscripcion, unidad = con_banco
    vistas = claves(rendir(integrante, unidad))
    dar(inscripcion, unidad)
    Intento.objects.update(clave_vista=True)
    propias = programa.evaluacion.preguntas.all()
    programa.evaluacion.preguntas = [una for una in propias if str(una.clave) in vistas]
    publicar(programa.evaluacion)
    assert codigo(empezar, integrante, unidad) == "sin_preguntas_nuevas"
    assert Intento.objects.count() == 1


def test_a_try_more_of_the_final_keeps_to_one_form(territorio, integrante):
    gemelas = Gemelas()
    inscripcion = gemelas.inscribir(integrante)
    ver_lecciones(inscripcion)
    unidad = unidad_de(gemelas.final)
    for _vez in range(3):
        rendir(integrante, unidad)
    dar(inscripcion, unidad)
    intento = empezar(integrante, unidad)
    assert {pregunta.forma for pregunta in intento.formulario} == {intento.reglas.forma}
    assert len(intento.formulario) == 4


@pytest.fixture
@hecho_una_vez
def con_reserva(territorio, integrante):
    """Four questions that everybody is asked, and four kept for one more try."""
    preguntas = [hacer_pregunta(n, forma="C" if n > 4 else "") for n in range(1, 9)]
    programa = ProgramaConEvaluacion(preguntas=preguntas, intentos=2)
    inscripcion = programa.inscribir(integrante)
    ver_lecciones(inscripcion)
    return inscripcion, programa.unidad_evaluada


def test_what_is_in_reserve_is_only_for_one_more_try(con_reserva, integrante, entrar):
    inscripcion, unidad = con_reserva
    portada = texto(entrar(integrante).get(lugar(unidad)))
    assert "Preguntas" in portada and ">8<" not in portada
    vistas = set()
    for _vez in range(2):
        intento = rendir(integrante, unidad)
        assert len(intento.formulario) == 4 and {una.forma for una in intento.formulario} == {""}
        vistas |= claves(intento)
    assert len(vistas) == 4
    (agotada,) = agotadas_de(integrante)
    assert (agotada.otro.salen, agotada.otro.nuevas) == (4, 4)
    dar(inscripcion, unidad)
    de_mas = empezar(integrante, unidad)
    assert not claves(de_mas) & vistas and {una.forma for una in de_mas.formulario} == {"C"}
    assert de_mas.reglas.forma == ""


def test_the_reserve_of_twin_forms_comes_before_what_was_seen(territorio, integrante):
    gemelas = Gemelas()
    pagina = gemelas.entrada
    pagina.preguntas = [*pagina.preguntas.all(), *[hacer_pregunta(n, forma="C") for n in range(20, 24)]]
    publicar(pagina)
    inscripcion = gemelas.inscribir(integrante)
    ver_lecciones(inscripcion)
    unidad, vistas = unidad_de(gemelas.final), set()
    for _vez in range(3):
        intento = rendir(integrante, unidad)
        assert "C" not in {una.forma for una in intento.formulario}
        vistas |= claves(intento)
    dar(inscripcion, unidad)
    assert not claves(empezar(integrante, unidad)) & vistas


def test_not_everything_may_be_in_reserve(territorio):
    programa = ProgramaConEvaluacion(preguntas=3)
    for una in (preguntas := list(programa.evaluacion.preguntas.all())):
        una.forma = "C"
    programa.evaluacion.preguntas = preguntas
    with pytest.raises(ValidationError, match="en reserva"):
        publicar(programa.evaluacion)


def test_nobody_gives_it_to_herself(inscrita, unidad, entrar):
    for _vez in range(3):
        rendir(inscrita.persona, unidad)
    assert codigo(dar, inscrita, unidad, por=inscrita.persona.cuenta) == "a_si_misma"
    assert not IntentoMas.objects.exists()


def test_it_is_not_given_when_the_edition_is_over(inscrita, unidad):
    for _vez in range(3):
        rendir(inscrita.persona, unidad)
    terminar_la_edicion()
    assert agotadas_de(inscrita.persona) == []
    assert codigo(dar, inscrita, unidad) == "edicion_terminada"


# --- Other doors to the same answers


@pytest.mark.parametrize("otra", ["modulo", "final", "entrada"])
def test_practice_does_not_ask_what_is_measured(territorio, otra):
    """By any door: it is the page that refuses to go live."""
    programa = ProgramaConEvaluacion(clase=otra, preguntas=3)
    practica = Evaluacion(title="Práctica", clase="practica", live=False, preguntas_de=programa.evaluacion)
    programa.modulos[0].add_child(instance=practica)
    with pytest.raises(ValidationError, match="Una práctica dice las respuestas"):
        publicar(practica)
    if otra != "modulo":  # of the whole course: where it is, it cannot become a practice
        return
    programa.evaluacion.clase = "practica"
    publicar(programa.evaluacion)
    publicar(Evaluacion.objects.get(pk=practica.pk))
    programa.evaluacion.clase = otra
    with pytest.raises(ValidationError, match="Una práctica dice las respuestas"):
        publicar(programa.evaluacion)


def test_who_coordinates_and_learns_does_not_read_her_own_right_answers(inscrita, unidad, programa):
    rendir(inscrita.persona, unidad, 5)
    Alcance.objects.create(cuenta=inscrita.persona.cuenta, territorio_id=gente.DISTRITO_A, desde=timezone.localdate())
    otra = gente.crear_integrante("40000009", "Ana", "Ríos")
    ver_lecciones(programa.inscribir(otra))
    ajena = rendir(otra, unidad, 5)
    politica = policy_registry.get_by_type(Respuesta)
    visibles = politica.instances_user_has_permission_for(inscrita.persona.cuenta, "view")
    assert set(visibles) == set(Respuesta.objects.filter(intento=ajena))
