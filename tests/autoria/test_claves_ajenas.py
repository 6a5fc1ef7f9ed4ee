"""The questions of a course, with their keys, are read by who writes that course, by no other way."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from evaluaciones.models import Evaluacion, Pregunta
from tests.autoria import formularios
from tests.evaluaciones.factories import ProgramaConEvaluacion, crear_evaluacion
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
CLAVE = "Explica 1."  # starts the explanation of every option of the first question


@pytest.fixture
@hecho_una_vez
def ajeno(mesa):
    """A second course, that the trainer of the first does not write: her rights are on the first one only."""
    ajeno = ProgramaConEvaluacion(lecciones=1, preguntas=3)
    grupo = Group.objects.get(name="Capacitadoras")
    GroupPagePermission.objects.filter(group=grupo).delete()
    for accion in ("add", "change", "publish"):
        permiso = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{accion}_page")
        GroupPagePermission.objects.create(group=grupo, page_id=mesa.programa.pagina.pk, permission=permiso)
    return ajeno


def final_que_nombra(mesa, otra) -> Evaluacion:
    """A draft in her own course that names the evaluation of another, put there by no form."""
    pagina = Evaluacion(title="Final", clase="final", live=False, preguntas_de=otra)
    mesa.programa.pagina.add_child(instance=pagina).save_revision()
    return pagina


@pytest.mark.parametrize("modo", ["", "correcta", "equivocada"])
def test_a_draft_that_names_another_course_shows_nothing_of_it(mesa, ajeno, modo):
    pagina = final_que_nombra(mesa, ajeno.evaluacion)
    respuesta = mesa.cliente.get(reverse("wagtailadmin_pages:view_draft", args=[pagina.pk]), {"mode": modo})
    visto = respuesta.content.decode()
    assert respuesta.status_code == 200 and "que usted no puede editar" in visto
    assert CLAVE not in visto and "¿Texto de la pregunta 1?" not in visto


@pytest.mark.parametrize("puerta", ["borrador", "vista previa", "vista previa de una nueva", "publicar"])
def test_the_form_takes_no_page_that_she_may_not_write(mesa, ajeno, puerta):
    datos = formularios.evaluacion("Robada", preguntas=[], clase="final", preguntas_de=ajeno.evaluacion.pk)
    madre = mesa.programa.pagina
    if puerta.startswith("vista previa"):
        direccion = (
            reverse("wagtailadmin_pages:preview_on_add", args=["kuska_evaluaciones", "evaluacion", madre.pk])
            if "nueva" in puerta
            else reverse("wagtailadmin_pages:preview_on_edit", args=[mesa.programa.evaluacion.pk])
        )
        assert mesa.cliente.post(direccion, datos).json()["is_valid"] is False
        visto = mesa.cliente.get(direccion, {"mode": "correcta"})
        assert CLAVE not in visto.content.decode()
        return
    accion = formularios.PUBLICAR if puerta == "publicar" else {}
    respuesta = mesa.cliente.post(formularios.agregar("kuska_evaluaciones.evaluacion", madre), {**datos, **accion})
    assert "Elija otra evaluación de este curso" in respuesta.content.decode()
    assert not Evaluacion.objects.filter(title="Robada").exists()


def test_a_revision_that_names_it_shows_nothing_either(mesa, ajeno):
    pagina = mesa.programa.evaluacion
    pagina.preguntas_de = ajeno.evaluacion
    revision = pagina.save_revision(clean=False)
    direccion = reverse("wagtailadmin_pages:revisions_view", args=[pagina.pk, revision.pk])
    assert CLAVE not in mesa.cliente.get(direccion, {"mode": "correcta"}).content.decode().replace("Explica 1.0", "")


def test_within_her_course_she_sees_them(mesa, ajeno):
    entrada = crear_evaluacion(mesa.programa.pagina, clase="entrada", preguntas=2, titulo="Entrada")
    pagina = final_que_nombra(mesa, entrada)
    respuesta = mesa.cliente.get(reverse("wagtailadmin_pages:view_draft", args=[pagina.pk]), {"mode": "correcta"})
    assert CLAVE in respuesta.content.decode()
    datos = formularios.evaluacion("Final", preguntas=[], clase="final", preguntas_de=entrada.pk)
    mesa.cliente.post(formularios.editar(pagina), {**datos, **formularios.PUBLICAR})
    assert Evaluacion.objects.get(pk=pagina.pk).live


def test_every_other_door_to_a_page_of_another_course_is_closed(mesa, ajeno):
    pagina, revision = ajeno.evaluacion, ajeno.evaluacion.save_revision()
    otra = ajeno.evaluacion.save_revision()
    nombres = ("edit", "copy", "move", "unpublish", "delete", "history", "view_draft", "preview_on_edit", "usage")
    rutas = [reverse(f"wagtailadmin_pages:{nombre}", args=[pagina.pk]) for nombre in nombres]
    rutas += [
        reverse("wagtailadmin_pages:revisions_view", args=[pagina.pk, revision.pk]),
        reverse("wagtailadmin_pages:revisions_revert", args=[pagina.pk, revision.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[pagina.pk, revision.pk, otra.pk]),
        reverse("wagtailadmin_api:pages:detail", args=[pagina.pk]),
        pagina.url,
    ]
    for ruta in rutas:
        respuesta = mesa.cliente.get(ruta, {"mode": "correcta"})
        assert respuesta.status_code in {302, 403, 404}, ruta
        assert CLAVE not in respuesta.content.decode(), ruta


def test_it_is_not_copied_to_be_read(mesa, ajeno):
    pagina, destino = ajeno.evaluacion, mesa.programa.modulos[0]
    datos = {"new_title": "Mía", "new_parent_page": destino.pk}
    mesa.cliente.post(reverse("wagtailadmin_pages:copy", args=[pagina.pk]), datos)
    for accion in ("copy", "create_alias"):
        mesa.cliente.post(
            reverse("wagtailadmin_api:pages:action", args=[pagina.pk, accion]), {"destination_page_id": destino.pk}
        )
    assert Evaluacion.objects.descendant_of(mesa.programa.pagina).count() == 1


def test_neither_lists_nor_searches_nor_choosers_name_it(mesa, ajeno):
    titulo = "Evaluación con un nombre que no se repite"
    ajeno.evaluacion.title = titulo
    ajeno.evaluacion.save_revision().publish()
    elegir = reverse("wagtailadmin_choose_page")
    abajo = reverse("wagtailadmin_choose_page_child", args=[ajeno.modulos[0].pk])
    rutas = [
        (reverse("wagtailadmin_pages:search"), {"q": "nombre que no se repite"}),
        (reverse("wagtailadmin_choose_page_search"), {"q": titulo}),
        (elegir, {"page_type": "kuska_evaluaciones.evaluacion"}),
        (abajo, {"page_type": "kuska_evaluaciones.evaluacion"}),
        (reverse("wagtailadmin_api:pages:listing"), {}),
        ("/admin/", {}),
    ]
    for ruta, datos in rutas:
        assert titulo not in mesa.cliente.get(ruta, datos).content.decode(), ruta


def test_the_lessons_to_review_are_those_of_the_course(mesa, ajeno):
    pantalla = mesa.cliente.get(formularios.editar(mesa.programa.evaluacion))
    preguntas = pantalla.context["form"].formsets["preguntas"]
    propias = set(mesa.programa.curso.unidades.filter(clase="leccion").values_list("pk", flat=True))
    for form in (preguntas.forms[0], preguntas.empty_form):
        assert set(form.fields["leccion"].queryset.values_list("pk", flat=True)) == propias
    assert Pregunta.objects.filter(evaluacion=mesa.programa.evaluacion.pk, leccion=None).exists()
