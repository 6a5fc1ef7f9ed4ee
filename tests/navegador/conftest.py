"""A real browser against a live server: phone by default, Spanish of Peru, nothing leaves our origin."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from cms.demo import chromium
from cms.demo.chromium import PACIENCIA
from cms.demo.vista import CELULAR, ESCRITORIO, abrir_navegador
from cms.demo.vista import contexto as nuevo_contexto
from tests.navegador import whatsapp as whatsapp_de_prueba
from tests.navegador.guion_de_axe import guion_de_axe

AQUI = Path(__file__).parent
T = TypeVar("T")
# Pages that live for a moment: their scripts are not made faster for a long life.
DE_PASO = ("--js-flags=--no-opt --no-maglev --no-lazy-feedback-allocation",)
expect.set_options(timeout=PACIENCIA)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser: mark it, and leave it out where there is none."""
    sin_navegador = pytest.mark.skip(reason="no hay Chromium en esta máquina")
    for item in items:
        if AQUI in Path(item.path).parents:
            item.add_marker(pytest.mark.navegador)
            if chromium.ejecutable() is None:
                item.add_marker(sin_navegador)


@pytest.fixture(scope="session")
def whatsapp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[whatsapp_de_prueba.Servidor]:
    with whatsapp_de_prueba.encendido(tmp_path_factory.mktemp("whatsapp")) as servidor:
        yield servidor


@pytest.fixture(scope="session")
def navegador(whatsapp: whatsapp_de_prueba.Servidor) -> Iterator[Browser]:
    """One Chromium for the whole run; contexts are cheap and separate."""
    # Playwright's sync API keeps an event loop in this thread, which Django would take for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    if motivo := chromium.problema():
        # Once, and not as the error of each test.
        pytest.exit(f"{motivo}. En Debian: sudo apt-get install chromium-headless-shell libatomic1", 4)
    with abrir_navegador(*whatsapp.argumentos, *DE_PASO) as chrome:
        yield chrome
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture(scope="session", autouse=True)
def _se_toca_lo_que_llego() -> Iterator[None]:
    """A page is touched once its scripts are there, and what a touch leads to is read once it is there.

    Playwright touches what it sees, though what listens to it is still on its way; and then waits until the answer
    begins: a title or a text asked for at once may be those of a page still empty.
    """
    with pytest.MonkeyPatch.context() as parche:
        for acto in ("check", "click", "fill", "press", "select_option", "tap"):
            parche.setattr(Locator, acto, llegando(getattr(Locator, acto)))
        parche.setattr(Page, "evaluate", cuando_llego(Page.evaluate))
        yield


def llegando(acto: Callable[..., T]) -> Callable[..., T]:
    @wraps(acto)
    def tocar(lugar: Locator, *args: Any, **opciones: Any) -> T:
        lugar.page.wait_for_load_state()
        hecho = acto(lugar, *args, **opciones)
        lugar.page.wait_for_load_state()
        return hecho

    return tocar


def cuando_llego(decir: Callable[..., T]) -> Callable[..., T]:
    """What is told to a page, as an event, is heard by scripts that are there."""

    @wraps(decir)
    def decirle(pagina: Page, *args: Any, **opciones: Any) -> T:
        pagina.wait_for_load_state()
        return decir(pagina, *args, **opciones)

    return decirle


# A status of 4xx is what some tests are about, and so is losing the signal while the service worker is asked for; the
# tests assert it themselves.
DE_LA_RED = ("Failed to load resource", "error occurred when fetching the script")


@dataclass
class Vigilancia:
    """What a context asked for and complained about."""

    origen: str
    permitidos: set[str] = field(default_factory=set)
    fuera: list[str] = field(default_factory=list)
    quejas: list[str] = field(default_factory=list)

    def anotar_pedido(self, url: str) -> None:
        partes = urlsplit(url)
        if partes.scheme in {"data", "blob", "about", "chrome-error"}:
            return
        origen = f"{partes.scheme}://{partes.netloc}"
        if origen != self.origen and origen not in self.permitidos:
            self.fuera.append(url)

    def anotar_consola(self, mensaje: ConsoleMessage) -> None:
        if mensaje.type == "error" and not any(dicho in mensaje.text for dicho in DE_LA_RED):
            self.quejas.append(mensaje.text)


