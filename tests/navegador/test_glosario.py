"""The glossary in a browser. How a word opens inside its lesson is in ``test_paso``."""

import pytest
from playwright.sync_api import expect

from tests.cursos.factories import Programa, crear_articulo, crear_leccion, crear_termino, paso

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def base(territorio, cem, integrante):
    articulo = crear_articulo()
    for n in range(12):
        crear_termino(f"{'abcdef'[n % 6]} palabra {n}", articulo=articulo)
    crear_termino("fiscalía", "fiscalías")
    programa = Programa(lecciones=1)
    programa.inscribir(integrante)
    leccion = crear_leccion(programa.modulos[0], "Con palabras", pasos=[paso("Uno", "Dos fiscalías avisan.")])
    return f"/c/{programa.curso.numero}/{programa.unidad(leccion).numero}/1"


def test_searching_works_without_scripts(pagina_con_y_sin_guiones, como, integrante, base):
    pagina = como(pagina_con_y_sin_guiones, integrante)
    pagina.goto("/glosario")
    pagina.get_by_label("Buscar una palabra").fill("FISCALIA")
    pagina.get_by_role("button", name="Buscar").click()
    expect(pagina.locator("dt")).to_have_text(["fiscalía"])
    assert pagina.url.endswith("/glosario"), "la palabra buscada no queda en la dirección"
    pagina.get_by_role("link", name="Ver todas").click()
    expect(pagina.locator("dt")).to_have_count(13)


def test_the_glossary_has_no_fault_of_access(abrir, como, axe_en_dos_anchos, integrante, base):
    pagina = como(abrir(ancho=320), integrante)
    for ruta, palabra in (("/glosario", ""), ("/glosario", "fiscalia"), ("/glosario", "nada"), (base, "")):
        pagina.goto(ruta)
        if palabra:
            pagina.get_by_label("Buscar una palabra").fill(palabra)
            pagina.get_by_role("button", name="Buscar").click()
        axe_en_dos_anchos(pagina)
