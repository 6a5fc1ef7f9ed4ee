"""The demonstration as somebody meets it: it starts, its doors open, every kind of page is sound, and it stops."""

from __future__ import annotations

import gzip
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response
from playwright.sync_api import Error as PlaywrightError

from cms.demo.proceso import Aula, encender, entorno, orden
from cms.demo.vista import CELULAR, ESCRITORIO, abrir, contexto, entrar
from tests import plantilla
from tests.navegador.conftest import Vigilancia
from tests.neutralidad import faltas
from tests.paciencia import PACIENCIA

# Compressed kilobytes of a cold load and requests, by kind of page (experience specification, section 4).
LIVIANAS = {"portada", "entrar", "sin-clave", "verificar", "verificar-a-mano", "verificar-desconocido"}
NO_ESTAN = {"no-encontrada", "verificar-desconocido"}
# Where somebody is held before the page that they asked for: no example of another page may end there.
ESPERAS = ("/entrar", "/clave", "/mis-datos")
HTML = 60  # kilobytes of any page, as they are written
TOPES = {"liviana": (25, 5), "integrante": (45, 7), "panel": (120, 10)}
ANCHOS = (CELULAR["width"], ESCRITORIO["width"])


@pytest.fixture(scope="module")
def carpeta(tmp_path_factory):
    return tmp_path_factory.mktemp("ejemplo")


@pytest.fixture(scope="module")
def aula(carpeta) -> Iterator[Aula]:
    plantilla.copiar(carpeta / "kuska.sqlite3")
    with encender(carpeta) as encendida:
        yield encendida


@pytest.fixture(scope="module")
def vigilados() -> list[Vigilancia]:
    """What each browser of the walk asked for outside our origin."""
    return []


@pytest.fixture(scope="module")
def recorrido(aula: Aula, navegador: Browser, vigilados: list[Vigilancia]) -> Iterator[dict[str, Page]]:
    """A page signed in for each role, on the phone; who writes the courses has a desk."""
    abiertas: dict[str, Page] = {}
    for usuario in dict.fromkeys(pagina["usuario"] for pagina in aula.paginas):
        hoja = contexto(navegador, aula.url, ancho=ANCHOS[usuario == "capacitadora"]).new_page()
        vigilados.append(vigilancia := Vigilancia(aula.url))
        hoja.context.on("request", lambda pedido, vigilancia=vigilancia: vigilancia.anotar_pedido(pedido.url))
        if usuario:
            entrar(hoja, aula, usuario)
        abiertas[usuario] = hoja
    yield abiertas
    for hoja in abiertas.values():
        hoja.context.close()


def por_ver(aula: Aula, *, editor: bool = False) -> list[dict[str, Any]]:
    return [pagina for pagina in aula.paginas if editor or pagina["usuario"] != "capacitadora"]


def test_it_shows_every_kind_of_page(aula):
    nombres = Counter(pagina["nombre"] for pagina in aula.paginas)
    assert len(nombres) >= 35
    assert {"paso", "paso-cita", "resultado", "verificar", "panel", "editor-leccion"} <= set(nombres)


@dataclass
class Vista:
    """What was seen in one visit: status, where it ended, text, weight; at each width, axe and how wide it is."""

    estado: int
    en: str
    texto: str
    pesos: dict[str, int]
    faltas: dict[int, str]
    lleno: dict[int, int]


Mirar = Callable[[], list[tuple[dict[str, Any], Vista]]]


@pytest.fixture(scope="module")
def mirar(aula: Aula, recorrido: dict[str, Page], axe: Callable[[Page], None]) -> Mirar:
    """Look at every page, each of them once for all the tests, and cold: as somebody arrives."""

    @cache
    def todas() -> list[tuple[dict[str, Any], Vista]]:
        return [(pagina, ver(recorrido[pagina["usuario"]], pagina, axe)) for pagina in por_ver(aula)]

    return todas


def ver(hoja: Page, pagina: dict[str, Any], axe: Callable[[Page], None]) -> Vista:
    sesion = hoja.context.new_cdp_session(hoja)
    sesion.send("Network.clearBrowserCache")
    sesion.detach()
    respuestas: list[Response] = []

    def anotar(respuesta: Response) -> None:
        respuestas.append(respuesta)

    hoja.on("response", anotar)
    estado = abrir(hoja, pagina)
    hoja.remove_listener("response", anotar)
    # What is reached by touching is more than one page: it is not weighed.
    de_una = [] if pagina["toques"] else [uno for uno in respuestas if uno.status not in range(300, 400)]
    pesos = {respuesta.url: peso_de(respuesta, hoja) for respuesta in de_una}
    vista = Vista(estado, urlsplit(hoja.url).path, hoja.content(), pesos, {}, {})
    for ancho in ANCHOS:
        hoja.set_viewport_size({**CELULAR, "width": ancho})
        vista.lleno[ancho] = hoja.evaluate("document.documentElement.scrollWidth")
        try:
            axe(hoja)
        except AssertionError as falta:
            vista.faltas[ancho] = str(falta)
    hoja.set_viewport_size(CELULAR)
    return vista


