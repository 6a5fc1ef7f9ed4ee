"""An edition with people keeps its course, and is not deleted; the answer says why."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cursos.models import Edicion
from cursos.services.avance import terminar_unidad
from instancias.models import Instancia
from tests import gente
from tests.cursos.factories import Programa
from tests.mundos import hecho_una_vez

pytestmark = pytest.mark.django_db


@pytest.fixture
@hecho_una_vez
def otro(programa):
    return Programa(titulo="Otro curso", lecciones=1)


def guardar(cliente, edicion, curso, **otros):
    datos = {"curso": curso.pk, "nombre": edicion.nombre, "territorios": [gente.PROVINCIA], "inicia": "2026-11-03"}
    return cliente.post(f"/admin/edicion/edit/{edicion.pk}/", {**datos, "abierta": "on", **otros})


def test_an_edition_with_people_keeps_its_course(inscrita, otro, entrar, administradora):
    edicion = inscrita.edicion
    edicion.curso = otro.curso
    with pytest.raises(ValidationError) as error:
        edicion.full_clean()
    assert "su curso no se cambia" in error.value.message_dict["curso"][0]
    guardar(entrar(administradora), edicion, otro.curso)
    edicion.refresh_from_db()
    assert edicion.curso_id == inscrita.curso_id


def test_the_rest_of_an_edition_with_people_is_still_changed(inscrita, entrar, administradora):
    edicion = inscrita.edicion
    cliente = entrar(administradora)
    campo = cliente.get(f"/admin/edicion/edit/{edicion.pk}/").context["form"].fields["curso"]
    assert campo.disabled
    assert guardar(cliente, edicion, edicion.curso, nombre="Diciembre").status_code == 302
    edicion.refresh_from_db()
    assert edicion.nombre == "Diciembre"


def test_an_edition_without_people_may_go_to_another_course(programa, otro, entrar, administradora):
    edicion = programa.abrir()
    assert guardar(entrar(administradora), edicion, otro.curso).status_code == 302
    edicion.refresh_from_db()
    assert edicion.curso == otro.curso


def test_an_edition_with_people_is_not_deleted_and_says_why(inscrita, entrar, administradora):
    cliente = entrar(administradora)
    respuesta = cliente.post(f"/admin/edicion/delete/{inscrita.edicion_id}/", follow=True)
    assert "No se borró" in respuesta.content.decode() and "Inscripciones: 1" in respuesta.content.decode()
    assert Edicion.objects.count() == 1


def test_an_edition_without_people_is_deleted(programa, entrar, administradora):
    edicion = programa.abrir()
    assert entrar(administradora).post(f"/admin/edicion/delete/{edicion.pk}/").status_code == 302
    assert not Edicion.objects.exists()


def test_a_table_with_seats_is_not_deleted_and_says_why(integrante, entrar, administradora):
    tabla = Instancia.objects.get()
    respuesta = entrar(administradora).post(f"/admin/instancia/delete/{tabla.pk}/", follow=True)
    assert "Asientos: 1" in respuesta.content.decode()
    assert Instancia.objects.exists()


def test_who_is_half_way_goes_on_in_the_edition_begun_until_it_ends(inscrita, programa, entrar, administradora):
    """The next edition is opened before the last day of the former: nobody goes back to nothing."""
    hoy = timezone.localdate()
    primera = inscrita.edicion
    terminar_unidad(inscripcion=inscrita, unidad=programa.unidades[0], ahora=timezone.now())
    datos = {"curso": programa.curso.pk, "nombre": "La otra", "territorios": [gente.PROVINCIA], "abierta": "on"}
    cliente = entrar(administradora)
    hecha = cliente.post("/admin/edicion/new/", {**datos, "inicia": f"{hoy:%d/%m/%Y}"}, follow=True).content.decode()
    assert "1 persona va a medias en otra edición" in hecha
    suya = entrar(inscrita.persona)
    assert suya.get(f"/c/{programa.curso.numero}").context["inscripcion"].edicion_id == primera.pk
    primera.termina = hoy - datetime.timedelta(days=1)
    primera.inicia = primera.termina
    primera.save()
    assert suya.get(f"/c/{programa.curso.numero}").context["inscripcion"].edicion.nombre == "La otra"


def test_the_last_day_is_written_and_read_as_dates_are_here(inscrita, entrar, administradora):
    """Another way of writing it, the calendar of the editor would take for none, and put today."""
    cliente = entrar(administradora)
    guardar(cliente, inscrita.edicion, inscrita.edicion.curso, termina="31/12/2027")
    inscrita.edicion.refresh_from_db()
    assert inscrita.edicion.termina == datetime.date(2027, 12, 31)
    assert 'value="31/12/2027"' in cliente.get(f"/admin/edicion/edit/{inscrita.edicion.pk}/").content.decode()
