"""Two people write the same page: the second is told before the work of the first one goes, with no script at all."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from wagtail.models import Page

from cursos.models import Leccion, Modulo
from cursos.models.de_curso import DeCurso
from marco.otra_version import FormularioQueAvisa
from tests.autoria import formularios
from tests.autoria.lectura import en_ingles, leer

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
SABIDA = ("loaded_revision_id", "loaded_revision_created_at")


def sabido(respuesta) -> dict[str, str]:
    """Which version of the page a form of the editor says that it was written on."""
    return {campo: re.search(rf'name="{campo}" value="([^"]*)"', respuesta.text)[1] for campo in SABIDA}


@pytest.fixture
def otra(mesa, administradora, entrar) -> Client:
    """Somebody else who writes the same course."""
    administradora.first_name, administradora.last_name = "Rosa", "Quispe"
    administradora.save()
    return entrar(administradora)


@pytest.mark.parametrize("como", [{}, formularios.PUBLICAR], ids=["borrador", "publicar"])
def test_who_saves_second_is_told_who_did_and_when_and_nothing_typed_is_lost(mesa, otra, como):
    pagina, _leccion, _evaluacion = mesa.modulo_completo()
    editar = formularios.editar(pagina)
    abierta = {**sabido(mesa.cliente.get(editar)), **como}
    de_otra = otra.get(editar)
    otra.post(editar, {**formularios.modulo("De Rosa"), **sabido(de_otra), **como})
    version = Modulo.objects.get(pk=pagina.pk).latest_revision_id

    respuesta = mesa.cliente.post(editar, {**formularios.modulo("Lo mío", tarea="Visitar"), **abierta})
    leida = leer(respuesta)
    assert "Rosa Quispe guardó esta página el" in leida.texto and "todavía no se guardó" in leida.texto
    assert list(en_ingles(leida.texto)) == []
    assert 'value="Lo mío"' in respuesta.text and "Visitar" in respuesta.text
    assert Modulo.objects.get(pk=pagina.pk).latest_revision_id == version, "the work of Rosa is what it was"

    # Said once: what is sent again, from that page, is what stays; the other one is in the history.
    mesa.cliente.post(editar, {**formularios.modulo("Lo mío"), **sabido(respuesta), **como})
    assert Modulo.objects.get(pk=pagina.pk).get_latest_revision_as_object().title == "Lo mío"
    assert pagina.revisions.filter(pk=version).exists()


def test_a_lesson_of_one_alone_is_saved_as_ever_also_in_two_windows_that_say_so(mesa):
    _modulo, leccion, _evaluacion = mesa.modulo_completo()
    editar = formularios.editar(leccion)
    una, dos = (sabido(mesa.cliente.get(editar)) for _vez in range(2))
    assert mesa.cliente.post(editar, {**formularios.leccion("Una"), **una}).status_code == 302
    respuesta = mesa.cliente.post(editar, {**formularios.leccion("Dos"), **dos})
    assert "Usted guardó esta página en otra ventana el" in leer(respuesta).texto
    assert Leccion.objects.get(pk=leccion.pk).get_latest_revision_as_object().title == "Una"
    # A form that does not say which version it was written on is of another program, or of a page without any.
    assert mesa.cliente.post(editar, formularios.leccion("Dos")).status_code == 302


def test_what_the_editor_saves_by_itself_is_refused_as_ever_and_a_preview_is_drawn(mesa, otra):
    pagina, _leccion, _evaluacion = mesa.modulo_completo()
    editar = formularios.editar(pagina)
    abierta = sabido(mesa.cliente.get(editar))
    otra.post(editar, {**formularios.modulo("De Rosa"), **sabido(otra.get(editar))})
    datos = {**formularios.modulo("Lo mío"), **abierta}
    sola = mesa.cliente.post(editar, datos, headers={"Accept": "application/json"})
    assert sola.json()["error_code"] == "invalid_revision"
    vista = mesa.cliente.post(editar.replace("/edit/", "/edit/preview/"), datos)
    assert vista.json()["is_valid"] is True


def test_every_page_of_ours_has_the_form_that_tells_it():
    nuestras = [una for una in Page.__subclasses__() if una.__module__.split(".")[0] not in {"wagtail", "tests"}]
    assert len(nuestras) >= 6 and any(issubclass(una, DeCurso) for una in nuestras)
    for una in nuestras:
        assert issubclass(una.get_edit_handler().get_form_class(), FormularioQueAvisa), una
