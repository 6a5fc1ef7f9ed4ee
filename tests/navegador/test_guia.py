"""The pocket guide in a browser: one page with everything, with and without scripts, and nothing left behind."""

import pytest
from playwright.sync_api import expect

from tests.programas.factories import cargar_la_guia

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def guia(territorio, integrante):
    cargar_la_guia()


def test_what_is_told_and_who_hears_it_lead_to_three_steps(pagina_con_y_sin_guiones, como, integrante, guia):
    pagina = como(pagina_con_y_sin_guiones, integrante)
    pagina.goto("/inicio")
    pagina.get_by_role("link", name="Alguien me cuenta un caso").click()
    pagina.context.set_offline(True)  # the page is whole: what is touched asks for nothing
    pagina.get_by_text("No quiere denunciar").click()
    abierta = pagina.locator("details", has_text="No quiere denunciar").first
    expect(abierta.get_by_text("«Respeto su tiempo.")).to_be_visible()
    abierta.get_by_text("Colegio o UGEL").click()
    expect(abierta.locator("ol:visible li")).to_have_count(3)
    assert pagina.url.endswith("/guia"), "lo que se toca no queda en la dirección"
    assert "Guía" in pagina.title()
    pagina.context.set_offline(False)
    pagina.reload()
    expect(pagina.locator("details[open]")).to_have_count(0)
    expect(pagina.get_by_role("button", name="Salir rápido").last).to_be_visible()


def test_the_guide_has_no_fault_of_access(abrir, axe_en_dos_anchos, guia):
    pagina = abrir(ancho=320)
    pagina.goto("/guia")
    axe_en_dos_anchos(pagina)
    pagina.get_by_text("Hubo violencia sexual").click()
    pagina.locator("details[open] summary", has_text="Establecimiento de salud").click()
    axe_en_dos_anchos(pagina)


def test_it_opens_without_signal_though_nobody_opened_it_before(abrir, como, integrante, guia):
    pagina = como(abrir(), integrante)
    pagina.goto("/inicio")
    pagina.evaluate(
        "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller || new Promise(listo => {"
        " navigator.serviceWorker.oncontrollerchange = listo }))"
    )
    pagina.context.set_offline(True)
    pagina.goto("/guia")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Alguien me cuenta un caso: ¿qué hago?")
    pagina.get_by_text("Está en peligro ahora").click()
    expect(pagina.get_by_text("«Le creo. Lo primero es que usted esté a salvo».")).to_be_visible()
    # It is nobody's: what the phone forgets of a person when they leave is not this.
    pagina.get_by_role("button", name="Salir rápido").last.click()
    pagina.goto("/guia")
    expect(pagina.get_by_text("Está en peligro ahora")).to_be_visible()
    pagina.goto("/inicio")
    expect(pagina.get_by_text("Alguien me cuenta un caso")).to_have_count(0)
