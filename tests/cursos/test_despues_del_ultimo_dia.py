"""After its last day an edition takes nothing more, and says so on every page. Its lessons are still read."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from cursos.errores import CursoError
from cursos.models import Avance, Inscripcion
from cursos.services.avance import registrar_avance, terminar_unidad
from tests.evaluaciones.test_paginas import texto
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
AYER = timezone.localdate() - datetime.timedelta(days=1)
TERMINO = f"Este curso terminó el {date_format(AYER)}."


@pytest.fixture
@hecho_una_vez
def cerrada(programa, inscrita):
    """The learner with a lesson done and another half done, when the last day passed."""
    primera, segunda, _tercera = programa.unidades
    ver(inscrita, primera, 1)
    ver(inscrita, primera, 2)
    ver(inscrita, segunda, 1)
    programa.edicion.termina = AYER
    programa.edicion.save()
    return Inscripcion.objects.get(pk=inscrita.pk)


def ver(inscripcion, unidad, numero):
    return registrar_avance(inscripcion=inscripcion, unidad=unidad, paso=numero, ahora=timezone.now())


def test_no_progress_is_taken(programa, cerrada):
    antes = (cerrada.hechas, cerrada.paso_actual, cerrada.ultima_actividad_en)
    with pytest.raises(CursoError) as error:
        ver(cerrada, programa.unidades[1], 2)
    assert error.value.codigo == "edicion_terminada"
    cerrada.refresh_from_db()
    assert (cerrada.hechas, cerrada.paso_actual, cerrada.ultima_actividad_en) == antes
    assert Avance.objects.filter(estado="terminada").count() == 1


def test_what_a_room_above_tells_was_done_in_time(programa, cerrada):
    assert terminar_unidad(inscripcion=cerrada, unidad=programa.unidades[1], ahora=timezone.now()).unidad_terminada


def test_the_last_day_still_counts(programa, inscrita):
    programa.edicion.termina = timezone.localdate()
    programa.edicion.save()
    ver(inscrita, programa.unidades[0], 1)
    assert Avance.objects.get().paso == 1


@pytest.mark.un_motor
def test_every_page_says_it_and_none_promises_otherwise(entrar, programa, cerrada):
    cliente, segunda = entrar(cerrada.persona), programa.unidades[1]
    for direccion in ("/inicio", f"/c/{programa.curso.numero}", f"{segunda.get_absolute_url()}/2"):
        pagina = texto(cliente.get(direccion))
        assert TERMINO in pagina, direccion
        assert "Puede terminarlo hasta" not in pagina
    inicio = texto(cliente.get("/inicio"))
    assert "Continúe donde se quedó" not in inicio
    assert "Sin completar" in inicio
    assert 'class="k-boton"' not in texto(cliente.get(f"/c/{programa.curso.numero}")).split("Mis cursos")[0]


def test_lessons_are_read_with_links(entrar, programa, cerrada):
    cliente, segunda = entrar(cerrada.persona), programa.unidades[1]
    direccion = segunda.get_absolute_url()
    pagina = texto(cliente.get(f"{direccion}/1"))
    assert f'class="k-boton" href="{direccion}/2">Continuar<' in pagina
    assert f'action="{direccion}/1"' not in pagina
    assert f'href="/c/{programa.curso.numero}">Volver al curso<' in texto(cliente.get(f"{direccion}/2"))


def test_an_open_tab_gets_the_plain_sentence(entrar, programa, cerrada):
    cliente, segunda = entrar(cerrada.persona), programa.unidades[1]
    respuesta = cliente.post(f"{segunda.get_absolute_url()}/2", follow=True)
    assert respuesta.status_code == 200
    assert f"Este curso terminó el {date_format(AYER)}: lo que acaba de hacer no se registró." in texto(respuesta)
    assert Avance.objects.get(unidad=segunda).estado == "en_curso"


def test_what_was_finished_stays(entrar, programa, inscrita):
    for unidad in programa.unidades:
        terminar_unidad(inscripcion=inscrita, unidad=unidad, ahora=timezone.now())
    programa.edicion.termina = AYER
    programa.edicion.save()
    cliente = entrar(inscrita.persona)
    assert "Terminó este curso el" in texto(cliente.get(f"/c/{programa.curso.numero}"))
    assert "Sin completar" not in texto(cliente.get("/inicio"))
    assert cliente.get(f"{programa.unidades[0].get_absolute_url()}/fin").status_code == 200


@pytest.mark.parametrize(("dias", "sigue"), [(-30, True), (30, False)])
def test_of_two_editions_the_one_under_way_is_shown(entrar, programa, cerrada, dias, sigue):
    """One left unfinished does not hide the new one, nor one to come the one under way."""
    programa.edicion.termina = AYER if sigue else None
    programa.edicion.save()
    primera = cerrada.edicion_id
    otra = programa.abrir(nombre="Otra", inicia=timezone.localdate() + datetime.timedelta(days=dias))
    programa.inscribir(cerrada.persona)
    cliente = entrar(cerrada.persona)
    respuesta = cliente.get(f"/c/{programa.curso.numero}")
    assert respuesta.context["inscripcion"].edicion_id == (otra.pk if sigue else primera)
    assert TERMINO not in texto(respuesta)
    assert TERMINO not in texto(cliente.get("/inicio"))
