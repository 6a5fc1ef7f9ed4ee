"""A picture of a lesson is seen in a browser by who takes the course; nobody else gets it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import gente
from tests.cursos.factories import Programa, crear_leccion, paso
from tests.cursos.test_medios import foto, paso_de_imagen

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
ANCHO = """
async (url) => {
  const imagen = new Image();
  imagen.src = url;
  try { await imagen.decode(); } catch { return 0; }
  return imagen.naturalWidth;
}
"""


@pytest.fixture
def leccion(territorio, cem, integrante, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    programa = Programa(lecciones=1)
    pagina = crear_leccion(programa.modulos[0], "Con foto", pasos=[paso_de_imagen(foto()), paso()])
    programa.inscribir(integrante)
    return f"/c/{programa.curso.numero}/{programa.unidad(pagina).numero}/1"


@pytest.mark.parametrize("ancho", [360, 1280])
def test_the_picture_of_a_step_is_seen(abrir, como, integrante, leccion, ancho):
    pagina = como(abrir(ancho=ancho), integrante)
    pedidos = []
    pagina.on("request", lambda pedido: pedidos.append(pedido.url))
    pagina.goto(leccion)
    imagen = pagina.get_by_role("img", name="Un esquema con tres flechas.")
    expect(imagen).to_be_visible()
    imagen.evaluate("(i) => i.decode()")
    assert imagen.evaluate("(i) => i.naturalWidth") > 0
    assert "/imagen/" in imagen.evaluate("(i) => i.currentSrc")
    assert sum("/imagen/" in uno for uno in pedidos) == 1, pedidos
    assert len(set(pedidos)) <= 6, pedidos  # the five of any step, and its picture


def test_nobody_else_gets_it(abrir, como, integrante, leccion):
    pagina = como(abrir(), integrante)
    pagina.goto(leccion)
    imagen = pagina.get_by_role("img", name="Un esquema con tres flechas.")
    imagen.evaluate("(i) => i.decode()")
    direccion = imagen.evaluate("(i) => i.currentSrc")
    assert pagina.evaluate(ANCHO, direccion) > 0
    otra = gente.crear_integrante("40000002", "Juan", "Tello Ponce", ubigeo=gente.DISTRITO_B)
    for ajena in (abrir(), como(abrir(), otra)):
        ajena.goto("/ayuda")
        assert ajena.evaluate(ANCHO, direccion) == 0
