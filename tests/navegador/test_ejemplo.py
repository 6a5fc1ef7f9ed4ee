"""The demonstration as somebody meets it: it starts, its doors open, every kind of page is sound, and it stops."""

from __future__ import annotations

import gzip
import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response
from playwright.sync_api import Error as PlaywrightError

from cms.demo.proceso import Aula, encender, entorno, orden
from cms.demo.vista import abrir, contexto, entrar
from tests.navegador.conftest import Vigilancia
from tests.neutralidad import faltas

# Compressed kilobytes of a cold load and requests, by kind of page (experience specification, section 4).
LIVIANAS = {"portada", "entrar", "sin-clave", "verificar", "verificar-a-mano", "verificar-desconocido"}
NO_ESTAN = {"no-encontrada", "verificar-desconocido"}
TOPES = {"liviana": (25, 5), "integrante": (60, 8), "panel": (120, 10)}


@pytest.fixture(scope="module")
def carpeta(tmp_path_factory):
    return tmp_path_factory.mktemp("ejemplo")


@pytest.fixture(scope="module")
def aula(carpeta) -> Iterator[Aula]:
    with encender(carpeta) as encendida:
        yield encendida


@pytest.fixture(scope="module")
def recorrido(aula: Aula, navegador: Browser) -> Iterator[dict[tuple[str, int], Page]]:
    """A page signed in for each role and width."""
    abiertas: dict[tuple[str, int], Page] = {}
    for ancho in (360, 1280):
        for usuario in dict.fromkeys(pagina["usuario"] for pagina in aula.paginas):
            hoja = contexto(navegador, aula.url, ancho=ancho).new_page()
            if usuario:
                entrar(hoja, aula, usuario)
            abiertas[usuario, ancho] = hoja
    yield abiertas
    for hoja in abiertas.values():
        hoja.context.close()


def por_ver(aula: Aula, *, editor: bool = False) -> list[dict[str, Any]]:
    return [pagina for pagina in aula.paginas if editor or pagina["usuario"] != "capacitadora"]


def test_it_shows_every_kind_of_page(aula):
    nombres = Counter(pagina["nombre"] for pagina in aula.paginas)
    assert len(nombres) >= 35
    assert {"paso", "paso-cita", "resultado", "verificar", "panel", "editor-leccion"} <= set(nombres)


@pytest.mark.parametrize("ancho", [360, 1280])
def test_pages_answer_and_have_no_fault_of_access(aula, recorrido, axe, ancho):
    malas = []
    for pagina in por_ver(aula):
        hoja = recorrido[pagina["usuario"], ancho]
        estado = abrir(hoja, pagina)
        if estado != (404 if pagina["nombre"] in NO_ESTAN else 200):
            malas.append(f"{pagina['ruta']}: {estado}")
            continue
        try:
            axe(hoja)
        except AssertionError as falta:
            malas.append(str(falta))
        if hoja.evaluate("document.documentElement.scrollWidth") > ancho:
            malas.append(f"{pagina['ruta']}: hay que desplazarse de lado a {ancho} px")
    assert not malas, "\n".join(malas)


def test_the_editor_answers(aula, recorrido):
    for pagina in por_ver(aula, editor=True):
        if pagina["usuario"] == "capacitadora":
            assert recorrido["capacitadora", 1280].goto(pagina["ruta"]).status == 200, pagina["ruta"]


def test_nothing_telling_shows_from_outside(aula, recorrido):
    malas = []
    for pagina in por_ver(aula):
        hoja = recorrido[pagina["usuario"], 360]
        hoja.goto(pagina["ruta"])
        malas += [f"{pagina['ruta']} {falta}" for falta in faltas(hoja.content())]
    assert not malas, "\n".join(malas)


def test_pages_keep_to_their_weight(aula, navegador):
    """Each page cold, as it travels: what the server compresses counts compressed."""
    malas = []
    for usuario in dict.fromkeys(pagina["usuario"] for pagina in por_ver(aula)):
        marco = contexto(navegador, aula.url, ancho=360)
        hoja = marco.new_page()
        if usuario:
            entrar(hoja, aula, usuario)
        vigilancia = Vigilancia(aula.url)
        marco.on("request", lambda pedido, vigilancia=vigilancia: vigilancia.anotar_pedido(pedido.url))
        for pagina in por_ver(aula):
            if pagina["usuario"] == usuario and not pagina["toques"]:
                malas += pesar_en_frio(hoja, pagina)
        marco.close()
        malas += [f"sale de nuestro origen: {url}" for url in vigilancia.fuera]
    assert not malas, "\n".join(malas)


def pesar_en_frio(hoja: Page, pagina: dict[str, Any]) -> list[str]:
    """Weigh each address once, text as production sends it: compressed."""
    sesion = hoja.context.new_cdp_session(hoja)
    sesion.send("Network.clearBrowserCache")
    sesion.detach()
    respuestas: list[Response] = []

    def anotar(respuesta: Response) -> None:
        respuestas.append(respuesta)

    hoja.on("response", anotar)
    hoja.goto(pagina["ruta"], wait_until="networkidle")
    hoja.remove_listener("response", anotar)
    pesos = {
        respuesta.url: peso_de(respuesta, hoja) for respuesta in respuestas if respuesta.status not in range(300, 400)
    }
    clase = "liviana" if pagina["nombre"] in LIVIANAS else "integrante" if es_de_integrante(pagina) else "panel"
    kilos, pedidos = TOPES[clase]
    pesan = sum(pesos.values()) / 1024
    if pesan <= kilos and len(pesos) <= pedidos:
        return []
    return [f"{pagina['ruta']} ({clase}): {pesan:.1f} KB y {len(pesos)} pedidos; tope {kilos} y {pedidos}"]


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
        orden("--puerto", puerto), env=entorno(carpeta / "otra"), capture_output=True, text=True, timeout=60
    )
    assert mismo_puerto.returncode == 1
    assert f"No se puede usar el puerto {puerto}: otro programa ya lo usa" in mismo_puerto.stderr
    mismos_datos = subprocess.run(
        orden("--solo-datos"), env=entorno(carpeta), capture_output=True, text=True, timeout=60
    )
    assert mismos_datos.returncode == 1
    assert "Ya hay un aula encendida" in mismos_datos.stderr


def test_background_work_runs_in_the_same_process(aula, recorrido):
    """The paper of an issued certificate is composed by the worker; the person downloads it."""
    usuario = next(p["usuario"] for p in aula.paginas if p["nombre"] == "mis-certificados")
    hoja = recorrido[usuario, 360]
    limite = time.monotonic() + 60
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
