"""«Quién miró mis datos» on a phone, and «¿Quién vio a esta persona?» at a desk: read, reached and without faults."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.utils import timezone

from instancias.models import LineaDeRastro
from tests import gente

FOTOS = os.environ.get("FOTOS_DEL_RASTRO", "")
ACTOS = (
    ("vio", "kuska_instancias:persona_editar", ""),
    ("busco", "kuska_instancias:personas", "documento"),
    ("saco", "kuska_seguimiento:avance", "avance"),
    ("cambio", "kuska_instancias:persona_editar", "instancias.corregir"),
)


@pytest.fixture
def mirada(territorio, integrante):
    """Somebody at whom the office looked in several ways."""
    cem = gente.crear_coordinacion("cem", gente.PROVINCIA, first_name="Carla", last_name="Soto")
    quien = {"cuenta": cem, "papel": "coordina", "lugar": gente.PROVINCIA, "persona": integrante.pk}
    for n, (acto, pantalla, detalle) in enumerate(ACTOS):
        que = {"acto": acto, "pantalla": pantalla, "detalle": detalle, "cuantas": 1 + 39 * n}
        LineaDeRastro.objects.create(referencia=f"4f1c9a0b22d3e4{n:02}", en=timezone.now(), **que, **quien)
    return integrante


@pytest.mark.parametrize("ancho", [360, 1280])
def test_who_looked_is_told_to_the_person_and_to_who_administers(abrir, axe, como, mirada, ancho):
    def revisar(pagina, nombre: str) -> None:
        axe(pagina)
        assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, "hay que desplazarse de lado"
        if FOTOS:
            pagina.screenshot(path=Path(FOTOS) / f"{nombre}-{ancho}.png", full_page=True)

    suya = como(abrir(ancho=ancho), mirada)
    suya.goto("/mi-cuenta")
    suya.get_by_role("link", name="Quién miró mis datos").click()
    assert suya.get_by_text("Descargó un archivo donde está usted").is_visible()
    assert suya.get_by_text("Carla").count() == 0
    revisar(suya, "quien-miro")
    administra = como(abrir(ancho=ancho), gente.crear_cuenta("administra", is_superuser=True, is_staff=True))
    administra.goto(f"/panel/personas/{mirada.pk}")
    administra.get_by_role("link", name="¿Quién vio a esta persona?").click()
    revisar(administra, "quien-vio")
    administra.get_by_role("link", name="Carla Soto").first.click()
    revisar(administra, "que-vio")
