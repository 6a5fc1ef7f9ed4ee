"""A report in a browser: made by ticking, looked at, saved and downloaded, on a phone and on a screen."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from instancias.acceso.services.declarados import declarar
from seguimiento.services.rasgos import contar_rasgos
from tests import gente
from tests.navegador.test_padron import foto, sin_desborde
from tests.seguimiento import factories as f


@pytest.fixture
def poblada(transactional_db):
    """A table where enough people said their sex for the province to tell it."""
    gente.crear_territorio()
    edicion = f.abrir(f.crear_curso())
    for numero in range(1, 14):
        persona = f.sentar(f.crear_asiento(f.A, f"T-{numero:02}"), f"Rosa {numero}")
        f.inscribir(persona, edicion, hechas=numero % 5)
        declarar(persona=persona, campo="sexo", valor="mujer" if numero < 8 else "hombre", ahora=timezone.now())
    contar_rasgos(ahora=timezone.now())
    return gente.crear_coordinacion("cem-i", f.PROVINCIA)


@pytest.mark.parametrize(("ancho", "guiones"), [(360, False), (1280, True)])
def test_a_report_is_made_by_ticking_looked_at_and_downloaded(poblada, abrir, axe, como, ancho, guiones):
    pagina = como(abrir(ancho=ancho, guiones=guiones), poblada)
    pagina.goto("/panel")
    if ancho < 768:
        pagina.locator(".k-nav summary").click()
    pagina.get_by_role("link", name="Informes").click()
    foto(pagina, f"informes-{ancho}")
    sin_desborde(pagina, ancho)
    if guiones:
        axe(pagina)
    pagina.get_by_role("link", name="Cuántos, por grupos").click()
    pagina.get_by_role("button", name="Guardar", exact=True).click()
    expect(pagina.get_by_role("heading", name="Hay un problema")).to_be_visible()
    pagina.get_by_label("Nombre del informe").fill("Avance por instancia")
    pagina.get_by_label("Instancia", exact=True).check()
    for dato in ("Integrantes", "Terminaron"):
        pagina.get_by_label(dato, exact=True).check()
    pagina.get_by_label("Por sexo").check()
    pagina.get_by_role("button", name="Ver antes de guardar").click()
    expect(pagina.get_by_role("heading", name="Así saldrá")).to_be_visible()
    foto(pagina, f"informe-muestra-{ancho}")
    sin_desborde(pagina, ancho)
    if guiones:
        axe(pagina)
    pagina.get_by_role("button", name="Guardar", exact=True).click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Avance por instancia")
    foto(pagina, f"informe-{ancho}")
    sin_desborde(pagina, ancho)
    if guiones:
        axe(pagina)
    en_pantalla = [celda.inner_text() for celda in pagina.locator("tbody tr").first.locator("td").all()]
    with pagina.expect_download() as bajada:
        pagina.get_by_role("link", name="CSV").click()
    filas = list(csv.reader(io.StringIO(Path(bajada.value.path()).read_text(encoding="utf-8-sig"))))
    assert filas[1] == en_pantalla and "7" in filas[1] and "6" in filas[1]


@pytest.mark.parametrize("ancho", [360, 1280])
def test_a_person_declares_and_takes_back(transactional_db, abrir, axe, como, ancho):
    gente.crear_territorio()
    persona = gente.crear_integrante("40000001", "Rosa", "Quispe Huamán")
    pagina = como(abrir(ancho=ancho, guiones=True), persona.cuenta)
    pagina.goto("/mi-cuenta/dato/origen")
    axe(pagina)
    foto(pagina, f"declarar-{ancho}")
    sin_desborde(pagina, ancho)
    pagina.get_by_label("Quechua").check()
    pagina.get_by_role("button", name="Guardar", exact=True).click()
    expect(pagina.get_by_text("Guardamos su respuesta.")).to_be_visible()
    foto(pagina, f"mi-cuenta-{ancho}")
    pagina.goto("/mi-cuenta/dato/origen")
    pagina.get_by_role("button", name="Retirar lo que declaré").click()
    expect(pagina.get_by_text("Borramos lo que había declarado.")).to_be_visible()
