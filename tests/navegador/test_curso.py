"""The page of a course and Inicio on a small phone and on a screen, and what each page asks for the first time."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cursos.models import Modulo
from cursos.services.avance import terminar_unidad
from tests.cursos.factories import Programa, crear_leccion, decida, publicar

pytestmark = pytest.mark.django_db(transaction=True)
PEDIDOS, KB = 5, 45


@pytest.fixture
def base(territorio, cem, integrante):
    programa = Programa(modulos=4, lecciones=3)
    modulo = Modulo.objects.get(pk=programa.modulos[0].pk)
    modulo.objetivos = "reconocer una cosa\ndecir otra"
    publicar(modulo)
    crear_leccion(programa.modulos[3], "Con caso", pasos=[decida()])
    inscripcion = programa.inscribir(integrante)
    for unidad in programa.unidades[:4]:
        terminar_unidad(inscripcion=inscripcion, unidad=unidad, ahora=timezone.now())
    return f"/c/{programa.curso.numero}"


@pytest.mark.parametrize("ancho", [360, 1280])
def test_the_next_thing_is_at_hand_and_what_is_behind_takes_a_line(abrir, como, axe, integrante, base, ancho):
    pagina = como(abrir(ancho=ancho), integrante)
    pagina.set_viewport_size({"width": ancho, "height": 640})
    pagina.goto("/inicio")
    axe(pagina)
    expect(pagina.get_by_role("link", name="Continuar")).to_be_in_viewport(ratio=1)
    expect(pagina.get_by_role("heading", name="Ahora usted puede")).to_be_visible()
    pagina.get_by_role("link", name="Nuestras funciones").click()

    axe(pagina)
    seguir = pagina.get_by_role("link", name="Continuar")
    expect(seguir).to_have_count(1)
    expect(seguir).to_be_in_viewport(ratio=1)
    abiertos = pagina.locator("details.k-modulo[open] > summary h2")
    expect(abiertos).to_have_text(["2. Módulo 2"])
    assert pagina.locator("summary", has_text="Terminado ✓").bounding_box()["height"] < 90
    tarjeta, esquema = pagina.locator(".k-dos > *").all()
    al_lado = esquema.bounding_box()["x"] >= tarjeta.bounding_box()["x"] + tarjeta.bounding_box()["width"]
    assert al_lado is (ancho == 1280)
    assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho
    seguir.click()
    expect(pagina).to_have_url(re.compile(r"/c/\d+/5/1$"))


def test_each_page_asks_for_few_files_the_first_time(abrir, como, pesar, integrante, base):
    """Whoever is inside asks besides for the neutral page, once a sitting, when the rest is there."""
    dentro = como(abrir(), integrante).context.cookies()
    assert pesar("/entrar").pedidos <= PEDIDOS and pesar("/entrar").total <= 25 * 1024
    for ruta in ("/inicio", base, f"{base}/1/1", f"{base}/13/1", "/certificados", "/menu"):
        peso = pesar(ruta, cookies=dentro)
        assert peso.pedidos <= PEDIDOS + 1, ruta
        assert peso.total <= KB * 1024, ruta
