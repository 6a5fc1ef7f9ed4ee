"""What comes out of the printer reaches the acta of a session: who sits where, never how each person is doing."""

from __future__ import annotations

import re
import subprocess

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests import gente
from tests.seguimiento import factories as f

ESTADOS = re.compile(
    r"necesita ayuda|\bayuda\b|en curso|no empez|terminó|completo|por completar|\d+ de \d+ partes|hace \d+ días"
    r"|sin actividad|todavía no entra|ya entró|último ingreso|entró por última|intentos?\b",
    re.IGNORECASE,
)


@pytest.fixture
def edicion(cem_provincial):
    """A table of eight with somebody in each situation, and another of one person."""
    version = f.crear_curso()
    edicion = f.abrir(version)
    for numero, hechas in enumerate((4, 4, 1, 1, 3, 0, 0), 1):
        f.integrante(f.A, edicion, codigo="T-04", numero=numero, nombres=f"Rosa {'ABCDEFG'[numero - 1]}", hechas=hechas)
    sin_aprobar = f.integrante(f.A, edicion, codigo="T-05", nombres="Nélida", hechas=1)
    for _vez in range(2):
        f.intentar(sin_aprobar, version, aprobado=False)
    f.crear_asiento(f.A, "T-06")
    f.integrante(f.B, edicion, codigo="T-05", nombres="Wilder", hechas=0)
    return edicion


def en_papel(pagina: Page, ruta: str) -> str:
    """Print a page as its button does, and read the paper."""
    assert pagina.goto(ruta).status == 200
    pdf = pagina.pdf(prefer_css_page_size=True)
    salida = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)  # noqa: S607
    return " ".join(salida.stdout.decode().split())


@pytest.mark.parametrize("ancho", [360, 1280])
def test_the_sheet_of_a_district_says_who_sits_and_never_how_they_are_doing(
    abrir, como, edicion, cem_provincial, ancho
):
    papel = en_papel(como(abrir(ancho=ancho), cem_provincial), f"/panel/distrito/{f.A}")
    assert "Rosa A Campos Ríos" in papel and "Nélida Campos Ríos" in papel and "Vacante" in papel
    assert "Asientos con persona: 8 de 9. Asientos sin persona: 1." in papel
    assert "Ya hay integrantes que terminaron, de 8." in papel
    assert not ESTADOS.search(papel.replace("integrantes que terminaron", "")), papel


def test_the_sheet_of_a_table_of_one_gives_no_count_of_people(abrir, como, edicion, cem_provincial):
    papel = en_papel(como(abrir(), cem_provincial), f"/panel/distrito/{f.B}")
    assert "Wilder Campos Ríos" in papel
    assert "terminaron" not in papel and not ESTADOS.search(papel), papel


@pytest.mark.parametrize(
    "ruta",
    ["/panel/lista?ver=ayuda", "/panel/lista?ver=integrantes", "/panel/lista?ver=incompletos", "/panel/recordar"],
)
def test_lists_of_how_people_are_doing_are_not_printed(abrir, como, edicion, cem_provincial, ruta):
    papel = en_papel(como(abrir(ancho=1280), cem_provincial), ruta)
    assert "Esta página no se imprime" in papel
    assert "Campos" not in papel and "Asiento T-" not in papel


def test_the_page_of_a_person_is_not_printed(abrir, como, edicion, cem_provincial):
    persona = edicion.inscripciones.first().persona
    papel = en_papel(como(abrir(), cem_provincial), f"/panel/persona/{persona.pk}")
    assert "Esta página no se imprime" in papel and "Campos" not in papel


def test_the_people_of_a_table_are_printed_without_when_they_entered(abrir, como, edicion, cem_provincial):
    papel = en_papel(como(abrir(ancho=1280), cem_provincial), reverse("kuska_instancias:personas"))
    assert "Rosa A Campos Ríos" in papel
    assert not ESTADOS.search(papel), papel


def poblar(edicion, ubigeo: str, cuantos: int, terminaron: int, *, dias: int = 40) -> None:
    for numero in range(1, cuantos + 1):
        hechas = 4 if numero <= terminaron else 0
        f.integrante(ubigeo, edicion, codigo="T-07", numero=numero, nombres=f"Olga {numero}", hechas=hechas, dias=dias)


def test_the_panel_of_a_province_prints_sums_that_point_at_nobody_and_no_seat(abrir, como, edicion, cem_provincial):
    """At A two of eight finished: it is not told, nor what is left of the total without the others."""
    poblar(edicion, f.PROVINCIA, 12, 6)
    poblar(edicion, f.B, 14, 8)
    papel = en_papel(como(abrir(ancho=1280), cem_provincial), "/panel")
    assert "16 de 35" in papel and "8 de 15" in papel, papel
    assert "2 de 8" not in papel and "6 de 12" not in papel, papel
    assert "alcaldía al día" not in papel and "asientos sin persona" in papel
    assert "Asiento T-04" not in papel and "Ayuda" not in papel and "No empezó" not in papel


def test_neither_colour_nor_border_nor_letters_tell_on_paper_how_the_silent_ones_are_doing(
    abrir, como, edicion, cem_provincial
):
    """On paper, those where less than one in five finished had a border and the others had none."""
    poblar(edicion, f.PROVINCIA, 12, 1)
    poblar(edicion, f.B, 3, 3)
    pagina = como(abrir(ancho=1280), cem_provincial)
    pagina.goto("/panel")
    pagina.emulate_media(media="print")
    suyo = "const e = getComputedStyle(una); return [e.borderColor, e.backgroundColor, e.color].join()"
    calladas = ".k-tesela--pocos:not(.k-tesela--total)"
    estilos = pagina.eval_on_selector_all(calladas, f"todas => todas.map(una => {{ {suyo} }})")
    assert len(estilos) == 3 and len(set(estilos)) == 1, estilos


def test_where_few_finished_the_printed_panel_says_of_people_nothing(abrir, como, edicion, cem_provincial):
    papel = en_papel(como(abrir(ancho=1280), cem_provincial), "/panel")
    assert "asientos sin persona" in papel
    assert not re.search(r"\b[02] de [1589]\b(?! asientos)|\+\d este mes|sin actividad|terminaron \(", papel), papel


def test_the_printed_course_says_of_no_part_that_few_finished_it(abrir, como, edicion, cem_provincial):
    poblar(edicion, f.PROVINCIA, 12, 6)
    papel = en_papel(como(abrir(ancho=1280), cem_provincial), "/panel/curso/900")
    assert "8 de 21" in papel and "Preguntas difíciles" not in papel, papel
    assert not re.search(r"\b[0-4] de 21", papel), papel


@pytest.mark.parametrize("ruta", ["/panel", "/panel/mapa", "/panel/curso/900"])
def test_whoever_follows_one_table_prints_its_page_and_not_its_sums(abrir, como, edicion, ruta):
    papel = en_papel(como(abrir(), gente.crear_coordinacion("solo-a", f.A)), ruta)
    assert "Esta página no se imprime" in papel and "de 8" not in papel
