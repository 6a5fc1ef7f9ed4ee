"""A list of 1 200 rows on a phone and on a screen: how far it is, stop, go on, save, and take it back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from cms.celery import app
from cms.demo import pais
from instancias.models import ImportacionDePadron, Membresia
from instancias.padron.trabajo import trabajo
from tests import gente
from tests.navegador.test_padron import foto, sin_desborde

FILAS = 1200


@pytest.fixture
def sin_obrero():
    """As where nobody takes what is left in the queue: the page itself does the work, by parts."""
    antes = app.conf.task_always_eager, app.conf.broker_url
    app.conf.task_always_eager, app.conf.broker_url = False, "memory://"
    yield
    app.conf.task_always_eager, app.conf.broker_url = antes


@pytest.mark.parametrize(("ancho", "guiones"), [(360, False), (1280, True)])
def test_a_long_list_is_read_stopped_gone_on_with_saved_and_taken_back(
    transactional_db, abrir, axe, como, sin_obrero, tmp_path, ancho, guiones
):
    pais.levantar(pais.distritos_para(FILAS))
    archivo = tmp_path / "lista.csv"
    archivo.write_bytes(pais.en_csv(FILAS))
    pagina = como(abrir(ancho=ancho, guiones=guiones), gente.crear_coordinacion("cem-p", pais.DEPARTAMENTO))
    titulo = pagina.get_by_role("heading", level=1)
    pagina.goto("/panel/importar")
    pagina.get_by_label("Archivo con la lista").set_input_files(archivo)
    pagina.get_by_role("button", name="Revisar la lista").click()
    expect(titulo).to_have_text("Leyendo la lista…")
    expect(pagina.get_by_text("0 de 1 200 filas")).to_be_visible()
    foto(pagina, f"leyendo-{ancho}")
    sin_desborde(pagina, ancho)
    if guiones:
        axe(pagina)
    pagina.get_by_role("button", name="Detener").click()
    expect(titulo).to_have_text("Se detuvo")
    foto(pagina, f"detenida-{ancho}")
    sin_desborde(pagina, ancho)
    pagina.get_by_role("button", name="Seguir").click()
    _esperar_a_que_termine(pagina, guiones=guiones)
    expect(titulo).to_have_text("Revise antes de guardar")
    boton = pagina.get_by_role("button", name=re.compile("^Guardar"))
    cuantas = int(re.sub(r"\D", "", re.match(r"Guardar ([\d,]+)", boton.inner_text())[1]))
    assert cuantas > 1000 and not Membresia.objects.exists()
    boton.click()
    expect(titulo).to_have_text("Guardando la lista…")
    foto(pagina, f"guardando-{ancho}")
    sin_desborde(pagina, ancho)
    _esperar_a_que_termine(pagina, guiones=guiones)
    assert Membresia.objects.count() == cuantas
    pagina.get_by_role("link", name="Deshacer la lista").click()
    pagina.get_by_role("button", name="Deshacer la lista").click()
    expect(titulo).to_have_text("Deshaciendo la lista…")
    foto(pagina, f"deshaciendo-{ancho}")
    _esperar_a_que_termine(pagina, guiones=guiones)
    expect(titulo).to_have_text("La lista se deshizo")
    assert not Membresia.objects.exists()


def _esperar_a_que_termine(pagina, *, guiones: bool) -> None:
    """With script the page does it all; without it, whoever waits touches «Seguir» as often as it takes."""
    if guiones:
        expect(pagina.locator("[data-k-trabajo]")).to_have_count(0)
        return
    seguir = pagina.get_by_role("button", name="Seguir")
    for _vez in range(60):
        if not pagina.locator("[data-k-trabajo]").count():
            return
        if seguir.count():
            seguir.click()
        else:
            pagina.wait_for_timeout(trabajo.SIN_NADIE.total_seconds() * 1000 / 4)
            pagina.reload()
    pytest.fail(f"no terminó: {ImportacionDePadron.objects.get().fase}")
