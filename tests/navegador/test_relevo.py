"""A district changes its authorities by hand, a province by one sheet, and both are taken back, on a phone too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.management import call_command

from instancias.models import Asiento, Territorio
from tests import gente
from tests.instancias.hojas import TITULOS, fila, hoja
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


DE_LA_PROVINCIA = {"1006": "IPC-01", "100601": "IDC-01", "100605": "IDC-01"}


@pytest.mark.parametrize("ancho", [360, 1280])
def test_a_province_changes_its_authorities_with_one_sheet_and_takes_it_back(abrir, axe, como, transactional_db, ancho):
    call_command("cargar_territorio", verbosity=0)
    antes, llegan = set(), []
    for numero, (ubigeo, codigo) in enumerate(DE_LA_PROVINCIA.items()):
        quien = persona(f"4000010{numero}", "Rosa Elena", f"Quispe {'ABC'[numero]}")
        sentada(Asiento.objects.get(instancia__territorio=ubigeo, tipo__codigo=codigo, numero=1), quien)
        antes.add(quien.documento)
        datos = {"DNI": f"4000020{numero}", "Nombres": "Inés", "Apellidos": f"Tello {'ABC'[numero]}", "Institución": ""}
        lugar = Territorio.objects.get(pk=ubigeo).nombre
        llegan.append([*fila(**datos, Distrito="" if ubigeo == "1006" else lugar, Asiento=codigo), "01/01/2027"])
    pagina = como(abrir(ancho=ancho), gente.crear_coordinacion("cem-p", "1006"))

    def mirar(nombre: str) -> None:
        axe(pagina)
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, "hay que desplazarse de lado"
        if FOTOS:
            pagina.screenshot(path=Path(FOTOS) / f"provincia-{nombre}-{ancho}.png", full_page=True)

    pagina.goto("/panel/importar")
    contenido = hoja(*llegan, titulos=[*TITULOS, "Desde"])
    pagina.locator("input[type=file]").set_input_files({"name": "l.xlsx", "mimeType": "", "buffer": contenido})
    pagina.get_by_role("button", name="Revisar la lista").click()
    assert pagina.get_by_text("3 filas son de asientos que ya tienen a alguien.").is_visible()
    pagina.get_by_role("button", name="Esta lista cambia autoridades").click()
    assert pagina.get_by_text("Sale Rosa Q: su último día es el 31 de diciembre de 2026.").count() == 3
    mirar("revision")
    pagina.get_by_role("button", name="Guardar 3 filas").click()
    assert quienes(ENERO) == {"40000200", "40000201", "40000202"}
    pagina.get_by_role("link", name="Deshacer la lista").click()
    mirar("deshacer")
    pagina.get_by_role("button", name="Deshacer la lista").click()
    assert pagina.get_by_role("heading", name="La lista se deshizo").is_visible()
    assert quienes(ENERO) == antes
