"""Unknown words of a list are cleared up once, on a phone and at a desk, and known from then on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.utils import timezone

from instancias import padron
from instancias.politica import AlcanceEfectivo
from tests import gente
from tests.instancias.hojas import fila, hoja

FOTOS = os.environ.get("FOTOS_DE_PALABRAS", "")


@pytest.mark.parametrize("ancho", [360, 1280])
def test_words_are_cleared_up_once_and_known_from_then_on(abrir, axe, como, territorio, ancho):
    gente.crear_asiento("100605", orden=6, corto="Organizaciones comunales")
    filas = [
        fila(DNI=f"4000020{n}", Nombres=nombre, Asiento="Vaso de Leche", Distrito="Luyndo")
        for n, nombre in enumerate(["Juan", "Elsa", "Raúl"])
    ]
    filas += [fila(DNI="40000210", Asiento="Hermandad", Calidad="jefa"), fila(Nombres="Inés", Calidad="")]
    alcance = AlcanceEfectivo(("1006",))
    lista = padron.revisar(
        nombre="lista.xlsx", contenido=hoja(*filas), esquema="inei", alcance=alcance, por=None, ahora=timezone.now()
    )
    pagina = como(abrir(ancho=ancho), gente.crear_coordinacion("cem-p", "1006"))

    def mirar(nombre: str) -> None:
        axe(pagina)
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, "hay que desplazarse de lado"
        if FOTOS:
            pagina.screenshot(path=Path(FOTOS) / f"{nombre}-{ancho}.png", full_page=True)

    pagina.goto(f"/panel/importar/{lista.pk}")
    mirar("1-por-aclarar")
    pagina.get_by_role("form", name="«Luyndo»").get_by_role("button", name="Luyando").click()
    assert pagina.get_by_text("Se aplicó a 3 filas.").is_visible()
    mirar("2-aclarada")
    pagina.goto("/panel/importar/palabras")
    assert pagina.get_by_role("row", name="Luyndo").get_by_text("Luyando").is_visible()
    mirar("3-palabras")
    pagina.get_by_role("button", name="Olvidar «Luyndo»").click()
    assert not pagina.get_by_role("row", name="Luyndo").is_visible()
