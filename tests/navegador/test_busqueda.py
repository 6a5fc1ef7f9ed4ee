"""Looking for a word in a browser."""

import pytest
from playwright.sync_api import expect

from tests.cursos.factories import Programa, crear_leccion, crear_termino, paso

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def curso(territorio, integrante):
    programa = Programa(lecciones=1)
    programa.inscribir(integrante)
    texto = "Cada comisaría recibe la denuncia y la envía al juzgado en veinticuatro horas. " * 3
    for n in range(3):
        crear_leccion(programa.modulos[0], f"La comisaría {n}", pasos=[paso("Quién recibe", texto)])
    crear_termino("comisaría")


def test_a_word_leads_to_its_step_and_stays_out_of_the_address(pagina_con_y_sin_guiones, como, integrante, curso):
    pagina = como(pagina_con_y_sin_guiones, integrante)
    pagina.goto("/inicio")
    pagina.get_by_role("link", name="Buscar una palabra").click()
    pagina.get_by_label("Qué palabra busca").fill("COMISARIA")
    pagina.get_by_role("button", name="Buscar", exact=True).click()
    assert pagina.url.endswith("/buscar"), "la palabra buscada no queda en la dirección"
    expect(pagina.get_by_text("7 resultados con «COMISARIA».")).to_be_visible()
    pagina.get_by_role("link", name="Quién recibe").first.click()
    expect(pagina.locator("h1")).to_have_text("Quién recibe")


def test_looking_has_no_fault_of_access(abrir, como, axe_en_dos_anchos, integrante, curso):
    pagina = como(abrir(ancho=320), integrante)
    pagina.goto("/buscar")
    for palabra in ("", "comisaria", "comisariaa", "nada"):
        pagina.get_by_label("Qué palabra busca").fill(palabra)
        pagina.get_by_role("button", name="Buscar", exact=True).click()
        axe_en_dos_anchos(pagina)
