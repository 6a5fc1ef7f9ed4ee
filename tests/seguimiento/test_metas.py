"""Goals in the admin, inside the scope of whoever writes them; and the way to the panel."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import Permission

from seguimiento.models import MetaDeTerritorio
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def editora_a(coordinadora_a):
    """A coordinator of A whom the office let keep goals."""
    permisos = Permission.objects.filter(
        codename__in=["access_admin", "add_metadeterritorio", "change_metadeterritorio", "delete_metadeterritorio"]
    )
    coordinadora_a.user_permissions.set(permisos)
    return coordinadora_a


@pytest.fixture
@hecho_una_vez
def metas(edicion):
    dia = datetime.date(2026, 12, 15)
    return {
        ubigeo: MetaDeTerritorio.objects.create(edicion=edicion, territorio_id=ubigeo, porcentaje=80, para_el=dia)
        for ubigeo in (f.A, f.B)
    }


def test_the_list_and_each_goal_stay_inside_the_scope(metas, entrar, editora_a):
    cliente = entrar(editora_a)
    visto = cliente.get("/admin/metas/").content.decode()
    assert "Rupa-Rupa" in visto
    assert "Luyando" not in visto
    assert cliente.get(f"/admin/metas/edit/{metas[f.A].pk}/").status_code == 200
    for acto in ("edit", "delete"):
        assert cliente.get(f"/admin/metas/{acto}/{metas[f.B].pk}/").status_code == 404
        assert cliente.post(f"/admin/metas/{acto}/{metas[f.B].pk}/").status_code == 404
    assert MetaDeTerritorio.objects.count() == 2


def test_the_history_of_a_goal_stays_inside_the_scope(metas, entrar, editora_a, administradora):
    for cuenta in (editora_a, administradora):
        for acto in ("history", "history-results", "usage"):
            assert entrar(cuenta).get(f"/admin/metas/{acto}/{metas[f.A].pk}/").status_code == 200, acto
    for acto in ("history", "history-results", "usage"):
        assert entrar(editora_a).get(f"/admin/metas/{acto}/{metas[f.B].pk}/").status_code == 404, acto


def test_a_goal_is_written_for_territories_of_the_scope_only(edicion, entrar, editora_a):
    cliente = entrar(editora_a)
    datos = {"edicion": edicion.pk, "porcentaje": 70, "para_el": "2026-12-15"}
    ajena = cliente.post("/admin/metas/new/", {**datos, "territorio": f.B})
    assert ajena.status_code == 200
    assert not MetaDeTerritorio.objects.exists()
    cliente.post("/admin/metas/new/", {**datos, "territorio": f.A})
    assert MetaDeTerritorio.objects.get().territorio_id == f.A


@pytest.mark.un_motor
def test_the_way_to_the_panel_is_shown_to_who_follows_somebody(edicion, entrar, editora_a, capacitadora):
    enlace = "/panel"
    assert f'"url": "{enlace}"' in entrar(editora_a).get("/admin/").content.decode().replace("&quot;", '"')
    capacitadora.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert f'"url": "{enlace}"' not in entrar(capacitadora).get("/admin/").content.decode().replace("&quot;", '"')


def test_a_goal_is_between_one_and_a_hundred(edicion, entrar, administradora):
    datos = {"edicion": edicion.pk, "territorio": f.A, "porcentaje": 101, "para_el": "2026-12-15"}
    assert entrar(administradora).post("/admin/metas/new/", datos).status_code == 200
    assert not MetaDeTerritorio.objects.exists()


def test_lines_print_their_territory_and_day(metas, coordinadora_a):
    assert str(metas[f.A]) == f"{f.A}: 80 %"
