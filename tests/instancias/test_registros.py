"""Registers of the admin: only administrators give reach over people."""

from __future__ import annotations

import pytest

from instancias.models import Alcance
from tests import gente

REGISTROS = ["/admin/instancia/", "/admin/oficina/", "/admin/cobertura/", "/admin/alcance/"]


@pytest.mark.parametrize("direccion", REGISTROS)
def test_an_administrator_opens_each_register(direccion, entrar, administradora, provincia):
    assert entrar(administradora).get(direccion).status_code == 200


def test_reach_is_given_by_an_administrator_and_by_nobody_else(entrar, administradora, capacitadora, provincia):
    datos = {"cuenta": capacitadora.pk, "territorio": "1006", "rol": "coordinacion", "desde": "2026-11-23"}
    coordinadora = gente.crear_coordinacion("cem-p", "1006")
    for quien in (capacitadora, coordinadora):
        entrar(quien).post("/admin/alcance/new/", datos)
    assert not Alcance.objects.filter(cuenta=capacitadora).exists()
    entrar(administradora).post("/admin/alcance/new/", datos)
    assert Alcance.objects.filter(cuenta=capacitadora, territorio_id="1006").exists()
