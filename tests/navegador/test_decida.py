"""«Decida» in a real browser: one touch, explained in place; the same without script, and with no signal."""

import re

import pytest
from playwright.sync_api import expect

from evaluaciones.models import Ensayo
from tests.cursos.factories import Programa, crear_articulo, crear_leccion, decida, paso

pytestmark = pytest.mark.django_db(transaction=True)

OPCIONES = [
    ("Que no perdió ningún derecho y puede pedir ayuda hoy mismo.", True),
    ("Que para recuperarlos debe anular antes el papel ante un notario.", False),
    ("Que los perdió, pero usted puede ayudarla a pedir otro acuerdo.", False),
]
BUENA, MALA = OPCIONES[0][0], OPCIONES[1][0]


@pytest.fixture
def base(territorio, cem, integrante):
    programa = Programa(lecciones=1)
    programa.inscribir(integrante)
    caso = decida(
        opciones=OPCIONES,
        articulo=crear_articulo(),
        caso="<p>Rosa sufrió violencia de su pareja. Dos vecinos le llevan un papel: «Renuncio a pedir ayuda».</p>"
        "<p>Ella firma para que la dejen en paz. Hoy le pregunta a usted si perdió sus derechos.</p>",
        regla="<p>Los derechos que la ley da a las víctimas son <b>irrenunciables</b>. No se pierden por firmar.</p>",
    )
    orden = decida("Primero qué", opciones=[("Oír", False), ("Informar", False), ("Ir", False)], tipo="ordenar")
    leccion = crear_leccion(programa.modulos[0], "Con caso", pasos=[caso, orden, paso("Después")])
    return f"/c/{programa.curso.numero}/{programa.unidad(leccion).numero}"


def test_it_is_decided_explained_and_gone_on_with_and_without_script(pagina_con_y_sin_guiones, como, integrante, base):
    pagina = como(pagina_con_y_sin_guiones, integrante)
    pagina.goto(f"{base}/1")
    expect(pagina.get_by_role("button", name="Continuar")).to_have_count(0)
    for opcion in pagina.locator(".k-toque").all():
        assert opcion.bounding_box()["height"] >= 48
    pagina.get_by_role("button", name=MALA).click()
    expect(pagina.get_by_role("heading", name="Todavía no")).to_be_in_viewport()
    expect(pagina.get_by_role("heading", name="La regla")).to_be_visible()
    pagina.reload()
    expect(pagina.get_by_role("heading", name="Todavía no")).to_be_visible()
    pagina.get_by_role("link", name="Responder otra vez").click()
    pagina.get_by_role("button", name=BUENA).click()
    expect(pagina.get_by_role("heading", name="Correcto")).to_be_visible()
    assert list(Ensayo.objects.values_list("vez", "acierto")) == [(1, False), (2, True)]
    pagina.get_by_role("button", name="Continuar").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Primero qué")
    pagina.get_by_role("link", name="Ver la respuesta sin responder").click()
    expect(pagina.get_by_role("heading", name="La respuesta")).to_be_visible()
    pagina.get_by_role("button", name="Continuar").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Después")


def test_in_place_the_focus_goes_to_what_is_told_and_the_address_can_be_loaded(abrir, como, axe, integrante, base):
    pagina = como(abrir(ancho=1280), integrante)
    pagina.goto(f"{base}/2?ver=1")
    pagina.evaluate("scrollTo(0, document.documentElement.scrollHeight)")  # else the bar covers half a link
    axe(pagina)
    pagina.goto(f"{base}/1")
    axe(pagina)
    cargas = []
    pagina.on("load", lambda _p: cargas.append(1))
    boton = pagina.get_by_role("button", name=BUENA)
    boton.focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Correcto")).to_be_focused()
    expect(pagina).to_have_url(re.compile(rf"{base}/1$"))
    assert not cargas
    pagina.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    axe(pagina)


def test_a_step_that_asks_is_light(pesar, abrir, como, integrante, base):
    pagina = como(abrir(), integrante)
    pagina.goto(f"{base}/1")
    peso = pesar(f"{base}/1", cookies=pagina.context.cookies())
    assert peso.html <= 4 * 1024 and peso.total <= 45 * 1024, peso


def test_without_signal_the_answer_is_kept_once_and_explained_when_it_is_back(abrir, como, integrante, base):
    pagina = como(abrir(), integrante)
    pagina.goto(f"{base}/1")
    pagina.context.set_offline(True)
    pagina.get_by_role("button", name=BUENA).click()
    guardada = pagina.locator("#decida [data-k-estado]")
    expect(guardada).to_have_text("Guardado en este celular. Se enviará cuando vuelva la señal.")
    pagina.get_by_role("button", name=BUENA).click()
    expect(guardada).to_have_text("Guardado en este celular. Se enviará cuando vuelva la señal.")
    pagina.context.set_offline(False)
    expect(pagina.get_by_role("heading", name="Correcto")).to_be_visible()
    assert Ensayo.objects.count() == 1
