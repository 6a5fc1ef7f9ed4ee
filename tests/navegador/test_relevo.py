"""A district changes its authorities, and takes it back: the whole story, on a phone and at a desk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import gente
from tests.instancias.mesas import ENERO, persona, quienes, sentada

FOTOS = os.environ.get("FOTOS_DEL_RELEVO", "")


@pytest.fixture
def luyando(territorio):
    alcaldia = gente.crear_asiento("100605", orden=1, corto="Alcaldía")
    gente.crear_asiento("100605", orden=2, corto="Subprefectura distrital")
    sentada(alcaldia, persona("40000101", "Rosa Elena", "Quispe Huamán"))
    sentada(alcaldia, persona("40000102", "Juan", "Tello Ríos"), "alterno")
    return gente.crear_coordinacion("cem-p", "1006")


@pytest.mark.parametrize("ancho", [360, 1280])
def test_a_district_changes_its_authorities_and_takes_it_back(abrir, axe, como, luyando, ancho):
    pagina = como(abrir(ancho=ancho), luyando)

    def mirar(nombre: str) -> None:
        axe(pagina)
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, "hay que desplazarse de lado"
        if FOTOS:
            pagina.screenshot(path=Path(FOTOS) / f"{nombre}-{ancho}.png", full_page=True)

    pagina.goto("/panel/relevo?lugar=100605")
    pagina.get_by_label("Primer día de quienes llegan").fill("2027-01-01")
    pagina.get_by_label("Alterno/a").check()
    mirar("1-elegir")
    pagina.get_by_role("button", name="Ver los asientos").click()
    alcalde = pagina.get_by_role("group", name="Luyando · Alcaldía · titular")
    assert not alcalde.get_by_label("DNI").is_visible()
    alcalde.get_by_label("Qué cambia").select_option("persona")
    alcalde.get_by_label("DNI").fill("40000103")
    alcalde.get_by_label("Nombres").fill("Inés")
    pagina.get_by_role("group", name="Alcaldía · alterno").get_by_label("Qué cambia").select_option("vacante")
    pagina.get_by_role("button", name="Ver qué va a pasar").click()
    mirar("2-con-error")
    assert pagina.get_by_role("alert").get_by_text("Escriba los nombres y los apellidos").is_visible()
    alcalde.get_by_label("Apellidos").fill("Cárdenas Ñaupa")
    pagina.get_by_role("button", name="Ver qué va a pasar").click()
    mirar("3-antes")
    assert pagina.get_by_text("2 personas dejan su asiento.").is_visible()
    pagina.get_by_role("button", name="Confirmar el cambio").click()
    mirar("4-hecho")
    assert quienes(ENERO) == {"40000103"} and quienes(ENERO, "alterno") == set()
    pagina.get_by_role("button", name="Deshacer este cambio").click()
    mirar("5-deshecho")
    assert quienes(ENERO) == {"40000101"} and quienes(ENERO, "alterno") == {"40000102"}
