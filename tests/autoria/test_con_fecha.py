"""A date given in the editor: before it nobody sees the page, on it the page is whole, past the other it is away."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.tasks import publicar_programadas
from cursos.models import Leccion, Modulo, Unidad
from evaluaciones.models import Evaluacion
from tests.autoria import formularios

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
HORA = "%Y-%m-%d %H:%M"


@pytest.fixture
def modulo(mesa) -> Modulo:
    mesa.publicar("kuska_cursos.modulo", mesa.programa.pagina, formularios.modulo())
    return Modulo.objects.get(title="Módulo nuevo")


def en(dias: int) -> str:
    return timezone.localtime(timezone.now() + datetime.timedelta(days=dias)).strftime(HORA)


@pytest.mark.parametrize(
    ("clase", "datos", "modelo"),
    [
        ("kuska_cursos.leccion", formularios.leccion(), Leccion),
        ("kuska_evaluaciones.evaluacion", formularios.evaluacion(), Evaluacion),
    ],
    ids=["leccion", "evaluacion"],
)
def test_a_date_to_come_out_and_one_to_go_are_given_in_the_editor(mesa, modulo, time_machine, clase, datos, modelo):
    mesa.publicar(clase, modulo, {**datos, "go_live_at": en(2), "expire_at": en(9)})
    pagina = modelo.objects.child_of(modulo).get()
    assert not pagina.live and pagina.approved_schedule
    assert not Unidad.objects.filter(pagina=pagina.pk).exists()
    empieza = timezone.now()
    time_machine.move_to(empieza + datetime.timedelta(days=3))
    publicar_programadas()
    assert Page.objects.get(pk=pagina.pk).live and Unidad.objects.filter(pagina=pagina.pk).exists()
    time_machine.move_to(empieza + datetime.timedelta(days=10))
    publicar_programadas()
    vencida = Page.objects.get(pk=pagina.pk)
    assert not vencida.live and vencida.expired


@pytest.mark.parametrize("cual", ["curso", "modulo", "leccion", "evaluacion"])
def test_each_of_them_has_where_to_write_the_dates(mesa, cual):
    programa = mesa.programa
    suyas = dict(
        zip(("curso", "modulo", "leccion"), (programa.pagina, programa.modulos[0], programa.lecciones[0]), strict=True)
    )
    pagina = suyas.get(cual) or programa.evaluacion
    pantalla = mesa.cliente.get(formularios.editar(pagina)).text
    assert 'name="go_live_at"' in pantalla and 'name="expire_at"' in pantalla
