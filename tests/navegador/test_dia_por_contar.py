"""A day of a country that nobody counted, in a browser: asked for, followed, and its figures once they are there."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from instancias.models import Alcance, Territorio, Trabajo
from seguimiento.consultas import contadores
from seguimiento.models import ContadorDeInstancia
from tests import gente
from tests.navegador.test_lista_larga import sin_obrero  # noqa: F401
from tests.navegador.test_padron import foto, sin_desborde
from tests.seguimiento import factories as f
from tests.seguimiento.test_contadores import montar

LIMA = "15"


@pytest.fixture
def nacional(transactional_db, monkeypatch):
    """Who follows several departments, in one of which somebody works; one person is many."""
    monkeypatch.setattr(contadores, "AL_MOMENTO", 0)
    edicion = montar()
    for ubigeo, nivel in ((LIMA, "departamento"), ("1501", "provincia")):
        Territorio.objects.get_or_create(ubigeo=ubigeo, defaults={"nivel": nivel, "nombre": "Lima"})
    edicion.territorios.add(LIMA)
    f.integrante("1501", edicion, codigo="T-01", hechas=4, dias=5)
    cuenta = gente.crear_coordinacion("nacional", "10")
    Alcance.objects.create(cuenta=cuenta, territorio_id=LIMA, rol=Alcance.Rol.COORDINACION, desde=gente.DESDE)
    return cuenta


@pytest.mark.parametrize(("ancho", "guiones"), [(360, False), (1280, True)])
@pytest.mark.usefixtures("sin_obrero")
def test_a_day_that_nobody_counted_is_waited_for_and_then_read(nacional, abrir, axe, como, ancho, guiones):
    pagina = como(abrir(ancho=ancho, guiones=guiones), nacional)
    dia = timezone.localdate() - datetime.timedelta(days=1)
    pagina.goto(f"/panel?al={dia.isoformat()}")
    expect(pagina.get_by_text("llevan 0 de 3 provincias")).to_be_visible()
    expect(pagina.get_by_role("button", name="Detener")).to_be_visible()
    foto(pagina, f"dia-por-contar-{ancho}")
    sin_desborde(pagina, ancho)
    axe(pagina) if guiones else None
    # Nobody takes what is in the queue: the page counts it, by itself with script and with its button without.
    Trabajo.objects.update(latido_en=timezone.now() - datetime.timedelta(minutes=2))
    if not guiones:
        pagina.reload()
        foto(pagina, f"dia-sin-nadie-{ancho}")
        sin_desborde(pagina, ancho)
        pagina.get_by_role("button", name="Seguir contando").click()
    expect(pagina.locator("[data-k-trabajo]")).to_have_count(0)
    expect(pagina.get_by_text("terminaron").first).to_be_visible()
    expect(pagina.get_by_role("link", name="Lima").first).to_be_visible()
    assert ContadorDeInstancia.objects.filter(dia=dia).count() == 6
    foto(pagina, f"dia-contado-{ancho}")
    sin_desborde(pagina, ancho)
