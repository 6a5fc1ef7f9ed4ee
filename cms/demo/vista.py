"""A Chromium set up as the people of the programme have it: a phone of 360 px, Spanish of Peru."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from . import chromium
from .chromium import PACIENCIA
from .proceso import Aula

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CELULAR = {"width": 360, "height": 740}
ESCRITORIO = {"width": 1280, "height": 800}


@contextmanager
def abrir_navegador(*argumentos: str) -> Iterator[Browser]:
    """Start the Chromium of this machine, with what else it is told."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as motor:
        navegador = motor.chromium.launch(
            executable_path=chromium.ejecutable(), args=[*chromium.ARGUMENTOS, *argumentos]
        )
        yield navegador
        navegador.close()


def contexto(
    navegador: Browser, url: str, *, ancho: int, guiones: bool = True, trabajador: bool = True
) -> BrowserContext:
    """A browser of its own: nothing is shared with the others. Without ``trabajador`` it has no service worker."""
    celular = ancho < 800
    uno = navegador.new_context(
        base_url=url,
        locale="es-PE",
        timezone_id="America/Lima",
        viewport={**CELULAR, "width": ancho} if celular else {**ESCRITORIO, "width": ancho},
        has_touch=celular,
        is_mobile=celular,
        java_script_enabled=guiones,
        service_workers="allow" if trabajador else "block",
    )
    uno.set_default_timeout(PACIENCIA)
    return uno


def entrar(pagina: Page, aula: Aula, usuario: str) -> None:
    """Walk through the door as a person would."""
    pagina.goto("/entrar" if usuario.isdigit() else "/entrar?letras")
    pagina.locator("input[name=identificador]").fill(usuario)
    pagina.locator("input[name=clave]").fill(aula.entradas[usuario])
    pagina.locator("main form button[type=submit]").last.click()
    pagina.wait_for_url(lambda url: "/entrar" not in url)


def abrir(hoja: Page, pagina: dict[str, Any]) -> int:
    """Open an example of a kind of page, touch what leads to it, and return the status of the address."""
    respuesta = hoja.goto(pagina["ruta"], wait_until="networkidle")
    for toque in pagina["toques"]:
        if toque == "*":
            opciones = hoja.locator("main input[type=radio], main input[type=checkbox]")
            if opciones.count():
                opciones.first.check(force=True)
            continue
        boton = hoja.get_by_role("button", name=toque, exact=True)
        if boton.count():
            with hoja.expect_navigation(wait_until="networkidle"):  # what is answered waits for its packet to arrive
                boton.first.click()
    return respuesta.status if respuesta else 0
