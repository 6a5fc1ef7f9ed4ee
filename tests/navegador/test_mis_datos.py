"""Somebody asks about their data on a phone, and who answers for them does, at a desk and on a phone."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from instancias.models import PedidoDeDatos
from tests import gente

FOTOS = os.environ.get("FOTOS_DE_MIS_DATOS", "")


@pytest.mark.parametrize("ancho", [360, 1280])
def test_a_person_takes_a_copy_asks_and_is_answered(abrir, axe, como, integrante, ancho):
    suya = como(abrir(ancho=ancho), integrante)
    del_personal = como(abrir(ancho=ancho), gente.crear_coordinacion("cem-p", "1006"))

    def mirar(pagina, nombre: str) -> None:
        axe(pagina)
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, "hay que desplazarse de lado"
        if FOTOS:
            pagina.screenshot(path=Path(FOTOS) / f"{nombre}-{ancho}.png", full_page=True)

    suya.goto("/mi-cuenta")
    suya.get_by_role("link", name="Copia, corrección o borrado de mis datos").click()
    mirar(suya, "1-mis-datos")
    with suya.expect_download() as bajada:
        suya.get_by_role("button", name="Copia para otro sistema (JSON)").click()
    copia = json.loads(Path(bajada.value.path()).read_text())
    assert copia["datos"]["kuska_instancias.Persona"][0]["documento"] == "40000001"
    suya.get_by_role("radio", name="Borrar mis datos").check()
    suya.get_by_role("button", name="Enviar mi pedido").click()
    assert suya.get_by_text("Recibimos su pedido.").is_visible()
    mirar(suya, "2-pedido-enviado")

    pedido = PedidoDeDatos.objects.get()
    del_personal.goto("/panel/pedidos")
    mirar(del_personal, "3-pedidos")
    del_personal.get_by_role("link", name="Rosa Quispe Huamán").click()
    mirar(del_personal, "4-pedido")
    del_personal.get_by_role("radio", name="No procede").check()
    del_personal.get_by_label("Respuesta con su razón").fill("Ocupa un asiento: su cargo prueba una función pública.")
    del_personal.get_by_role("button", name="Guardar la respuesta").click()
    assert del_personal.get_by_text("Guardamos la respuesta.").is_visible()
    pedido.refresh_from_db()
    assert pedido.estado == PedidoDeDatos.Estado.NO_PROCEDE
    del_personal.goto("/panel/datos")
    mirar(del_personal, "5-inventario")

    suya.reload()
    assert suya.get_by_text("su cargo prueba una función pública").is_visible()
    mirar(suya, "6-respuesta")


def test_without_script_a_person_is_taken_away_and_told_before(abrir, como, integrante):
    suya = como(abrir(guiones=False), integrante)
    suya.goto("/mis-datos/derechos")
    suya.get_by_role("radio", name="Borrar mis datos").check()
    suya.get_by_role("button", name="Enviar mi pedido").click()
    del_personal = como(abrir(guiones=False), gente.crear_coordinacion("cem-p", "1006"))
    del_personal.goto(f"/panel/pedidos/{PedidoDeDatos.objects.get().pk}")
    assert del_personal.get_by_text("Asientos que terminan: 1").is_visible()
    del_personal.get_by_role("radio", name="Procede: ya se hizo").check()
    del_personal.get_by_label("Respuesta con su razón").fill("Procede.")
    del_personal.get_by_role("checkbox", name="Entiendo que los datos se borran").check()
    del_personal.get_by_role("button", name="Guardar la respuesta").click()
    assert del_personal.get_by_text("Se suprimieron los datos de la persona.").is_visible()
    suya.reload()
    assert "/entrar" in suya.url
