"""In the site of somebody else, with a real browser: from an empty editor to a certificate that anybody verifies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, expect

from cms.demo.chromium import PACIENCIA
from cms.demo.vista import abrir_navegador, contexto

from .receta import CLAVE

DNI = "40000777"
NOMBRE = "Luz Marina Paredes Soto"
# An answer of 4xx is looked at by itself; Wagtail asks its makers for news, and this machine may have no network.
SIN_CUIDADO = ("Failed to load resource", "releases.wagtail.org")


def recorrer(url: str) -> None:
    """Walk the whole way. A console error, an address of another origin or an answer of 5xx is a fault."""
    with abrir_navegador() as navegador:
        with ventana(navegador, url, ancho=1280) as oficina:
            entrar(oficina)
            escribir_el_curso(oficina)
            abrir_el_curso(oficina)
            preparar_el_certificado(oficina)
            enlace = registrar(oficina)
        with ventana(navegador, url, ancho=360) as celular:
            entrar_por_primera_vez(celular, enlace)
            ayuda(celular)
            estudiar(celular)
            rendir(celular)
            codigo = recoger(celular)
        with ventana(navegador, url, ancho=360) as otra:
            verificar(otra, codigo)


@contextmanager
def ventana(navegador: Browser, url: str, *, ancho: int) -> Iterator[Page]:
    caja = contexto(navegador, url, ancho=ancho)
    expect.set_options(timeout=PACIENCIA)
    quejas = vigilar(caja, url)
    yield caja.new_page()
    caja.close()
    if quejas:
        raise AssertionError("El navegador se quejó:\n" + "\n".join(quejas))


def vigilar(caja: BrowserContext, url: str) -> list[str]:
    quejas: list[str] = []

    def anotar(mensaje: Any) -> None:
        if mensaje.type == "error" and not any(uno in mensaje.text for uno in SIN_CUIDADO):
            quejas.append(mensaje.text)

    def mirar(respuesta: Any) -> None:
        if respuesta.status >= 500:
            quejas.append(f"{respuesta.status} {respuesta.url}")

    caja.on("console", anotar)
    caja.on("response", mirar)
    return quejas


def entrar(oficina: Page) -> None:
    """The editor sends to the one door, that asks for a second step to be set, and then back to the editor."""
    oficina.goto("/admin/")
    oficina.locator("[name=identificador]").fill("administra")
    oficina.locator("[name=clave]").fill(CLAVE)
    oficina.locator("main form button[type=submit]").last.click()
    oficina.locator("a", has_text="Hoja impresa de códigos").click()
    boton(oficina, "Hacer mi hoja de códigos").click()
    oficina.locator("a", has_text="Ya los guardé").click()
    oficina.wait_for_url("**/admin/")


def escribir_el_curso(oficina: Page) -> None:
    oficina.goto("/admin/")
    inicio = oficina.request.get("/admin/api/main/pages/?child_of=1").json()["items"][0]["id"]
    catalogo = agregar(oficina, inicio, "kuska_cursos/catalogodecursos", "Aula")
    curso = agregar(oficina, catalogo, "kuska_cursos/curso", "Primeros pasos", llenar_el_curso)
    modulo = agregar(oficina, curso, "kuska_cursos/modulo", "Uno")
    agregar(oficina, modulo, "kuska_cursos/leccion", "Escuchar", llenar_la_leccion)
    agregar(oficina, modulo, "kuska_evaluaciones/evaluacion", "Lo aprendido", llenar_la_evaluacion)


def agregar(oficina: Page, padre: int, clase: str, titulo: str, llenar: Any = None) -> int:
    oficina.goto(f"/admin/pages/add/{clase}/{padre}/")
    oficina.locator("#id_title").fill(titulo)
    if llenar:
        llenar(oficina)
    oficina.get_by_role("button", name="Más acciones").click()
    oficina.get_by_role("button", name="Publicar", exact=True).click()
    expect(oficina.locator(".messages")).to_contain_text(titulo)
    expect(oficina.locator(".messages")).to_contain_text("publicada")
    hijas = oficina.request.get(f"/admin/api/main/pages/?child_of={padre}&fields=title").json()["items"]
    return next(una["id"] for una in hijas if una["title"] == titulo)


def llenar_el_curso(oficina: Page) -> None:
    oficina.get_by_role("tab", name="Certificado").click()
    oficina.locator("[name=horas]").fill("4")


def llenar_la_leccion(oficina: Page) -> None:
    """Of the six examples, the one with a text stays and is written over."""
    caja = oficina.locator("[data-contentpath=pasos] [data-streamfield-stream-container]").first
    pasos = caja.locator("> [data-streamfield-child]:visible")
    expect(pasos).to_have_count(6)
    sobra = pasos.first  # the case to decide
    for quedan in range(5, 0, -1):
        sobra.locator("[data-streamfield-action=DELETE]").first.click()
        expect(pasos).to_have_count(quedan)
        oficina.wait_for_timeout(300)  # it fades away
        sobra = pasos.last
    paso = pasos.first
    for texto in paso.locator(".public-DraftEditor-content:visible").all():
        escribir_encima(oficina, texto)
    for campo in paso.locator("textarea:visible, input[type=text]:visible").all():
        campo.fill("Escuchar es lo primero.")
    oficina.get_by_role("tab", name="Cierre y cuidado").click()
    oficina.locator("[name=sabe_ahora]").fill("Oír\nNo juzgar\nAvisar")


def escribir_encima(oficina: Page, texto: Any) -> None:
    """The text editor takes what is typed once it has drawn itself, and hands it over to the form a moment later."""
    campo = texto.locator(
        "xpath=ancestor::div[contains(@class, 'Draftail-Editor__wrapper')][1]/preceding-sibling::input"
    )
    for _vez in range(10):
        texto.click()
        oficina.keyboard.press("Control+A")
        oficina.keyboard.type("Escuche sin interrumpir.")
        if texto.inner_text().strip() == "Escuche sin interrumpir.":
            expect(campo).to_have_value(re.compile("Escuche sin interrumpir"))
            return
        oficina.wait_for_timeout(500)
    raise AssertionError(f"El editor no tomó el texto: {texto.inner_text()}")


def llenar_la_evaluacion(oficina: Page) -> None:
    oficina.get_by_role("button", name=re.compile("^(Agregar|Añadir) pregunta")).click()
    oficina.locator("[name=preguntas-0-texto]").fill("¿Qué hace primero?")
    for n, texto in enumerate(("Escucha", "Discute")):
        oficina.locator(f"[name=preguntas-0-alternativas-{n}-texto]").fill(texto)
        oficina.locator(f"[name=preguntas-0-alternativas-{n}-explicacion]").fill("Escuchar es lo primero.")
    oficina.locator("[name=preguntas-0-alternativas-0-correcta]").check()


def abrir_el_curso(oficina: Page) -> None:
    oficina.goto("/admin/edicion/new/")
    oficina.locator("[name=curso]").select_option(label="Primeros pasos")
    oficina.locator("[name=nombre]").fill("Primera")
    oficina.get_by_label("Mi provincia").check()
    oficina.locator("[name=inicia]").fill("2026-01-01")
    guardar(oficina)


def preparar_el_certificado(oficina: Page) -> None:
    oficina.goto("/admin/plantillas/new/")
    quien_emite = {"nombre": "Para todos", "entidad": "Mi entidad", "lugar": "Mi ciudad"}
    quien_firma = {"nombre": "Ana Ruiz", "cargo": "Directora", "entidad": "Mi entidad"}
    for campo, texto in (*quien_emite.items(), *((f"firmantes-0-{uno}", dato) for uno, dato in quien_firma.items())):
        oficina.locator(f"[name={campo}]").fill(texto)
    guardar(oficina)


def guardar(oficina: Page) -> None:
    oficina.locator("form button[type=submit]").last.click()
    expect(oficina.locator(".messages .success").first).to_be_visible()


def registrar(oficina: Page) -> str:
    """Add the person and return where the personal link leads."""
    oficina.goto("/panel/personas/nueva")
    for campo, texto in (("documento", DNI), ("nombres", "Luz Marina"), ("apellidos", "Paredes Soto")):
        oficina.locator(f"[name={campo}]").fill(texto)
    oficina.locator("[name=asiento]").select_option(index=1)
    oficina.locator("[name=calidad]").first.check(force=True)
    oficina.get_by_role("button", name="Guardar").click()
    oficina.goto("/panel/personas")
    oficina.get_by_role("button", name=f"Enviar enlace a {NOMBRE}").click()
    mensaje = oficina.get_by_label("Mensaje listo").input_value()
    hallado = re.search(r"https?://\S+", mensaje)
    assert hallado, mensaje
    return urlsplit(hallado[0]).path


def boton(pagina: Page, nombre: str | re.Pattern[str]) -> Any:
    principal = pagina.locator("main")
    return principal.get_by_role("button", name=nombre).or_(principal.get_by_role("link", name=nombre)).first


def entrar_por_primera_vez(celular: Page, enlace: str) -> None:
    celular.goto(enlace)
    boton(celular, "Sí, entrar").click()
    boton(celular, "Usar esta clave").click()
    boton(celular, "Está correcto").click()
    celular.wait_for_url("**/inicio")


def ayuda(celular: Page) -> None:
    """The frame of the rooms, not that of the site, and not an empty body."""
    celular.goto("/ayuda")
    expect(celular.get_by_role("heading", level=1)).to_be_visible()
    expect(celular.get_by_role("button", name="Salir rápido").first).to_be_attached()


def estudiar(celular: Page) -> None:
    celular.goto("/inicio")
    boton(celular, re.compile("^Ir a la lección 1$")).click()
    expect(celular.locator("main")).to_contain_text("Escuche sin interrumpir.")
    boton(celular, re.compile("^Continuar$")).click()
    expect(celular.locator("main")).to_contain_text("No juzgar")


def rendir(celular: Page) -> None:
    celular.goto("/inicio")
    boton(celular, re.compile("Continuar|Lo aprendido")).click()
    boton(celular, "Empezar").click()
    celular.get_by_label("Escucha").check(force=True)
    boton(celular, "Revisar mis respuestas").click()
    boton(celular, "Enviar mis respuestas").click()
    expect(celular.locator("main")).to_contain_text("Aprobó: 1 de 1")


def recoger(celular: Page) -> str:
    """The paper comes down, and says its code."""
    celular.goto("/certificados")
    with celular.expect_download() as descarga:
        boton(celular, "Descargar").click()
    with open(descarga.value.path(), "rb") as papel:
        assert papel.read(5) == b"%PDF-"
    return re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}\S*", celular.locator("main").inner_text())[0]  # type: ignore[index]


def verificar(otra: Page, codigo: str) -> None:
    """Somebody else, with no account, types what the paper says."""
    otra.goto("/v")
    otra.locator("main input[type=text]").first.fill(codigo)
    otra.locator("main input[type=text]").nth(1).fill(DNI)
    otra.locator("main form button[type=submit]").last.click()
    expect(otra.locator("main")).to_contain_text("Documento válido")
    expect(otra.locator("main")).to_contain_text(NOMBRE)
