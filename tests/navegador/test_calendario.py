"""The calendar in a browser: written in the panel, read on Inicio, kept in the phone."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cursos.models import Encuentro
from tests import gente

pytestmark = pytest.mark.django_db(transaction=True)


def encuentro(titulo, dias, **campos):
    dia = timezone.localdate() + datetime.timedelta(days=dias)
    datos = {"hora": datetime.time(15), "lugar": "Local comunal de Naranjillo", "creado_en": timezone.now(), **campos}
    return Encuentro.objects.create(titulo=titulo, dia=dia, territorio_id=gente.DISTRITO_A, **datos)


def test_what_the_panel_writes_is_read_on_inicio(abrir, como, coordinadora_a, integrante):
    oficina = como(abrir(ancho=1280, guiones=False), coordinadora_a)
    oficina.goto("/panel/calendario")
    oficina.get_by_role("link", name="Agregar una fecha").click()
    oficina.get_by_role("button", name="Guardar la fecha").click()
    expect(oficina.get_by_role("alert")).to_contain_text("Elija el día.")
    oficina.get_by_label("Qué es").fill("Sesión de la instancia")
    oficina.get_by_label("Día").fill(f"{timezone.localdate() + datetime.timedelta(days=3)}")
    oficina.get_by_label("Hora").fill("15:30")
    oficina.get_by_label("Lugar").fill("Local comunal")
    oficina.get_by_role("button", name="Guardar la fecha").click()
    expect(oficina.get_by_role("link", name="Sesión de la instancia")).to_be_visible()
    pagina = como(abrir(guiones=False), integrante)
    pagina.goto("/inicio")
    pagina.get_by_role("link", name="Próximo: Sesión de la instancia").click()
    expect(pagina.get_by_text("Local comunal")).to_be_visible()
    with pagina.expect_download() as bajada:
        pagina.get_by_role("link", name="Guardar en el calendario del celular").click()
    assert bajada.value.suggested_filename == "calendario.ics"


def test_the_calendar_has_no_fault_of_access(abrir, como, axe_en_dos_anchos, coordinadora_a, integrante):
    uno = encuentro("Sesión de la instancia", 3)
    encuentro("Taller de la ruta", 9, cancelado_en=timezone.now(), motivo="La sala está en obras")
    encuentro("Sesión de octubre", -20)
    pagina = como(abrir(ancho=320), integrante)
    for ruta in ("/inicio", "/calendario"):
        pagina.goto(ruta)
        axe_en_dos_anchos(pagina)
    pagina.get_by_text("Fechas que ya pasaron").click()
    axe_en_dos_anchos(pagina)
    oficina = como(abrir(ancho=320), coordinadora_a)
    for ruta in ("/panel/calendario", "/panel/calendario/nuevo", f"/panel/calendario/{uno.pk}"):
        oficina.goto(ruta)
        axe_en_dos_anchos(oficina)
