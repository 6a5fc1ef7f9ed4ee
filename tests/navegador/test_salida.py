"""«Salir rápido»: one touch, no question, no way back."""

import pytest
from playwright.sync_api import expect

from instancias.models import AjustesDelAula

CLIMA = "https://www.senamhi.gob.pe"


@pytest.mark.parametrize("guiones", [True, False], ids=["con_guiones", "sin_guiones"])
def test_quick_exit_closes_the_session_and_leaves_no_way_back(abrir, como, cem, integrante, guiones):
    assert AjustesDelAula.actuales().pagina_de_salida.startswith(CLIMA)
    pagina = como(abrir(guiones=guiones, salidas=(CLIMA,)), integrante)
    pagina.goto("/ayuda")
    pagina.goto("/mi-cuenta")
    assert pagina.url.endswith("/mi-cuenta")

    pagina.locator("header, main").get_by_role("button", name="Salir rápido").first.click()
    expect(pagina).to_have_title("clima")

    pagina.go_back()
    assert "Rosa" not in pagina.content()
    pagina.goto("/mi-cuenta")
    assert "/entrar" in pagina.url


def test_quick_exit_is_the_second_stop_of_the_keyboard(abrir, como, cem, integrante):
    pagina = como(abrir(ancho=1280), integrante)
    pagina.goto("/mi-cuenta")
    pagina.keyboard.press("Tab")
    expect(pagina.locator(":focus")).to_have_text("Ir al contenido")
    pagina.keyboard.press("Tab")
    expect(pagina.locator(":focus")).to_contain_text("Salir rápido")


def test_three_shifts_leave_the_page(abrir, como, cem, integrante):
    pagina = como(abrir(ancho=1280, salidas=(CLIMA,)), integrante)
    pagina.goto("/mi-cuenta")
    for _vez in range(3):
        pagina.keyboard.press("ShiftLeft")
    expect(pagina).to_have_title("clima")