@pytest.mark.parametrize("ancho", ANCHOS)
def test_pages_answer_and_have_no_fault_of_access(mirar, ancho):
    malas = []
    for pagina, vista in mirar():
        if vista.estado != (404 if pagina["nombre"] in NO_ESTAN else 200):
            malas.append(f"{pagina['ruta']}: {vista.estado}")
            continue
        if vista.en in ESPERAS and urlsplit(pagina["ruta"]).path != vista.en:
            malas.append(f"{pagina['ruta']}: se quedó en {vista.en}")
        malas += [vista.faltas[ancho]] if ancho in vista.faltas else []
        if vista.lleno[ancho] > ancho:
            malas.append(f"{pagina['ruta']}: hay que desplazarse de lado a {ancho} px")
    assert not malas, "\n".join(malas)


def test_the_editor_answers(aula, recorrido):
    for pagina in por_ver(aula, editor=True):
        if pagina["usuario"] == "capacitadora":
            assert recorrido["capacitadora"].goto(pagina["ruta"]).status == 200, pagina["ruta"]


def test_nothing_telling_shows_from_outside(mirar):
    malas = [f"{pagina['ruta']} {falta}" for pagina, vista in mirar() for falta in faltas(vista.texto)]
    assert not malas, "\n".join(malas)


def test_nothing_is_asked_outside_our_origin(mirar, vigilados):
    mirar()
    assert not [url for vigilancia in vigilados for url in vigilancia.fuera]


def test_pages_keep_to_their_weight(mirar):
    """Each page cold, as it travels: what the server compresses counts compressed."""
    malas = []
    for pagina, vista in mirar():
        clase = "liviana" if pagina["nombre"] in LIVIANAS else "integrante" if es_de_integrante(pagina) else "panel"
        kilos, pedidos = TOPES[clase]
        pesan = sum(vista.pesos.values()) / 1024
        if pesan > kilos or len(vista.pesos) > pedidos:
            pesa = f"{pesan:.1f} KB y {len(vista.pesos)} pedidos"
            malas.append(f"{pagina['ruta']} ({clase}): {pesa}; tope {kilos} y {pedidos}")
    assert not malas, "\n".join(malas)


def test_no_page_is_long_to_write_or_to_read(mirar):
    pesan = {pagina["ruta"]: len(vista.texto.encode()) / 1024 for pagina, vista in mirar()}
    assert {ruta: round(kilos) for ruta, kilos in pesan.items() if kilos > HTML} == {}


def peso_de(respuesta: Response, hoja: Page) -> int:
    es_texto = "image/" not in respuesta.headers.get("content-type", "") or respuesta.url.endswith(".svg")
    try:
        cuerpo = respuesta.body()
    except PlaywrightError:  # the browser let go of it: the same address, asked again with the same session
        cuerpo = hoja.context.request.get(respuesta.url).body()
    return len(gzip.compress(cuerpo) if es_texto else cuerpo)


def es_de_integrante(pagina: dict[str, Any]) -> bool:
    return pagina["usuario"] == "" or pagina["usuario"].isdigit()


def test_a_second_one_on_the_same_data_or_port_says_what_to_do(aula, carpeta):
    puerto = aula.url.rsplit(":", 1)[1]
    mismo_puerto = subprocess.run(
        orden("--puerto", puerto), env=entorno(carpeta / "otra"), capture_output=True, text=True, timeout=PACIENCIA
    )
    assert mismo_puerto.returncode == 1
    assert f"No se puede usar el puerto {puerto}: otro programa ya lo usa" in mismo_puerto.stderr
    mismos_datos = subprocess.run(
        orden("--solo-datos"), env=entorno(carpeta), capture_output=True, text=True, timeout=PACIENCIA
    )
    assert mismos_datos.returncode == 1
    assert "Ya hay un aula encendida" in mismos_datos.stderr


def test_background_work_runs_in_the_same_process(aula, recorrido):
    """The paper of an issued certificate is composed by the worker; the person downloads it."""
    usuario = next(p["usuario"] for p in aula.paginas if p["nombre"] == "mis-certificados")
    hoja = recorrido[usuario]
    limite = time.monotonic() + PACIENCIA
    while time.monotonic() < limite:
        hoja.goto("/certificados")
        descarga = hoja.get_by_role("link", name="Descargar").or_(hoja.get_by_role("button", name="Descargar"))
        if descarga.count():
            break
        time.sleep(1)
    with hoja.expect_download() as archivo:
        descarga.first.click()
    assert os.path.getsize(archivo.value.path()) < 150 * 1024


def test_again_it_keeps_the_data_and_prepares_nothing(tmp_path_factory, carpeta, aula):
    """A copy of the folder, since the first one is on."""
    copia = tmp_path_factory.mktemp("copia")
    for archivo in ("kuska.sqlite3", "kuska.sqlite3-wal", "clave-secreta"):
        if (carpeta / archivo).exists():
            (copia / archivo).write_bytes((carpeta / archivo).read_bytes())
    with encender(copia) as otra:
        assert otra.entradas == aula.entradas
    dicho = (copia / "demo.log").read_text()
    assert "Preparando" not in dicho
    assert "El aula se apagó" in dicho
