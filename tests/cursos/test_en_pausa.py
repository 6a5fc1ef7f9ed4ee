"""The screens of the editor about what was taken away: they say what would happen, and nothing happens before."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cursos.models import DecisionDeRetiro, Inscripcion, Leccion, Unidad
from cursos.services.avance import terminar_unidad
from cursos.services.permisos import asegurar_grupo_de_capacitadoras
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
Estado = Inscripcion.Estado


def texto(respuesta):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", respuesta.content.decode()))


@pytest.fixture
@hecho_una_vez
def escribe(programa, capacitadora, entrar):
    asegurar_grupo_de_capacitadoras()
    return entrar(capacitadora)


@pytest.fixture
@hecho_una_vez
def pausada(programa, inscrita, escribe):
    """Two lessons of three done, and the third taken away from the list, without asking."""
    for unidad in programa.unidades[:2]:
        terminar_unidad(inscripcion=inscrita, unidad=unidad, ahora=timezone.now())
    pagina = programa.lecciones[2]
    direccion = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    assert escribe.post(f"{direccion}?id={pagina.pk}").status_code == 302
    return Unidad.objects.get(pagina=pagina.pk)


@pytest.fixture
def pantalla(programa, pausada):
    return reverse("cursos_en_pausa", args=[programa.pagina.pk])


def ver(inscripcion):
    inscripcion.refresh_from_db()
    return (inscripcion.hechas, inscripcion.requeridas, inscripcion.estado)


def test_it_is_found_where_the_trainer_lands_and_in_the_course(escribe, programa, pausada, pantalla):
    for direccion in (reverse("wagtailadmin_home"), reverse("wagtailadmin_explore", args=[programa.pagina.pk])):
        assert pantalla in escribe.get(direccion).content.decode()
    assert "Falta que usted decida" in texto(escribe.get(reverse("wagtailadmin_home")))


@pytest.mark.un_motor
def test_it_says_who_took_it_away_and_what_would_happen(escribe, pantalla, pausada, capacitadora):
    dicho = texto(escribe.get(pantalla))
    assert pausada.titulo in dicho and f"la quitó {capacitadora.get_full_name()}." in dicho
    assert "1 persona tiene esto por hacer" in dicho and "1 persona termina el curso" in dicho


def test_deciding_that_it_is_no_longer_asked_and_undoing_it(escribe, pantalla, pausada, inscrita, capacitadora):
    datos = {"trato": "dejar_de_pedir", "unidad": pausada.pk, "terminan": "1"}
    hecho = escribe.post(pantalla, datos, follow=True)
    assert "1 persona terminó el curso" in texto(hecho) and "hasta entonces puede deshacer" in texto(hecho)
    decision = DecisionDeRetiro.objects.get()
    assert decision.por == capacitadora and ver(inscrita) == (2, 2, Estado.TERMINADA)
    assert "1 documento sale el" in texto(escribe.get(reverse("wagtailadmin_home")))
    vuelta = escribe.post(reverse("cursos_deshacer", args=[decision.pk]), follow=True)
    assert "1 persona vuelve a estar en curso" in texto(vuelta) and ver(inscrita) == (2, 3, Estado.EN_CURSO)
    repetida = escribe.post(reverse("cursos_deshacer", args=[decision.pk]), follow=True)
    assert "ya no se puede deshacer" in texto(repetida)


@pytest.mark.un_motor
def test_deciding_that_it_will_be_back_stops_the_warning(escribe, pantalla, pausada, inscrita):
    escribe.post(pantalla, {"trato": "se_sigue_pidiendo", "unidad": pausada.pk})
    assert ver(inscrita) == (2, 3, Estado.EN_CURSO)
    assert "Falta que usted decida" not in texto(escribe.get(reverse("wagtailadmin_home")))
    assert "Se decidió que se sigue pidiendo" in texto(escribe.get(pantalla))


def test_more_people_than_were_told_is_asked_again(escribe, pantalla, pausada, inscrita):
    datos = {"trato": "dejar_de_pedir", "unidad": pausada.pk, "terminan": "0"}
    assert "cambió la cuenta" in texto(escribe.post(pantalla, datos, follow=True))
    assert ver(inscrita) == (2, 3, Estado.EN_CURSO)


@pytest.mark.un_motor
@pytest.mark.parametrize(
    "datos", [{}, {"trato": "otro"}, {"trato": "dejar_de_pedir"}, {"trato": "dejar_de_pedir", "unidad": "x"}]
)
def test_what_says_nothing_decides_nothing(escribe, pantalla, pausada, inscrita, datos):
    assert escribe.post(pantalla, datos, follow=True).status_code == 200
    assert ver(inscrita) == (2, 3, Estado.EN_CURSO) and not DecisionDeRetiro.objects.exists()


@pytest.mark.un_motor
def test_who_does_not_publish_neither_sees_nor_decides(
    entrar, pantalla, pausada, cem_provincial, integrante_de_b, inscrita
):
    datos = {"trato": "dejar_de_pedir", "unidad": pausada.pk}
    for quien in (cem_provincial, integrante_de_b):
        assert entrar(quien).get(pantalla).status_code == 302
        assert entrar(quien).post(pantalla, datos).status_code == 302
    assert ver(inscrita) == (2, 3, Estado.EN_CURSO)


@pytest.mark.un_motor
def test_a_part_of_another_course_is_not_decided_from_here(escribe, pantalla, pausada, inscrita):
    from tests.cursos.factories import Programa

    otro = Programa(titulo="Otro curso", lecciones=1)
    escribe.post(reverse("cursos_en_pausa", args=[otro.pagina.pk]), {"trato": "dejar_de_pedir", "unidad": pausada.pk})
    assert ver(inscrita) == (2, 3, Estado.EN_CURSO)


@pytest.mark.un_motor
@pytest.mark.parametrize(("retiro", "trato"), [("pasajero", "se_sigue_pidiendo"), ("definitivo", "dejar_de_pedir")])
def test_the_question_of_the_editor_records_the_same_decision(escribe, programa, inscrita, capacitadora, retiro, trato):
    for unidad in programa.unidades[:2]:
        terminar_unidad(inscripcion=inscrita, unidad=unidad, ahora=timezone.now())
    direccion = reverse("wagtailadmin_pages:unpublish", args=[programa.lecciones[2].pk])
    pregunta = texto(escribe.post(direccion))
    assert "1 persona termina el curso" in pregunta and "24 horas" in pregunta
    escribe.post(direccion, {"retiro": retiro, "terminan": "1"})
    decision = DecisionDeRetiro.objects.get()
    assert (decision.trato, decision.por, decision.personas) == (trato, capacitadora, 1)
    assert ver(inscrita)[2] == (Estado.TERMINADA if retiro == "definitivo" else Estado.EN_CURSO)


@pytest.mark.un_motor
def test_what_nobody_who_began_lacks_goes_away_and_it_is_said(escribe, programa, inscrita):
    terminar_unidad(inscripcion=inscrita, unidad=programa.unidades[2], ahora=timezone.now())
    direccion = reverse("wagtailadmin_pages:unpublish", args=[programa.lecciones[2].pk])
    dicho = texto(escribe.post(direccion, follow=True))
    assert "Desde ahora nadie la ve ni se pide. A nadie que ya empezó le faltaba" in dicho
    assert not DecisionDeRetiro.objects.exists()


@pytest.mark.un_motor
def test_deleting_what_nobody_who_began_lacks_says_it_before(entrar, administradora, programa, inscrita):
    terminar_unidad(inscripcion=inscrita, unidad=programa.unidades[2], ahora=timezone.now())
    direccion = reverse("wagtailadmin_pages:delete", args=[programa.lecciones[2].pk])
    dicho = texto(entrar(administradora).get(direccion))
    assert "a nadie que ya empezó le falta. Quien está por empezar no lo verá" in dicho


def test_deleting_pauses_and_says_where_to_decide(entrar, administradora, programa, inscrita):
    terminar_unidad(inscripcion=inscrita, unidad=programa.unidades[0], ahora=timezone.now())
    cliente = entrar(administradora)
    hecho = cliente.post(reverse("wagtailadmin_pages:delete", args=[programa.lecciones[2].pk]), follow=True)
    assert "1 parte en pausa" in texto(hecho) and not Leccion.objects.filter(pk=programa.lecciones[2].pk).exists()
    dicho = texto(cliente.get(reverse("cursos_en_pausa", args=[programa.pagina.pk])))
    assert "Su página se borró y no puede volver" in dicho


def test_several_are_decided_together(escribe, programa, inscrita):
    terminar_unidad(inscripcion=inscrita, unidad=programa.unidades[0], ahora=timezone.now())
    for pagina in programa.lecciones[1:]:
        pagina.unpublish()
    pantalla = reverse("cursos_en_pausa", args=[programa.pagina.pk])
    assert "Todas las que faltan decidir, juntas" in texto(escribe.get(pantalla))
    ids = [unidad.pk for unidad in Unidad.objects.pausadas()]
    escribe.post(pantalla, {"trato": "dejar_de_pedir", "unidad": ids, "terminan": "1"})
    assert ver(inscrita) == (1, 1, Estado.TERMINADA)
    assert DecisionDeRetiro.objects.get().unidades.count() == 2
