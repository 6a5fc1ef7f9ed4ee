"""A part that is moved away and back is the same unit: its number, its evidence and what is asked."""

import pytest
from django.utils import timezone
from wagtail.models import Page

from cursos.models import Avance, Inscripcion, Unidad
from cursos.services.avance import registrar_avance, terminar_unidad
from cursos.services.publicacion import sincronizar_curso
from tests.cursos.factories import Programa, crear_leccion, publicar
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db
Estado = Inscripcion.Estado


@pytest.fixture
@hecho_una_vez
def otro(programa):
    return Programa(titulo="Otro curso", lecciones=1)


def mover(pagina, destino):
    """Move as the editor does, from what the database says now."""
    Page.objects.get(pk=pagina.pk).specific.move(Page.objects.get(pk=destino.pk), pos="last-child")


def ver(inscripcion):
    inscripcion.refresh_from_db()
    return (inscripcion.hechas, inscripcion.requeridas, inscripcion.estado)


def test_a_lesson_moved_to_another_course_and_back_is_the_same_unit(programa, otro, inscrita):
    leccion, antes = programa.lecciones[1], programa.unidad(programa.lecciones[1])
    registrar_avance(inscripcion=inscrita, unidad=antes, paso=1, ahora=timezone.now())
    mover(leccion, otro.modulos[0])
    alla = otro.unidad(leccion)
    assert alla != antes and ver(inscrita) == (0, 3, Estado.EN_CURSO)
    mover(leccion, programa.modulos[0])
    vuelta = programa.unidad(leccion)
    assert (vuelta.pk, vuelta.numero, vuelta.retirada_en, vuelta.en_pausa) == (antes.pk, antes.numero, None, False)
    assert Avance.objects.get(inscripcion=inscrita).unidad == vuelta
    assert ver(inscrita) == (0, 3, Estado.EN_CURSO) and programa.vigente.filas.count() == 3
    alla.refresh_from_db()
    assert alla.pagina_id is None and alla.retirada_en
    mover(leccion, otro.modulos[0])
    assert otro.unidad(leccion) == alla, "and there too"


def test_what_was_done_counts_when_it_comes_back(programa, otro, inscrita):
    terminar_unidad(inscripcion=inscrita, unidad=programa.unidades[1], ahora=timezone.now())
    mover(programa.lecciones[1], otro.modulos[0])
    mover(programa.lecciones[1], programa.modulos[0])
    for n in (0, 2):
        terminar_unidad(inscripcion=inscrita, unidad=programa.unidad(programa.lecciones[n]), ahora=timezone.now())
    assert ver(inscrita) == (3, 3, Estado.TERMINADA)


def test_a_module_that_goes_and_comes_brings_its_own_units(programa, otro):
    antes = {unidad.pagina_id: unidad.pk for unidad in programa.unidades}
    mover(programa.modulos[0], otro.pagina)
    assert Unidad.objects.vigentes().filter(curso=otro.curso).count() == 4
    mover(programa.modulos[0], programa.pagina)
    assert {unidad.pagina_id: unidad.pk for unidad in programa.unidades} == antes
    assert Unidad.objects.vigentes().filter(curso=otro.curso).count() == 1


def test_it_may_wait_outside_of_every_course(programa, inscrita):
    leccion, antes = programa.lecciones[2], programa.unidad(programa.lecciones[2])
    mover(leccion, programa.pagina.get_parent())
    mover(leccion, programa.modulos[0])
    assert programa.unidad(leccion) == antes


def test_it_may_come_back_as_a_draft_and_be_published_later(programa, otro, inscrita):
    terminar_unidad(inscripcion=inscrita, unidad=programa.unidades[0], ahora=timezone.now())
    leccion, antes = programa.lecciones[2], programa.unidad(programa.lecciones[2])
    mover(leccion, otro.modulos[0])
    Page.objects.get(pk=leccion.pk).specific.unpublish()
    mover(leccion, programa.modulos[0])
    antes.refresh_from_db()
    assert antes.pagina_id == leccion.pk and antes.en_pausa and ver(inscrita) == (1, 3, Estado.EN_CURSO)
    publicar(type(leccion).objects.get(pk=leccion.pk))
    assert programa.unidad(leccion) == antes and antes.numero == programa.unidad(leccion).numero


def test_unpublished_and_published_it_is_the_same(programa):
    antes = programa.unidad(programa.lecciones[0])
    programa.lecciones[0].unpublish()
    publicar(programa.lecciones[0])
    assert programa.unidad(programa.lecciones[0]) == antes


@pytest.mark.un_motor
def test_a_copy_is_another(programa, otro):
    leccion = programa.lecciones[0]
    mover(leccion, otro.modulos[0])
    copia = Page.objects.get(pk=leccion.pk).specific.copy(
        to=Page.objects.get(pk=programa.modulos[0].pk), update_attrs={"slug": "copia"}
    )
    publicar(copia)
    assert programa.unidad(copia).numero == 4


def test_deleted_where_it_went_it_does_not_come_back(programa, otro, inscrita):
    leccion, antes = programa.lecciones[2], programa.unidad(programa.lecciones[2])
    mover(leccion, otro.modulos[0])
    Page.objects.get(pk=leccion.pk).specific.delete()
    antes.refresh_from_db()
    assert antes.pagina_id is None and antes.pagina_recordada is None
    programa.modulos[0].refresh_from_db()
    assert programa.unidad(crear_leccion(programa.modulos[0], "Otra")) != antes


@pytest.mark.parametrize("lecciones", [2, 8])
def test_coming_back_costs_the_same_whatever_the_number_of_lessons(territorio, lecciones, presupuesto):
    programa, otro = Programa(lecciones=lecciones), Programa(titulo="Otro curso", lecciones=1)
    mover(programa.modulos[0], otro.pagina)
    Page.objects.get(pk=programa.modulos[0].pk).move(Page.objects.get(pk=programa.pagina.pk), pos="last-child")
    Unidad.objects.filter(curso=programa.curso).update(pagina=None, retirada_en=timezone.now())
    programa.pagina.refresh_from_db()
    with presupuesto(22):
        sincronizar_curso(pagina=programa.pagina, ahora=timezone.now())
