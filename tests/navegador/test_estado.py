"""«Estado del aula» on a phone and on a desk: what is wrong is read, tried again, and the site is left for reading."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from marco.models import Comprobacion, Encargo
from marco.services.avisar import avisar

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]
ROTA = {
    "dice": "Lo que se cuenta como hecho es lo que se hizo.",
    "faltas": 2,
    "ejemplos": ["7", "9"],
    "error": "",
    "que_hacer": "Vuelva a contar el curso desde sus hechos, o restaure.",
}


@pytest.mark.parametrize("ancho", [360, 1280])
def test_what_is_wrong_is_read_and_the_site_is_left_for_reading(
    abrir: Any, como: Any, axe: Any, administradora: Any, settings: Any, ancho: int
) -> None:
    ahora = timezone.now()
    settings.KUSKA_AVISOS_A = ["soporte@muni.example"]
    avisar(ahora=ahora)
    Comprobacion.objects.create(empezada_en=ahora, terminada_en=ahora, reglas=25, rotas=1, resultados=[ROTA])
    Encargo.objects.create(
        clave="a",
        tarea="certificados.generar_pdf",
        argumentos=[[7]],
        pedido_en=ahora,
        proximo_en=ahora,
        intentos=8,
        motivo="No se pudo usar un archivo: la cuenta del aula no tiene permiso.",
        detenido_en=ahora,
    )
    pagina = como(abrir(ancho=ancho), administradora)
    pagina.goto("/panel/estado")
    axe(pagina)
    if carpeta := os.environ.get("KUSKA_FOTOS"):
        pagina.screenshot(path=f"{carpeta}/estado-{ancho}.png", full_page=True)
    expect(pagina.locator("nav.k-nav")).to_contain_text(" mal)")
    pagina.get_by_role("button", name="Enviar un aviso de prueba").click()
    expect(pagina.locator("main")).to_contain_text("El aviso de prueba salió a 1 correo.")
    pagina.get_by_role("button", name="Volver a intentar").click()
    expect(pagina.locator("main")).to_contain_text("Se intentará otra vez.")
    pagina.get_by_role("button", name="Dejar en solo lectura").click()
    expect(pagina.locator("body")).to_contain_text("El aula está en mantenimiento. Puede leer;")
    axe(pagina)
    if carpeta:
        pagina.screenshot(path=f"{carpeta}/solo-lectura-{ancho}.png", full_page=True)
        pagina.goto("/admin/")
        pagina.screenshot(path=f"{carpeta}/editor-{ancho}.png")
        pagina.goto("/panel/estado")
    pagina.get_by_role("button", name="Volver a guardar").click()
    expect(pagina.locator("body")).not_to_contain_text("Puede leer;")
