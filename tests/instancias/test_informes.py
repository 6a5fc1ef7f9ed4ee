"""The reports of the editor know no territory: only whoever administers opens them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.log_actions import log

from tests.mundos import hecho_una_vez

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]

INFORMES = ["site_history", "locked_pages", "workflow", "workflow_tasks", "aging_pages", "page_types_usage"]


@pytest.fixture
@hecho_una_vez
def editora(coordinadora_a):
    """A coordinator who may enter the editor."""
    grupo = Group.objects.create(name="Lectura")
    grupo.permissions.add(Permission.objects.get(codename="access_admin"))
    coordinadora_a.groups.add(grupo)
    return coordinadora_a


@pytest.mark.parametrize("nombre", [*INFORMES, *(f"{uno}_results" for uno in INFORMES)])
def test_a_report_is_only_for_whoever_administers(entrar, editora, administradora, visitante, integrante, nombre):
    direccion = reverse(f"wagtailadmin_reports:{nombre}")
    assert entrar(editora).get(direccion).status_code == 404
    assert entrar(administradora).get(direccion).status_code == 200
    for cliente in (visitante, entrar(integrante)):
        assert cliente.get(direccion).status_code == 302


def test_the_history_of_the_site_does_not_leave_as_a_file(entrar, editora, administradora, integrante_de_b):
    log(integrante_de_b, "instancias.corregir", user=administradora)
    direccion = reverse("wagtailadmin_reports:site_history") + "?export=csv"
    assert entrar(editora).get(direccion).status_code == 404
    archivo = entrar(administradora).get(direccion)
    assert "Tello" in b"".join(archivo.streaming_content if archivo.streaming else [archivo.content]).decode()


def test_the_rest_of_the_editor_stays_open_to_who_may_enter(entrar, editora):
    assert entrar(editora).get("/admin/").status_code == 200
