"""«Salir rápido»: one touch, no question, no way back."""

import contextlib
import re

import pytest
from playwright.sync_api import Error, expect

from marco.models import AjustesDelAula
from tests.gente import CLAVE

CLIMA = "https://www.senamhi.gob.pe"


def lo_que_queda(pagina) -> str:
    """What the tab shows after going back, once it arrived: on its way the browser has no page to give."""
    for _vez in range(100):
        pagina.wait_for_load_state()
        try:
            return pagina.content()
        except Error as error:
            if "navigating" not in error.message:
                raise
            pagina.wait_for_timeout(100)
    raise AssertionError("el navegador no termina de volver")


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
    assert "Rosa" not in lo_que_queda(pagina)
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
    pagina = como(abrir(ancho=1280, salidas=(CLIMA,), trabajador=True), integrante)
    pagina.goto("/mi-cuenta")
    for _vez in range(3):
        pagina.keyboard.press("ShiftLeft")
    expect(pagina).to_have_title("clima")


# --- With no signal


def por_la_puerta(pagina, *, compartido: bool = False):
    """Go in as a person does: the session of the door has its companion on the phone."""
    pagina.goto("/entrar")
    pagina.get_by_label("DNI o código").fill("40000001")
    pagina.get_by_label("Clave", exact=True).fill(CLAVE)
    if compartido:
        pagina.get_by_label("Este celular lo usa otra persona").check()
    pagina.get_by_role("button", name="Entrar").click()
    pagina.wait_for_url("**/inicio")
    return pagina


def se_ve_el_tiempo(pagina):
    expect(pagina).to_have_title("El tiempo")
    expect(pagina.locator("body")).to_have_text(re.compile(r"^\s*El tiempo\s*Sin conexión\. Vuelva a .* tarde\.\s*$"))
    assert pagina.url.endswith("/tiempo")


def pide_la_clave(pagina):
    pagina.context.set_offline(False)
    pagina.goto("/inicio")
    expect(pagina.get_by_label("Clave", exact=True)).to_be_visible()
    assert "/entrar" in pagina.url and "Rosa" not in pagina.content()


@pytest.mark.parametrize("compartido", [False, True], ids=["propio", "prestado"])
def test_without_signal_the_weather_shows_and_the_next_request_asks_for_the_key(abrir, cem, integrante, compartido):
    pagina = por_la_puerta(abrir(), compartido=compartido)
    pagina.context.set_offline(True)
    pagina.get_by_role("button", name="Salir rápido").last.click()
    se_ve_el_tiempo(pagina)
    pide_la_clave(pagina)
    por_la_puerta(pagina)
    assert "Rosa" in pagina.content()


def test_without_signal_three_shifts_leave_as_well(abrir, como, cem, integrante):
    pagina = como(abrir(ancho=1280, trabajador=True), integrante)
    pagina.goto("/mi-cuenta")
    pagina.context.set_offline(True)
    for _vez in range(3):
        pagina.keyboard.press("ShiftLeft")
    se_ve_el_tiempo(pagina)
    pide_la_clave(pagina)


def test_the_neutral_page_opens_again_from_the_phone_and_history_says_nothing(abrir, cem, integrante):
    """The tab was closed after leaving, and there is still no signal. The entry that was left has no name of ours."""
    pagina = abrir()
    with pagina.expect_response("**/tiempo"):
        por_la_puerta(pagina)
    pagina.goto("/mi-cuenta")
    pagina.context.set_offline(True)
    pagina.get_by_role("button", name="Salir rápido").last.click()
    se_ve_el_tiempo(pagina)
    historia = pagina.context.new_cdp_session(pagina).send("Page.getNavigationHistory")
    assert historia["entries"][historia["currentIndex"]]["title"] == "El tiempo"

    otra = pagina.context.new_page()
    pagina.close()
    otra.goto("/tiempo")
    se_ve_el_tiempo(otra)
    pide_la_clave(otra)


def test_staff_leave_with_signal_and_without(abrir, como, cem, coordinadora_a):
    pagina = como(abrir(ancho=1280, salidas=(CLIMA,), trabajador=True), coordinadora_a)
    pagina.goto("/panel")
    pagina.context.set_offline(True)
    pagina.get_by_role("button", name="Salir rápido").last.click()
    se_ve_el_tiempo(pagina)
    pagina.context.set_offline(False)
    pagina.goto("/panel")
    assert "/entrar" in pagina.url

    como(pagina, coordinadora_a).goto("/panel/personas")
    pagina.get_by_role("button", name="Salir rápido").last.click()
    expect(pagina).to_have_title("clima")
    pagina.goto("/panel")
    assert "/entrar" in pagina.url


def test_leaving_in_one_tab_leaves_in_all(abrir, cem, integrante):
    una = por_la_puerta(abrir())
    otra = una.context.new_page()
    otra.goto("/mi-cuenta")
    una.context.set_offline(True)
    una.get_by_role("button", name="Salir rápido").last.click()
    se_ve_el_tiempo(una)
    se_ve_el_tiempo(otra)
    otra.context.set_offline(False)
    otra.goto("/mi-cuenta")
    assert "/entrar" in otra.url
    una.goto("/inicio")
    assert "/entrar" in una.url


def test_without_signal_back_returns_to_nothing(abrir, como, cem, integrante):
    pagina = como(abrir(), integrante)
    pagina.goto("/mi-cuenta")
    pagina.goto("/menu")
    pagina.context.set_offline(True)
    pagina.get_by_role("button", name="Salir rápido").last.click()
    se_ve_el_tiempo(pagina)
    with contextlib.suppress(Error):  # a page that is kept nowhere does not come back without signal
        pagina.go_back(wait_until="commit")
    assert "Rosa" not in lo_que_queda(pagina)
    pide_la_clave(pagina)


def test_a_lost_sign_out_is_sent_when_the_signal_returns(abrir, como, cem, integrante):
    """Connected to a network that leads nowhere: the browser believes that it has signal."""
    pagina = como(abrir(salidas=(CLIMA,)), integrante)
    pagina.goto("/mi-cuenta")
    pagina.context.route("**/salir", lambda ruta: ruta.abort())
    pagina.get_by_role("button", name="Salir rápido").last.click()
    se_ve_el_tiempo(pagina)
    pagina.context.unroute("**/salir")
    with pagina.expect_response("**/salir"):
        pagina.evaluate("dispatchEvent(new Event('online'))")
    se_ve_el_tiempo(pagina)
    assert "k_salida" not in {galleta["name"] for galleta in pagina.context.cookies()}
    pide_la_clave(pagina)


def test_a_page_that_the_browser_kept_is_not_shown_after_leaving(abrir, cem, integrante):
    """Back may bring a page as it was, without asking the server."""
    vuelve = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
    pagina = por_la_puerta(abrir())
    pagina.evaluate(vuelve)
    assert "Rosa" in pagina.content()
    pagina.context.request.post("/salir")
    pagina.evaluate(vuelve)
    expect(pagina.get_by_label("Clave", exact=True)).to_be_visible()

    pagina = por_la_puerta(pagina)
    pagina.context.set_offline(True)
    pagina.evaluate("document.cookie = 'k_salida=1;path=/'")
    pagina.evaluate(vuelve)
    se_ve_el_tiempo(pagina)
