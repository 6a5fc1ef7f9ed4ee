"""A step on a small phone: «Continuar» and help at hand, nothing covered, and a word that opens in its place."""

import re

import pytest
from playwright.sync_api import expect

from tests.cursos.factories import Programa, crear_leccion, crear_termino, paso

pytestmark = pytest.mark.django_db(transaction=True)
LARGO = "<p>Antes de recibir una denuncia se lee la cartilla del distrito, con calma y en un lugar tranquilo.</p>" * 14
ENLACES = "".join(f'<p>Vea también <a href="https://www.gob.pe/{n}">la página {n}</a>.</p>' for n in range(8))


@pytest.fixture
def base(territorio, cem, integrante):
    crear_termino("fiscalía", "fiscalías")
    programa = Programa(lecciones=1)
    programa.inscribir(integrante)
    largo = paso("Uno", "")
    largo["value"]["texto"] = f"<p>Dos fiscalías avisan.</p>{LARGO}{ENLACES}"
    leccion = crear_leccion(programa.modulos[0], "Con palabras", pasos=[largo, paso("Dos")], tema_dificil=True)
    return f"/c/{programa.curso.numero}/{programa.unidad(leccion).numero}"


def test_going_on_and_help_are_at_hand_and_nothing_is_covered(abrir, como, axe, integrante, base):
    pagina = como(abrir(guiones=True), integrante)
    pagina.set_viewport_size({"width": 360, "height": 640})
    pagina.goto(f"{base}/1")
    continuar = pagina.get_by_role("button", name="Continuar")
    expect(continuar).to_be_in_viewport(ratio=1)
    assert pagina.get_by_role("link", name=re.compile("Línea 100")).is_visible()  # of a hard subject, help is whole
    continuar.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Uno")
    expect(continuar).to_be_in_viewport(ratio=1)
    axe(pagina)
    assert pagina.evaluate("document.documentElement.scrollHeight") > 1200

    # By keyboard, through the whole page: what has the focus is never under the bar.
    barra = pagina.locator(".k-fija")
    for _vez in range(30):
        pagina.keyboard.press("Tab")
        sobre = pagina.evaluate(
            "() => { const e = document.activeElement, b = document.querySelector('.k-fija');"
            " if (e === document.body || b.contains(e)) { return null; }"
            " return [e.textContent.trim(), e.getBoundingClientRect().bottom, b.getBoundingClientRect().top,"
            " e.compareDocumentPosition(b) & 4]; }"
        )
        if sobre and sobre[3]:
            assert sobre[1] <= sobre[2] + 1, sobre
    # At the end nothing is left behind it: the last words are above, and help below.
    pagina.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    ultimo = pagina.locator(".k-paso-de-leccion p").last
    assert ultimo.bounding_box()["y"] + ultimo.bounding_box()["height"] <= barra.bounding_box()["y"]
    assert not pagina.get_by_role("link", name=re.compile("Línea 100")).is_visible()
    pagina.locator(".k-pie summary").click()
    expect(pagina.get_by_role("link", name=re.compile("Línea 100"))).to_be_in_viewport()


def test_a_word_opens_in_its_place_and_closes(pagina_con_y_sin_guiones, como, axe, integrante, base):
    pagina = como(pagina_con_y_sin_guiones, integrante)
    pagina.goto(f"{base}/2")
    significa = pagina.get_by_text("Lo que significa fiscalía.")
    expect(significa).to_be_hidden()
    pagina.get_by_role("link", name="fiscalías").click()
    expect(significa).to_be_in_viewport()
    expect(pagina).to_have_url(re.compile(rf"{base}/2#t-\d+$"))
    palabra = pagina.locator(".k-palabra:target").bounding_box()
    parrafo = pagina.get_by_text("Dos fiscalías").bounding_box()
    assert palabra["y"] >= parrafo["y"] + parrafo["height"]
    pagina.get_by_role("link", name="Cerrar fiscalía").click()
    expect(significa).to_be_hidden()
    pagina.get_by_role("link", name="fiscalías").click()
    pagina.go_back()
    expect(significa).to_be_hidden()
    pagina.get_by_role("link", name="fiscalías").click()
    pagina.get_by_role("link", name="Ver en el glosario fiscalía").click()
    expect(pagina.locator(".k-glosario__una:target dt")).to_have_text("fiscalía")
