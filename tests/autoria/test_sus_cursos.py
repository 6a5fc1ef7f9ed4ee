"""A trainer who was given one course touches that one, by every door, and does not read drafts of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from tests import gente
from tests.autoria import formularios
from tests.evaluaciones.factories import ProgramaConEvaluacion
from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
SECRETO = "Borrador reservado"


@dataclass
class Puesto:
    cliente: Client
    cuenta: Any
    propio: ProgramaConEvaluacion
    ajeno: ProgramaConEvaluacion
    borrador: Any

    @property
    def paginas_ajenas(self) -> list[Any]:
        return [self.ajeno.pagina, self.ajeno.modulos[0], self.ajeno.lecciones[0], self.ajeno.evaluacion, self.borrador]


@pytest.fixture
@hecho_una_vez
def puesto(territorio, entrar) -> Puesto:
    """Two courses under way. She writes in the first one; the second one has a draft that nobody else has read."""
    propio, ajeno = ProgramaConEvaluacion(lecciones=2), ProgramaConEvaluacion(lecciones=1)
    borrador = ajeno.lecciones[0]
    borrador.title = SECRETO
    borrador.save_revision()
    Page.objects.filter(pk=borrador.pk).update(draft_title=SECRETO)
    cuenta = gente.crear_cuenta("solo-uno", first_name="Elsa")
    grupo = Group.objects.create(name="Del primer curso")
    grupo.permissions.add(Permission.objects.get(codename="access_admin"))
    for codigo in ("add_page", "change_page", "publish_page", "bulk_delete_page"):
        GroupPagePermission.objects.create(
            group=grupo, page=propio.pagina, permission=Permission.objects.get(codename=codigo)
        )
    cuenta.groups.add(grupo)
    return Puesto(entrar(cuenta), cuenta, propio, ajeno, borrador)


def test_hers_opens(puesto):
    for pagina in (puesto.propio.pagina, puesto.propio.lecciones[0], puesto.propio.evaluacion):
        assert puesto.cliente.get(formularios.editar(pagina)).status_code == 200


ACTOS = ["edit", "copy", "move", "unpublish", "delete", "history", "add_subpage", "view_draft", "preview_on_edit"]
ACTOS += ["usage", "convert_alias", "set_privacy", "lock", "workflow_history", "revisions_index"]


def actos():
    from django.urls import NoReverseMatch

    for acto in ACTOS:
        try:
            reverse(f"wagtailadmin_pages:{acto}", args=[1])
        except NoReverseMatch:
            continue
        yield acto


@pytest.mark.parametrize("acto", list(actos()))
def test_no_act_on_a_page_of_another_course(puesto, acto):
    for pagina in puesto.paginas_ajenas:
        direccion = reverse(f"wagtailadmin_pages:{acto}", args=[pagina.pk])
        for respuesta in (puesto.cliente.get(direccion), puesto.cliente.post(direccion)):
            assert respuesta.status_code in {302, 403, 404, 405}, (direccion, respuesta.status_code)
            assert SECRETO not in respuesta.content.decode(), direccion


def test_no_revision_of_another_course_is_read_compared_or_brought_back(puesto):
    revision = puesto.borrador.latest_revision
    for nombre, args in [
        ("revisions_view", [puesto.borrador.pk, revision.pk]),
        ("revisions_compare", [puesto.borrador.pk, "earliest", "latest"]),
        ("revisions_revert", [puesto.borrador.pk, revision.pk]),
        ("revisions_unschedule", [puesto.borrador.pk, revision.pk]),
    ]:
        respuesta = puesto.cliente.get(reverse(f"wagtailadmin_pages:{nombre}", args=args))
        assert respuesta.status_code in {302, 403, 404}, (nombre, respuesta.status_code)
        assert SECRETO not in respuesta.content.decode()


def listas(puesto) -> list[str]:
    pk, madre = puesto.ajeno.pagina.pk, puesto.ajeno.modulos[0].pk
    return [
        "/admin/",
        "/admin/pages/",
        f"/admin/pages/{pk}/",
        f"/admin/pages/{madre}/",
        "/admin/pages/search/?q=reservado",
        "/admin/pages/search/results/?q=reservado",
        "/admin/choose-page/",
        f"/admin/choose-page/{madre}/",
        "/admin/choose-page/search/?q=reservado",
        "/admin/choose-page/search/?q=Borrador&page_type=kuska_cursos.leccion",
        f"/admin/choose-page/{madre}/?page_type=kuska_cursos.leccion",
        "/admin/api/main/pages/?search=reservado",
        f"/admin/api/main/pages/?child_of={madre}&for_explorer=1",
        f"/admin/api/main/pages/?child_of={madre}&fields=*",
        f"/admin/api/main/pages/{puesto.borrador.pk}/",
        "/admin/pages/usage/kuska_cursos/leccion/",
        f"/admin/pages/move/choose/{puesto.propio.lecciones[0].pk}/",
    ]


def test_no_list_search_or_picker_tells_a_draft_of_another_course(puesto):
    propia = puesto.propio.lecciones[0]
    Page.objects.filter(pk=propia.pk).update(draft_title="Borrador propio")
    assert "Borrador propio" in puesto.cliente.get(f"/admin/pages/{puesto.propio.modulos[0].pk}/").content.decode()
    dicen = []
    for direccion in listas(puesto):
        cuerpo = puesto.cliente.get(direccion, headers={"X-Requested-With": "XMLHttpRequest"}).content.decode()
        if SECRETO in cuerpo:
            dicen.append(direccion)
    assert not dicen


@pytest.mark.parametrize("acto", ["delete", "move", "publish", "unpublish"])
def test_no_bulk_act_reaches_another_course(puesto, acto):
    direccion = f"/admin/bulk/wagtailcore/page/{acto}/?id={puesto.borrador.pk}&id={puesto.ajeno.evaluacion.pk}"
    antes = list(Page.objects.filter(pk__in=[una.pk for una in puesto.paginas_ajenas]).values("live", "path"))
    assert SECRETO not in puesto.cliente.get(direccion).content.decode()
    puesto.cliente.post(direccion, {"chooser": puesto.propio.modulos[0].pk})
    assert list(Page.objects.filter(pk__in=[una.pk for una in puesto.paginas_ajenas]).values("live", "path")) == antes


@pytest.mark.parametrize("sentido", ["sale", "entra"])
def test_nothing_is_copied_or_moved_between_hers_and_another_course(puesto, sentido):
    mia, suya = puesto.propio.lecciones[1], puesto.borrador
    que, adonde = (mia, puesto.ajeno.modulos[0]) if sentido == "sale" else (suya, puesto.propio.modulos[0])
    cuantas = Page.objects.count()
    donde = Page.objects.get(pk=que.pk).path
    datos = {"new_title": "Copia", "new_parent_page": adonde.pk, "copy_subpages": "", "alias": ""}
    puesto.cliente.post(reverse("wagtailadmin_pages:copy", args=[que.pk]), datos)
    puesto.cliente.post(reverse("wagtailadmin_pages:move_confirm", args=[que.pk, adonde.pk]))

    assert Page.objects.count() == cuantas
    assert Page.objects.get(pk=que.pk).path == donde


def test_a_page_is_not_added_below_another_course(puesto):
    madre = puesto.ajeno.modulos[0]
    datos = {**formularios.leccion(), **formularios.PUBLICAR}
    assert puesto.cliente.post(formularios.agregar("kuska_cursos.leccion", madre), datos).status_code in {302, 403, 404}
    assert not Page.objects.filter(title="Lección nueva").exists()
    previa = reverse("wagtailadmin_pages:preview_on_add", args=["kuska_cursos", "leccion", madre.pk])
    assert puesto.cliente.get(previa).status_code in {302, 403, 404}
    assert puesto.cliente.post(previa, datos).status_code in {302, 403, 404}
