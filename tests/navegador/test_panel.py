"""The panel in a browser: axe, width, weight, and what works without scripts."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from tests import gente
from tests.seguimiento import factories as f

RUTAS = [
    "/panel",
    f"/panel/distrito/{f.A}",
    "/panel/mapa",
    "/panel/curso/900",
    "/panel/lista?ver=integrantes",
    "/panel/lista?ver=asientos",
    "/panel/recordar",
    "/panel/como-se-cuenta",
    f"/panel?al={timezone.localdate() - datetime.timedelta(days=5)}",
    f"/panel/distrito/{f.A}?al={timezone.localdate() - datetime.timedelta(days=5)}",
    "/panel?al=nunca",
]
CUADRADO = [[[-76.0, -9.0], [-75.9, -9.0], [-75.9, -9.1], [-76.0, -9.1], [-76.0, -9.0]]]


@pytest.fixture
def con_gente(cem_provincial):
    """Two tables with somebody in each situation, and outlines for the map."""
    f.crear_tercer_distrito().__class__.objects.filter(nivel="distrito").update(contorno=CUADRADO)
    version = f.crear_curso()
    edicion = f.abrir(version)
    f.abrir(version, nombre="Otra edición", inicia=gente.DESDE)
    for ubigeo in (f.PROVINCIA, f.A, f.B):
        f.integrante(ubigeo, edicion, codigo="T-01", nombres="Rosa Elena", hechas=4, dias=2)
        f.integrante(ubigeo, edicion, codigo="T-02", hechas=1, dias=20)
        f.integrante(ubigeo, edicion, codigo="T-03", hechas=3, dias=2)
        f.crear_asiento(ubigeo, "T-04")
        for numero in (1, 2):
            f.integrante(ubigeo, edicion, codigo="T-06", numero=numero, hechas=numero)
    return cem_provincial


def entrar(pagina, live_server, client, cuenta) -> None:
    client.force_login(cuenta)
    galleta = client.cookies["sessionid"].value
    pagina.context.add_cookies([{"name": "sessionid", "value": galleta, "url": live_server.url}])


def test_staff_pages_have_no_fault_of_access_nor_sideways_scroll(
    abrir, axe_en_dos_anchos, con_gente, live_server, client
):
    pagina = abrir(ancho=320)
    entrar(pagina, live_server, client, con_gente)
    for ruta in RUTAS:
        assert pagina.goto(ruta).status == 200, ruta
        axe_en_dos_anchos(pagina)


@pytest.mark.parametrize("ancho", [320, 360])
def test_the_menu_of_a_phone_is_one_line_that_opens_without_scripts(abrir, con_gente, live_server, client, ancho):
    pagina = abrir(ancho=ancho, guiones=False)
    entrar(pagina, live_server, client, con_gente)
    pagina.goto("/panel")
    assert pagina.locator(".k-nav").bounding_box()["height"] < 60
    plegado = pagina.locator(".k-nav summary")
    assert "Panel" in plegado.inner_text()
    assert not pagina.locator(".k-nav a").first.is_visible()
    plegado.press("Enter")
    assert pagina.locator(".k-nav a[aria-current=page]").inner_text() == "Panel"
    for enlace in pagina.locator(".k-nav a").all():
        caja = enlace.bounding_box()
        assert caja["x"] >= 0 and caja["x"] + caja["width"] <= ancho, enlace.inner_text()


def test_a_wide_screen_shows_the_whole_menu(abrir, con_gente, live_server, client):
    pagina = abrir(ancho=1280)
    entrar(pagina, live_server, client, con_gente)
    pagina.goto("/panel")
    assert not pagina.locator(".k-nav summary").is_visible()
    assert all(enlace.is_visible() for enlace in pagina.locator(".k-nav a").all())
    assert pagina.locator(".k-nav").bounding_box()["height"] < 60, "el menú no cabe en una línea"


def test_the_panel_fits_its_weight(pesar, con_gente, client):
    client.force_login(con_gente)
    galleta = {"name": "sessionid", "value": client.cookies["sessionid"].value, "domain": "localhost", "path": "/"}
    peso = pesar("/panel", cookies=[galleta])
    assert peso.html <= 40 * 1024
    assert peso.css <= 20 * 1024
    assert peso.total <= 120 * 1024
    assert peso.pedidos <= 10


def test_a_reminder_is_written_down_with_and_without_scripts(pagina_con_y_sin_guiones, con_gente, live_server, client):
    pagina = pagina_con_y_sin_guiones
    entrar(pagina, live_server, client, con_gente)
    pagina.goto("/panel/recordar")
    antes = pagina.locator(".k-recordar__fila").count()
    assert antes > 1
    pagina.get_by_role("button", name="Ya avisé").first.click()
    assert "7 días" in pagina.locator("[role=status]").first.inner_text()
    assert pagina.locator(".k-recordar__fila").count() == antes - 1


def test_a_phone_reads_the_matrix_as_lists_and_a_desk_as_a_table(abrir, con_gente, live_server, client):
    for ancho, tabla in ((360, False), (1280, True)):
        pagina = abrir(ancho=ancho)
        entrar(pagina, live_server, client, con_gente)
        pagina.goto("/panel")
        assert pagina.locator(".k-matriz").is_visible() is tabla
        assert pagina.locator(".k-solo-celular").first.is_visible() is not tabla
