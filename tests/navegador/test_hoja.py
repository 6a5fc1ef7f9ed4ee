"""The sheet of a module on paper, and the page of a course with lessons by seat, in a browser."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from cursos.models import Articulo, RedaccionDeArticulo
from cursos.services.publicacion import carga_en_bloque
from tests import gente
from tests.cursos.factories import Programa, crear_articulo, crear_leccion, crear_modulo

LINEA = "La comisaría recibe y registra la denuncia de inmediato, sin exigir otro papel, y avisa al juzgado de familia "
TAREA = "Anoten en una hoja a quién se llama primero en su distrito, con qué número y en cuánto tiempo responde. " * 4


def pasos(articulo: Articulo) -> list[dict[str, Any]]:
    cita = {"titulo": "T", "articulo": articulo.pk, "cita": "Cita.", "en_palabras_sencillas": "<p>Fácil.</p>"}
    lineas = [f"{n}. {LINEA}dentro de las 24 horas."[:160] for n in (1, 2, 3)]
    return [{"type": "cita", "value": cita}, {"type": "resumen", "value": {"titulo": "Recuerde", "lineas": lineas}}]


def articulos() -> list[Articulo]:
    primero = crear_articulo()
    otros = [
        Articulo.objects.create(norma=primero.norma, clave=f"ley-30364/{n}", numero=str(n), titulo="Otro")
        for n in range(40, 51)
    ]
    RedaccionDeArticulo.objects.bulk_create(
        RedaccionDeArticulo(articulo=uno, vigente_desde="2020-01-01", resumen="Dice.") for uno in otros
    )
    return [primero, *otros]


@pytest.fixture
def programa(territorio, integrante) -> Programa:
    """A full module of seven lessons, and the lessons of three seats."""
    programa = Programa(lecciones=2)
    citables = articulos()
    objetivos = "\n".join(
        f"{verbo} los plazos, las medidas y a quién le toca cada una" for verbo in ("ver", "oír", "ir")
    )
    with carga_en_bloque():
        lleno = crear_modulo(programa.pagina, "Plazos, medidas y quién responde", objetivos=objetivos, tarea=TAREA)
        programa.llenas = [
            crear_leccion(lleno, f"La lección {n}: lo que se hace en las primeras horas", pasos=pasos(citables[n]))
            for n in range(7)
        ]
        rutas = crear_modulo(programa.pagina, "Lo que le toca a su asiento", rutas=True)
        tipos = [gente.crear_asiento(gente.DISTRITO_A, orden=n, corto=f"Asiento {n}").tipo for n in (1, 2, 3)]
        for tipo in tipos:
            crear_leccion(rutas, f"Lo que hace el {tipo.corto}", asientos=[tipo])
    programa.inscribir(integrante)
    return programa


def hojas_de_papel(pagina: Page) -> int:
    with pikepdf.open(BytesIO(pagina.pdf(prefer_css_page_size=True))) as pdf:
        return len(pdf.pages)


@pytest.mark.parametrize("letra", ["", "mas-grande"])
def test_a_full_module_fits_one_page(abrir, como, programa, integrante, live_server, letra):
    pagina = como(abrir(), integrante)
    if letra:
        pagina.context.add_cookies([{"name": "k_letra", "value": letra, "url": live_server.url}])
    numero = programa.unidad(programa.llenas[0]).numero
    pagina.goto(f"/c/{programa.curso.numero}/m/{numero}/resumen")
    assert pagina.locator("h3").count() == 7
    assert hojas_de_papel(pagina) == 1
    pagina.emulate_media(media="print")
    expect(pagina.get_by_text("Línea 100, gratis, 24 horas · Policía 105")).to_be_visible()
    expect(pagina.get_by_role("link", name="Volver")).to_be_hidden()


@pytest.mark.parametrize("guiones", [True, False])
def test_the_button_to_print_is_there_only_with_scripts(abrir, como, programa, integrante, guiones):
    pagina = como(abrir(guiones=guiones), integrante)
    pagina.goto(f"/c/{programa.curso.numero}")
    pagina.get_by_role("link", name="Hoja con el resumen y la tarea").first.click()
    boton = pagina.get_by_role("button", name="Imprimir")
    (expect(boton).to_be_visible if guiones else expect(boton).to_be_hidden)()
    expect(pagina.get_by_text("desde el menú de su navegador")).to_be_visible()


def test_both_pages_have_no_fault_of_access(abrir, axe_en_dos_anchos, como, programa, integrante):
    pagina = como(abrir(ancho=320), integrante)
    base = f"/c/{programa.curso.numero}"
    for direccion in (base, f"{base}/m/{programa.unidad(programa.llenas[0]).numero}/resumen"):
        assert pagina.goto(direccion).status == 200
        axe_en_dos_anchos(pagina)


def test_the_lessons_of_other_seats_unfold(pagina_con_y_sin_guiones, como, programa, integrante):
    pagina = como(pagina_con_y_sin_guiones, integrante)
    pagina.goto(f"/c/{programa.curso.numero}")
    expect(pagina.get_by_role("link", name="Lo que hace el Asiento 1")).to_be_visible()
    otra = pagina.get_by_role("link", name="Lo que hace el Asiento 2")
    expect(otra).to_be_hidden()
    pagina.get_by_text("Ver lo que le toca a otros asientos").click()
    expect(otra).to_be_visible()