@pytest.fixture
def abrir(navegador: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open a page in a context of its own: ``abrir()``, ``abrir(guiones=False)``, ``abrir(ancho=1280)``.

    The phone of every day has its service worker, a third of what a new browser takes for a few pages. At another
    width, where pages are only looked at, it is asked for: ``abrir(ancho=1280, trabajador=True)``.
    At the end every context must have asked nothing outside our origin and printed no error (a blocked inline
    script prints one).
    """
    contextos: list[tuple[BrowserContext, Vigilancia]] = []

    def abrir_pagina(
        *,
        guiones: bool = True,
        ancho: int = CELULAR["width"],
        salidas: tuple[str, ...] = (),
        trabajador: bool | None = None,
    ) -> Page:
        con_trabajador = ancho == CELULAR["width"] if trabajador is None else trabajador
        contexto = nuevo_contexto(navegador, live_server.url, ancho=ancho, guiones=guiones, trabajador=con_trabajador)
        vigilancia = Vigilancia(live_server.url, permitidos=set(salidas))
        for salida in salidas:
            contexto.route(f"{salida}/**", lambda ruta: ruta.fulfill(status=200, body="<title>clima</title>"))
        contexto.on("request", lambda pedido: vigilancia.anotar_pedido(pedido.url))
        contexto.on("console", vigilancia.anotar_consola)
        contextos.append((contexto, vigilancia))
        return contexto.new_page()

    yield abrir_pagina
    fuera: list[str] = []
    quejas: list[str] = []
    for contexto, vigilancia in contextos:
        contexto.close()
        fuera += vigilancia.fuera
        quejas += vigilancia.quejas
    assert not fuera, f"Pedidos fuera de nuestro origen: {fuera}"
    assert not quejas, f"Errores en la consola: {quejas}"


@pytest.fixture
def pagina(abrir: Callable[..., Page]) -> Page:
    return abrir()


@pytest.fixture(params=[True, False], ids=["con_guiones", "sin_guiones"])
def pagina_con_y_sin_guiones(request: pytest.FixtureRequest, abrir: Callable[..., Page]) -> Page:
    """The same story twice: scripts only add comfort."""
    return abrir(guiones=request.param)


@pytest.fixture
def como(live_server) -> Callable[[Page, Any], Page]:
    """``como(pagina, integrante)``: sign the page's context in, without walking through the door each time."""

    def poner(pagina: Page, quien: Any) -> Page:
        cliente = Client()
        cliente.force_login(getattr(quien, "cuenta", quien))
        galleta = cliente.cookies[settings.SESSION_COOKIE_NAME]
        pagina.context.add_cookies([{"name": galleta.key, "value": galleta.value, "url": live_server.url}])
        return pagina

    return poner


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Fail with the rule, the element and the remedy when axe finds a fault on the page."""
    # What passed is neither gathered nor brought here, and nothing is asked again of the server: half of the work.
    opciones = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        "resultTypes": ["violations"],
        "preload": False,
    }
    guion = guion_de_axe()

    def revisar(pagina: Page, *, sin: tuple[str, ...] = ()) -> None:
        reglas = {"rules": {regla: {"enabled": False} for regla in sin}}
        if not pagina.evaluate("() => 'axe' in window"):
            pagina.evaluate(guion)
        hallado = "opciones => axe.run(opciones).then(dicho => dicho.violations)"
        faltas = pagina.evaluate(hallado, {**opciones, **reglas})
        lineas = [
            f"{falta['id']}: {falta['help']} → {nodo['html'][:160]}" for falta in faltas for nodo in falta["nodes"][:3]
        ]
        assert not lineas, f"{pagina.url}\n" + "\n".join(lineas)

    return revisar


ANCHOS = (320, ESCRITORIO["width"])


@pytest.fixture(scope="session")
def axe_en_dos_anchos(axe: Callable[..., None]) -> Callable[[Page], None]:
    """Look at a page, asked for once, as it is on the smallest phone and at a desk: axe, and nothing off its side."""

    def revisar(pagina: Page) -> None:
        suyo = pagina.viewport_size or CELULAR
        for ancho in ANCHOS:
            pagina.set_viewport_size({**suyo, "width": ancho})
            axe(pagina)
            lleno = pagina.evaluate("document.documentElement.scrollWidth")
            assert lleno <= ancho, f"{pagina.url}: a {ancho} px hay que desplazarse de lado"
        pagina.set_viewport_size(suyo)

    return revisar


@dataclass
class Peso:
    """Compressed bytes of one cold load, by kind, and how many requests it took."""

    html: int = 0
    css: int = 0
    js: int = 0
    imagenes: int = 0
    otros: int = 0
    pedidos: int = 0

    @property
    def total(self) -> int:
        return self.html + self.css + self.js + self.imagenes + self.otros


@pytest.fixture
def pesar(abrir: Callable[..., Page]) -> Callable[..., Peso]:
    """Load an address cold and weigh it as it would travel: text gzipped, pictures as they are."""

    def pesar_direccion(ruta: str, *, cookies: list | None = None) -> Peso:
        pagina = abrir()
        if cookies:
            pagina.context.add_cookies(cookies)
        respuestas: list[Response] = []
        pagina.on("response", lambda respuesta: respuestas.append(respuesta))
        pagina.goto(ruta, wait_until="networkidle")
        # The icon is both picture and favicon: a browser with its cache asks for it once.
        peso = Peso(pedidos=len({respuesta.url for respuesta in respuestas}))
        for respuesta in respuestas:
            if respuesta.status >= 300:
                continue
            tipo = respuesta.headers.get("content-type", "")
            cuerpo = respuesta.body()
            nombre = next((n for n, marca in TIPOS if marca in tipo), "otros")
            comprimido = cuerpo if "image/" in tipo and "svg" not in tipo else gzip.compress(cuerpo, 6)
            setattr(peso, nombre, getattr(peso, nombre) + len(comprimido))
        return peso

    return pesar_direccion


TIPOS = (("html", "text/html"), ("css", "text/css"), ("js", "javascript"), ("imagenes", "image/"))
