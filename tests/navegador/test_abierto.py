"""What leaves the panel, on a phone and at a desk, without scripts too: a key for another system."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import gente
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mirar(axe):
    """Every page may be used, and fits."""

    def una(pagina, ancho: int, *, con_axe: bool = True) -> None:
        if con_axe:
            axe(pagina)
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, pagina.url

    return una


@pytest.mark.parametrize(("ancho", "guiones"), [(360, False), (1280, True)])
def test_a_key_is_made_read_with_and_taken_back(abrir, mirar, como, cem_provincial, ancho, guiones):
    edicion = f.abrir(f.crear_curso())
    f.integrante(f.A, edicion, hechas=4)
    pagina = como(abrir(ancho=ancho, guiones=guiones), cem_provincial)
    pagina.goto("/panel")
    pagina.get_by_role("link", name="Claves de lectura (API)").click()
    mirar(pagina, ancho, con_axe=guiones)
    pagina.get_by_role("link", name="Crear una clave").click()
    pagina.get_by_role("button", name="Crear la clave").click()
    if pagina.get_by_label("Su clave").count():
        pagina.get_by_label("Su clave").fill(gente.CLAVE)
        pagina.get_by_role("button", name="Continuar").click()
    assert "Escriba qué entidad o qué sistema va a leer." in pagina.get_by_role("alert").inner_text()
    pagina.get_by_label("¿Quién va a leer?").fill("Municipalidad, tablero de control")
    mirar(pagina, ancho, con_axe=guiones)
    pagina.get_by_role("button", name="Crear la clave").click()
    clave = pagina.get_by_label("Clave de Municipalidad").input_value()
    mirar(pagina, ancho, con_axe=guiones)
    leer = {"authorization": f"Bearer {clave}"}
    assert Client().get("/api/v1/cobertura", headers=leer).json()["total"]["completos"] == 1
    pagina.get_by_role("link", name="Claves de lectura").click()
    assert clave not in pagina.content()
    mirar(pagina, ancho, con_axe=guiones)
    pagina.get_by_role("button", name="Revocar").click()
    assert "Clave revocada." in pagina.locator("main").inner_text()
    assert Client().get("/api/v1/cobertura", headers=leer).status_code == 401
