"""Twenty people invited from a phone: at most 45 touches, counted; and a sheet of cards that fits the paper."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from instancias.models import EnlaceDeAcceso, Membresia, Persona
from tests import gente

LETRAS = "ABCDEFGHIJKLMNOPQRST"


@pytest.fixture
def veinte(cem) -> list[Persona]:
    personas = []
    for numero, letra in enumerate(LETRAS, 1):
        nombre = {"nombres": f"Rosa {letra}", "apellidos": f"Quispe {letra}"}
        persona = Persona.objects.create(documento=f"4700{numero:04}", celular=f"9620000{numero:02}", **nombre)
        asiento = gente.crear_asiento(gente.DISTRITO_A, orden=20 + numero, corto=f"Asiento {numero}")
        Membresia.objects.create(persona=persona, asiento=asiento, calidad="titular", desde=gente.DESDE)
        personas.append(persona)
    return personas


class Dedo:
    """Counts what a hand does on any page of a context: touches and keys."""

    def __init__(self) -> None:
        self.actos = 0

    def tocar(self, pagina: Page, nombre: str | re.Pattern, papel: Any = "button") -> None:
        self.actos += 1
        pagina.get_by_role(papel, name=nombre).first.click()


@pytest.fixture
def escritos(whatsapp) -> list[str]:
    """The texts that reached WhatsApp."""
    whatsapp.escritos.clear()
    return whatsapp.escritos


@pytest.mark.parametrize(("guiones", "cuantas", "ancho"), [(True, 20, 360), (False, 4, 360), (True, 4, 1280)])
def test_twenty_people_are_invited_in_45_touches(
    abrir, como, cem_provincial, veinte, escritos, guiones, cuantas, ancho
):
    """One to begin and two for each: its button and that of WhatsApp; without script, its button and «who is next»."""
    Persona.objects.filter(pk__in=[una.pk for una in veinte[cuantas:]]).update(activa=False)
    pagina = como(abrir(ancho=ancho, guiones=guiones, salidas=("https://wa.me",)), cem_provincial)
    dedo = Dedo()
    pagina.goto("/panel/personas")
    dedo.tocar(pagina, f"{cuantas} por invitar", "link")
    for faltan in range(cuantas, 0, -1):
        expect(pagina.locator("h1")).to_have_text(f"{faltan} por invitar")
        with pagina.expect_popup() as abierta:
            dedo.tocar(pagina, re.compile("^Enviar por WhatsApp"))
        whatsapp = abierta.value
        whatsapp.wait_for_url("https://wa.me/**")
        if guiones:
            dedo.tocar(whatsapp, "Enviar")
            whatsapp.close()
            # This browser thinks that every tab is always looked at: leaving and coming back are told to it.
            pagina.evaluate("dispatchEvent(new Event('blur')), dispatchEvent(new Event('focus'))")
        else:
            whatsapp.close()
            dedo.tocar(pagina, "Ya lo envié: ver quién sigue", "link")
    expect(pagina.locator("main")).to_contain_text("No queda nadie por invitar aquí.")
    assert dedo.actos == 1 + 2 * cuantas <= 45
    assert EnlaceDeAcceso.objects.filter(anulado_en=None).count() == EnlaceDeAcceso.objects.count() == cuantas
    assert len({re.search(r"/a/([0-9A-Z]{26})", texto)[1] for texto in escritos}) == cuantas
    assert [texto[:25] for texto in escritos] == [f"https://wa.me/51{una.celular}" for una in veinte[:cuantas]]


def test_only_coming_back_from_the_other_tab_asks_for_the_queue_again(abrir, como, cem_provincial, veinte):
    """A look that arrives late, before the other tab is there, would ask too soon and show who was just written to."""
    pagina = como(abrir(), cem_provincial)
    pagina.goto("/panel/invitar")
    pagina.evaluate("""() => {
        window.laMisma = true;
        document.querySelector("form[target=_blank]").dispatchEvent(new Event("submit", {bubbles: true}));
        dispatchEvent(new Event("focus"));
    }""")
    pagina.wait_for_timeout(300)
    assert pagina.evaluate("window.laMisma") is True
    with pagina.expect_navigation():
        pagina.evaluate("dispatchEvent(new Event('blur')), dispatchEvent(new Event('focus'))")
    assert pagina.evaluate("window.laMisma") is None


def test_a_queue_asked_too_soon_is_asked_again_at_the_next_return(abrir, como, cem_provincial, veinte):
    """The first return came before the other tab was attended: the queue still shows who is being written to."""
    volver = "dispatchEvent(new Event('blur')), dispatchEvent(new Event('focus'))"
    pagina = como(abrir(), cem_provincial)
    pagina.goto("/panel/invitar")
    pagina.evaluate("""() => {
        document.querySelector("form[target=_blank]").dispatchEvent(new Event("submit", {bubbles: true}));
    }""")
    with pagina.expect_navigation():
        pagina.evaluate(volver)
    expect(pagina.locator("h1")).to_have_text("20 por invitar")
    with pagina.expect_navigation():
        pagina.evaluate(volver)
    Persona.objects.filter(pk=veinte[0].pk).update(activa=False)
    with pagina.expect_navigation():
        pagina.evaluate(volver)
    expect(pagina.locator("h1")).to_have_text("19 por invitar")
    pagina.evaluate("window.laMisma = true, " + volver)
    pagina.wait_for_timeout(300)
    assert pagina.evaluate("window.laMisma") is True


def test_the_page_of_a_link_tells_that_it_was_opened(abrir, como, cem_provincial, veinte, escritos):
    oficina = como(abrir(salidas=("https://wa.me",)), cem_provincial)
    oficina.goto("/panel/invitar")
    with oficina.expect_popup() as abierta:
        oficina.get_by_role("button", name=re.compile("^Enviar por WhatsApp")).first.click()
    abierta.value.wait_for_url("https://wa.me/**")
    direccion = re.search(r"/a/[0-9A-Z]{26}", escritos[0])[0]
    celular = abrir()
    with celular.expect_response(re.compile("/abierto$")) as dicho:
        celular.goto(direccion)
    assert dicho.value.status == 204
    oficina.goto("/panel/personas?entro=abierto")
    expect(oficina.locator("tbody tr")).to_have_count(1)
    expect(oficina.locator("tbody")).to_contain_text("Rosa A Quispe A")


def test_the_queue_and_the_cards_have_no_fault_of_access(abrir, como, cem_provincial, veinte, axe_en_dos_anchos):
    pagina = como(abrir(ancho=320), cem_provincial)
    pagina.goto("/panel/invitar")
    axe_en_dos_anchos(pagina)
    pagina.get_by_role("button", name="Hacer 20 tarjetas").click()
    expect(pagina.locator("h1")).to_have_text("20 tarjetas")
    axe_en_dos_anchos(pagina)
    papel = pagina.pdf(format="A4")
    assert papel.count(b"/Type /Page\n") == 2
    pagina.goto("/panel/personas")
    axe_en_dos_anchos(pagina)
