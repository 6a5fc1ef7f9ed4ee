"""What people said is read place by place; who wrote a course sees how it goes, and nobody in it."""

from __future__ import annotations

import re

import pytest

from tests import gente
from tests.cursos.factories import Programa
from tests.seguimiento import factories as f
from tests.seguimiento import voces as v
from tests.seguimiento.test_salud import andar

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edicion(cem_provincial):
    """Two districts that answered and one of few; ten people with both marks."""
    f.crear_tercer_distrito()
    version = f.crear_curso()
    edicion = f.abrir(version)
    encuesta = v.crear_encuesta(version, tipos="una varias")
    for ubigeo, cuantas, sector in (
        (f.A, 9, "salud"),
        (f.A, 6, "policia"),
        (f.B, 7, "salud"),
        (f.B, 5, "policia"),
        (f.C, 3, "salud"),
    ):
        for n in range(cuantas):
            elegidas = [["mucho"] if n < 6 else ["poco"], ["mucho", "nada"] if n < 5 else ["poco"]]
            v.responder(v.inscripcion_en(ubigeo, edicion), encuesta, *elegidas, cuando=f.hace(70), sector=sector)
    for n in range(12):
        v.con_notas(v.inscripcion_en(f.A, edicion), version, entrada=8, final=12 + n % 4, cuando=f.hace(70))
    for n in range(6):
        f.integrante(f.A, edicion, numero=n + 1, hechas=1 + n % 3, dias=20)
    return edicion


@pytest.mark.parametrize(("ancho", "guiones"), [(360, False), (1280, True)])
def test_the_results_of_a_survey_are_read_by_place_and_sector(
    abrir, axe, como, edicion, cem_provincial, ancho, guiones
):
    pagina = como(abrir(ancho=ancho, guiones=guiones), cem_provincial)

    def mirar() -> None:
        if guiones:
            axe(pagina)
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, pagina.url

    pagina.goto(f"/panel/curso/{edicion.curso.numero}")
    pagina.get_by_role("link", name="Salud del curso").click()
    assert "Empezaron 6 personas" in pagina.locator("main").inner_text()
    assert "sin actividad en 14 días: 6" in pagina.locator("main").inner_text()
    mirar()
    pagina.go_back()
    pagina.get_by_role("link", name="Resultados: lo que dijeron y lo que aprendieron").click()
    assert "27 respuestas" in pagina.locator("main").inner_text()
    mirar()
    pagina.get_by_label("Sector", exact=True).select_option("Salud")
    pagina.get_by_role("button", name="Ver resultados").click()
    assert "16 respuestas" in pagina.locator("main").inner_text()
    mirar()
    pagina.get_by_label("Sector", exact=True).select_option("")
    pagina.get_by_label("Lugar", exact=True).select_option(f.C)
    pagina.get_by_role("button", name="Ver resultados").click()
    assert "Todavía no se muestran" in pagina.locator("main").inner_text()
    mirar()


def test_who_writes_a_course_sees_how_it_goes_from_the_editor(abrir, axe, como, territorio, capacitadora):
    programa = Programa(lecciones=3, pasos=2)
    for n in range(8):
        inscripcion = programa.inscribir(gente.crear_integrante(f"4200000{n}", "Rosa", f"Quispe {n}"))
        andar(inscripcion, *(12, 20)[: 1 + n // 3], ultima=20)
    for ancho in (1280, 360):
        pagina = como(abrir(ancho=ancho), capacitadora)
        pagina.goto(f"/admin/pages/{programa.pagina.pk}/edit/")
        pagina.get_by_role("button", name=re.compile("Acciones|Actions")).first.click()
        pagina.get_by_role("link", name="Salud del curso").first.click()
        assert pagina.get_by_role("heading", name="Salud del curso").is_visible()
        assert "Empezaron 8 personas" in pagina.locator("main").inner_text()
        assert "Quispe" not in pagina.locator("main").inner_text()
        axe(pagina)
