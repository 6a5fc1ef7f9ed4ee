"""A doubt on a phone, with and without script; its answer and its note at a desk."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cursos.models import Duda, NotaDeLeccion
from cursos.services.permisos import asegurar_grupo_de_capacitadoras
from tests.cursos.factories import Programa

pytestmark = pytest.mark.django_db(transaction=True)
FOTOS = os.environ.get("FOTOS_DE_DUDAS", "")
TEXTO = "¿La ronda puede recibir el papel de noche?"


@pytest.fixture
def programa(territorio, cem, integrante):
    programa = Programa(lecciones=1)
    programa.inscribir(integrante)
    return programa


@pytest.fixture
def mirar(axe):
    def una(pagina: Page, nombre: str, ancho: int = 360) -> None:
        pagina.evaluate("scrollTo(0, document.documentElement.scrollHeight)")  # else a bar may cover half a link
        axe(pagina)
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, "hay que desplazarse de lado"
        if FOTOS:
            pagina.screenshot(path=Path(FOTOS) / f"{nombre}-{ancho}.png", full_page=True)

    return una


@pytest.mark.parametrize("guiones", [True, False], ids=["con_guiones", "sin_guiones"])
def test_a_member_asks_from_the_step_and_mends_what_is_told(abrir, como, integrante, programa, mirar, guiones):
    pagina = como(abrir(guiones=guiones), integrante)
    if not guiones:
        mirar = nada
    pagina.goto(f"/c/{programa.curso.numero}/{programa.unidad(programa.lecciones[0]).numero}/2")
    mirar(pagina, "1-paso")
    pagina.get_by_role("link", name="Tengo una duda").click()
    whatsapp = pagina.get_by_role("link", name="Preguntar por WhatsApp").get_attribute("href")
    assert whatsapp.startswith("https://wa.me/51900000000?text=Hola")
    mirar(pagina, "2-duda")
    pagina.get_by_label("Su duda").fill(f"{TEXTO} Llamé al 987 654 321.")
    pagina.get_by_role("button", name="Enviar mi duda").click()
    expect(pagina.get_by_role("alert")).to_contain_text("«987 654 321» parece un documento")
    expect(pagina.get_by_label("Su duda")).to_have_value(f"{TEXTO} Llamé al 987 654 321.")
    mirar(pagina, "3-aviso")
    pagina.get_by_label("Su duda").fill(TEXTO)
    pagina.get_by_role("button", name="Enviar mi duda").click()
    expect(pagina.get_by_text("Guardamos su duda.")).to_be_visible()
    assert [una.texto for una in Duda.objects.all()] == [TEXTO]
    mirar(pagina, "4-mis-dudas")


def test_who_writes_the_course_answers_publishes_and_the_member_reads_it(
    abrir, como, integrante, capacitadora, programa, mirar
):
    asegurar_grupo_de_capacitadoras()
    suya = como(abrir(), integrante)
    suya.goto(f"/c/{programa.curso.numero}/{programa.unidad(programa.lecciones[0]).numero}/1/duda")
    suya.get_by_label("Su duda").fill(TEXTO)
    suya.get_by_role("button", name="Enviar mi duda").click()

    editor = como(abrir(ancho=1280), capacitadora)
    editor.goto("/admin/")
    editor.get_by_role("link", name="Ver las dudas").click()
    foto(editor, "5-lista")
    editor.get_by_role("link", name=TEXTO).click()
    assert "Quispe" not in editor.content()
    editor.locator("main textarea[name=texto]").fill("Sí, a toda hora.")
    editor.get_by_role("button", name="Guardar la respuesta").click()
    expect(editor.get_by_text("Guardamos la respuesta.")).to_be_visible()
    editor.locator("[name=nota-pregunta]").fill("¿Se recibe también de noche?")
    foto(editor, "6-una")
    editor.get_by_role("button", name="Publicar como nota bajo la lección").click()
    expect(editor.get_by_role("button", name="Quitar la nota")).to_be_visible()
    foto(editor, "7-publicada")
    assert NotaDeLeccion.objects.get().texto == "Sí, a toda hora."

    suya.goto("/inicio")
    suya.get_by_role("link", name="Ver la respuesta").click()
    expect(suya.get_by_text("Respuesta nueva")).to_be_visible()
    mirar(suya, "8-respuesta")
    suya.get_by_role("button", name="Ya leí las respuestas").click()
    expect(suya.get_by_text("Respuesta nueva")).to_have_count(0)
    suya.get_by_role("link", name=re.compile("^Ir al paso")).click()
    suya.get_by_text("¿Se recibe también de noche?").click()
    expect(suya.get_by_text("Sí, a toda hora.")).to_be_visible()
    mirar(suya, "9-nota")


def test_the_office_answers_in_the_panel(abrir, como, integrante, cem_provincial, programa, mirar):
    suya = como(abrir(guiones=False), integrante)
    suya.goto(f"/c/{programa.curso.numero}/{programa.unidad(programa.lecciones[0]).numero}/1/duda")
    suya.get_by_label("Su duda").fill(TEXTO)
    suya.get_by_role("button", name="Enviar mi duda").click()
    oficina = como(abrir(ancho=1280), cem_provincial)
    oficina.goto("/panel/dudas")
    mirar(oficina, "10-panel", 1280)
    oficina.get_by_role("link", name=TEXTO).click()
    mirar(oficina, "11-panel-una", 1280)
    oficina.get_by_label("Respuesta").fill("Sí, a toda hora.")
    oficina.get_by_role("button", name="Guardar la respuesta").click()
    expect(oficina.get_by_text("Nadie espera una respuesta.")).to_be_visible()


def foto(pagina: Page, nombre: str) -> None:
    if FOTOS:
        pagina.screenshot(path=Path(FOTOS) / f"{nombre}-1280.png", full_page=True)


def nada(*_args: object) -> None:
    """Axe is a script: without them there is nothing to look with."""
