"""Without signal: what was read is still there, and it is of one person only."""

import re

import pytest
from playwright.sync_api import expect

from tests import gente
from tests.cursos.factories import Programa, crear_leccion, paso
from tests.gente import CLAVE

pytestmark = pytest.mark.django_db(transaction=True)
NEUTRAL = "Esta página no está guardada en su celular. Vuelva cuando tenga señal."


@pytest.fixture
def programa(territorio, cem, integrante):
    programa = Programa(lecciones=1)
    programa.inscribir(integrante)
    programa.leccion = crear_leccion(programa.modulos[0], "Rutas", pasos=[paso("Uno"), paso("Dos"), paso("Tres")])
    programa.base = f"/c/{programa.curso.numero}/{programa.unidad(programa.leccion).numero}"
    return programa


def con_trabajador(pagina):
    """Wait until the service worker stands before the page."""
    pagina.evaluate(
        "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller || new Promise(listo => {"
        " navigator.serviceWorker.oncontrollerchange = listo }))"
    )
    return pagina


def sin_senal(pagina):
    pagina.context.set_offline(True)


def entrar_por_la_puerta(pagina, documento="40000001"):
    pagina.goto("/entrar")
    pagina.get_by_label("DNI o código").fill(documento)
    pagina.get_by_label("Clave", exact=True).fill(CLAVE)
    pagina.get_by_role("button", name="Entrar").click()
    pagina.wait_for_url("**/inicio")
    return pagina


def titulo(pagina):
    return pagina.get_by_role("heading", level=1)


def test_the_page_one_was_on_and_the_next_are_there_without_signal(abrir, como, integrante, programa):
    pagina = como(abrir(), integrante)
    pagina.goto(f"{programa.base}/1")
    con_trabajador(pagina).reload()
    expect(titulo(pagina)).to_have_text("Uno")
    sin_senal(pagina)
    pagina.reload()
    expect(titulo(pagina)).to_have_text("Uno")
    pagina.goto("/mis-certificados")
    expect(pagina.locator("main")).to_contain_text(NEUTRAL)
    pagina.go_back()
    expect(titulo(pagina)).to_have_text("Uno")


@pytest.mark.parametrize("como_se_va", ["sin_senal", "con_senal"])
def test_after_leaving_no_page_of_the_person_is_shown(abrir, integrante, programa, como_se_va):
    pagina = entrar_por_la_puerta(abrir(salidas=("https://www.senamhi.gob.pe",)))
    con_trabajador(pagina).goto(f"{programa.base}/1")
    sin_senal(pagina)
    pagina.reload()
    expect(titulo(pagina)).to_have_text("Uno")
    pagina.context.set_offline(como_se_va == "sin_senal")
    pagina.get_by_role("button", name="Salir rápido").last.click()
    expect(pagina).to_have_title(re.compile("El tiempo|clima"))
    sin_senal(pagina)
    otra = pagina.context.new_page()
    otra.goto(f"{programa.base}/1")
    expect(titulo(otra)).to_have_text(re.compile("El tiempo|Sin señal"))
    assert "Uno" not in otra.content()


def test_another_person_on_the_same_phone_finds_nothing_of_the_first(abrir, como, integrante, programa):
    pagina = como(abrir(), integrante)
    pagina.goto(f"{programa.base}/1")
    con_trabajador(pagina).goto(f"{programa.base}/1")
    otra = gente.crear_integrante("40000077", "Ana", "Flores")
    como(pagina, otra).goto("/inicio")
    sin_senal(pagina)
    pagina.goto(f"{programa.base}/1")
    expect(pagina.locator("main")).to_contain_text(NEUTRAL)
