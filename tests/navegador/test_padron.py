"""The table of a resolution, pasted on a phone: what it does not say is asked, what is wrong is mended in place, the
good rows are saved, and all of it is taken back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from instancias.models import Membresia, Persona
from tests import gente

RESOLUCION = "\n".join(
    "\t".join(fila)
    for fila in [
        ["N°", "INSTITUCIÓN", "TITULAR", "N.º DOC.", "ALTERNO", "N.º DOC."],
        ["1", "Comisaría PNP", "ROSA QUISPE HUAMÁN", "40000101", "ÑUFLO DE LA CRUZ RÍOS", "40000202"],
        ["2", "Subprefectura Distrital", "ÉDGAR PEÑA NÚÑEZ", "4000O303", "VACANTE", ""],
        ["TOTAL", "", "2", "", "1", ""],
    ]
)
FOTOS = os.environ.get("KUSKA_FOTOS")


def sin_desborde(pagina: Page, ancho: int) -> None:
    assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, "hay que desplazarse de lado"


def foto(pagina: Page, nombre: str) -> None:
    if FOTOS:
        pagina.screenshot(path=Path(FOTOS) / f"{nombre}.png", full_page=True)


@pytest.mark.parametrize(("ancho", "guiones"), [(360, False), (1280, True)])
def test_a_resolution_is_pasted_mapped_mended_saved_and_undone(transactional_db, abrir, axe, como, ancho, guiones):
    call_command("cargar_territorio", verbosity=0)
    pagina = como(abrir(ancho=ancho, guiones=guiones), gente.crear_coordinacion("cem-p", "1006"))
    pagina.goto("/panel/importar")
    foto(pagina, f"subir-{ancho}")
    sin_desborde(pagina, ancho)
    pagina.get_by_label("O pegue aquí las celdas").fill(RESOLUCION)
    pagina.get_by_role("button", name="Revisar la lista").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("¿Qué dice cada columna?")
    expect(pagina.get_by_text("Falta saber qué columna dice: Distrito.")).to_be_visible()
    expect(pagina.get_by_label("N.º DOC.").first).to_have_value("titular.documento")
    foto(pagina, f"columnas-{ancho}")
    sin_desborde(pagina, ancho)
    if guiones:
        axe(pagina)
    pagina.get_by_label("¿De dónde es la lista?").select_option(label="Luyando")
    pagina.get_by_role("button", name="Revisar la lista").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Revise antes de guardar")
    foto(pagina, f"revision-{ancho}")
    for documento in ("40000101", "40000202", "4000O303"):
        expect(pagina.get_by_text(documento).first).to_be_visible()
    expect(pagina.get_by_text("No se leyó 1 fila")).to_be_visible()
    pagina.get_by_role("link", name="Cambiar columnas u hoja").click()
    expect(pagina.get_by_label("¿De dónde es la lista?")).to_have_value("100605")
    pagina.get_by_role("button", name="Revisar la lista").click()
    expect(pagina.get_by_text("El DNI tiene solo números, del 0 al 9; se leyó «4000O303».")).to_be_visible()
    pagina.get_by_role("button", name="40000303").click()
    expect(pagina.locator("body")).to_contain_text("La fila 3 ya se puede guardar.")  # seen, or told to a reader
    assert not Persona.objects.exists()
    pagina.get_by_role("button", name="Guardar 3 filas").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("La lista se guardó")
    foto(pagina, f"guardada-{ancho}")
    sin_desborde(pagina, ancho)
    assert set(Membresia.objects.values_list("persona__documento", "calidad")) == {
        ("40000101", "titular"), ("40000202", "alterno"), ("40000303", "titular"),
    }  # fmt: skip
    pagina.get_by_role("link", name="Deshacer la lista").click()
    expect(pagina.get_by_text("Se borran 3 personas")).to_be_visible()
    sin_desborde(pagina, ancho)
    if guiones:
        axe(pagina)
    pagina.get_by_role("button", name="Deshacer la lista").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("La lista se deshizo")
    assert not Persona.objects.exists()
