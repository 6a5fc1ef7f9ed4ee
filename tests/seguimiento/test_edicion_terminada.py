"""Once the last day of an edition passed, nobody is asked to go on with it."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from instancias.politica import AlcanceEfectivo
from seguimiento.consultas import recordar
from seguimiento.consultas.ambito import edicion_por_defecto
from seguimiento.consultas.semana import ambito_de_la_semana, contar_la_semana
from seguimiento.mensajes import personas_sin_nombre
from tests.cursos.factories import Programa
from tests.evaluaciones.test_paginas import texto
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento.test_pocos import instancia

pytestmark = pytest.mark.django_db
AYER = timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture
@hecho_una_vez
def programa(territorio):
    return Programa()


@pytest.fixture
@hecho_una_vez
def detenida(programa, integrante):
    """The learner of district A, enrolled long ago and never active since."""
    inscripcion = programa.inscribir(integrante)
    antes = timezone.now() - datetime.timedelta(days=40)
    type(inscripcion).objects.filter(pk=inscripcion.pk).update(creada_en=antes)
    return inscripcion


def terminar(programa):
    programa.edicion.termina = AYER
    programa.edicion.save()


def test_nobody_is_to_be_reminded(entrar, programa, detenida, cem_provincial):
    cliente = entrar(cem_provincial)
    respuesta = cliente.get("/panel/recordar")
    assert [fila.id for fila in respuesta.context["filas"]] == [detenida.persona_id]
    terminar(programa)
    respuesta = cliente.get("/panel/recordar")
    assert respuesta.context["filas"] == []
    assert "Esta edición terminó el" in texto(respuesta)
    assert "Esta edición terminó el" in texto(cliente.get("/panel"))


def test_staff_read_that_a_course_taken_away_is_not_to_be_reminded_of(entrar, programa, detenida, cem_provincial):
    cliente = entrar(cem_provincial)
    dicho = "Este curso está retirado desde el"
    assert dicho not in texto(cliente.get("/panel/recordar"))
    type(programa.pagina).objects.get(pk=programa.pagina.pk).unpublish()
    for direccion in ("/panel", "/panel/recordar", "/panel/lista?ver=pendientes"):
        assert dicho in texto(cliente.get(direccion)), direccion
    assert dicho not in texto(cliente.get(f"/panel?al={AYER}")), "of another day, it was there"


OFRECEN = ("wa.me/51", "Ya avisé", "Hacer enlace y escribir", "Copiar mensaje")


def lo_que_se_ofrece(cliente, direccion):
    """What a page offers to tell somebody, whoever it is."""
    pagina = cliente.get(direccion).text
    return [uno for uno in OFRECEN if uno in pagina]


@pytest.mark.parametrize("con_clave", [True, False])
def test_nobody_is_offered_a_reminder_of_a_course_that_nobody_can_open(
    entrar, programa, detenida, cem_provincial, con_clave
):
    persona = detenida.persona
    if not con_clave:
        persona.cuenta.set_unusable_password()
        persona.cuenta.save()
    cliente, pagina = entrar(cem_provincial), programa.pagina
    listas = ["/panel/recordar", "/panel/lista?ver=pendientes", "/panel/lista?ver=sin_actividad"]
    for direccion in listas:
        assert lo_que_se_ofrece(cliente, direccion), direccion
    assert cliente.get("/panel/recordar").context["total_de_personas"] == 1
    type(pagina).objects.get(pk=pagina.pk).unpublish()
    for direccion in listas:
        assert lo_que_se_ofrece(cliente, direccion) == [], direccion
    respuesta = cliente.get("/panel/recordar")
    assert (respuesta.context["filas"], respuesta.context["total_de_personas"]) == ([], 0)
    assert detenida.persona.nombres in cliente.get("/panel/lista?ver=pendientes").text, "the figures are what they were"
    de_la_persona = cliente.get(f"/panel/persona/{persona.pk}")
    assert "Su curso está retirado desde el" in texto(de_la_persona)
    assert not de_la_persona.context["mensaje"] and "Ya avisé" not in de_la_persona.text
    for direccion, parte in (("/panel", "recordar"), ("/panel/distrito/100601", "ayudar")):
        dicho = cliente.get(direccion).text.partition(f'id="{parte}"')[2].partition("</section>")[0]
        assert dicho and persona.apellidos not in dicho, direccion
    # It comes back, and so do its rows.
    type(pagina).objects.get(pk=pagina.pk).get_latest_revision().publish()
    for direccion in listas:
        assert lo_que_se_ofrece(cliente, direccion), direccion
    assert cliente.get("/panel/recordar").context["total_de_personas"] == 1


def test_the_survey_of_what_was_applied_is_not_asked_for_while_its_course_is_away(programa, detenida):
    ambito = f.ambito()
    de_ahora = replace(ambito, edicion=replace(ambito.edicion, retirado=timezone.now()))
    assert list(recordar.personas(ambito, por_ayudar=()))
    assert list(recordar.personas(de_ahora, por_ayudar=())) == []
    vacantes = recordar.vacantes(de_ahora)
    assert recordar.contar(recordar.personas(de_ahora, por_ayudar=()), vacantes)["vacante"] == vacantes.count()


def test_the_week_tells_no_last_day_of_a_course_that_is_away(programa, detenida):
    type(programa.edicion).objects.update(termina=timezone.localdate() + datetime.timedelta(days=5))
    zona, ahora = AlcanceEfectivo((f.PROVINCIA,)), timezone.now()
    hoy = replace(ambito_de_la_semana(zona, ahora=ahora), al=None)
    assert len(contar_la_semana(hoy).plazos) == 1
    programa.pagina.unpublish()
    hoy = replace(ambito_de_la_semana(zona, ahora=ahora), al=None)
    assert contar_la_semana(hoy).plazos == ()


def test_the_group_is_not_told_that_a_course_taken_away_is_open(programa, detenida):
    una = instancia(0, 8)
    assert "está abierta" in personas_sin_nombre(una)
    assert personas_sin_nombre(una, retirado=True) == "La capacitación no está abierta por ahora."


def test_the_panel_begins_by_a_course_that_is_there(programa, detenida):
    dia = timezone.localdate()
    nueva = replace(f.ambito().edicion, id=2, inicia=dia, retirado=timezone.now())
    vieja = replace(nueva, id=1, inicia=dia - datetime.timedelta(days=30), retirado=None)
    assert edicion_por_defecto((nueva, vieja), dia=dia) is vieja
    assert edicion_por_defecto((nueva,), dia=dia) is nueva


def test_after_the_last_day_no_list_offers_to_tell_who_can_do_nothing(entrar, programa, detenida, cem_provincial):
    cliente = entrar(cem_provincial)
    terminar(programa)
    assert "Ya avisé" not in cliente.get("/panel/lista?ver=pendientes").text
    detenida.persona.cuenta.set_unusable_password()
    detenida.persona.cuenta.save()
    assert "Ya avisé" not in cliente.get("/panel/lista?ver=pendientes").text
