"""The second step in a real browser: an application, a sheet without script, and a machine that signs."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from instancias.acceso import codigos
from instancias.acceso.services import factores
from marco.models import AjustesDelAula
from tests.gente import CLAVE
from tests.navegador.test_clave_reciente import hace_rato

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def se_pide(db: None) -> None:
    ajustes = AjustesDelAula.load()
    ajustes.segundo_factor = True
    ajustes.save()


def clave(pagina: Page, usuario: str = "cem") -> None:
    pagina.goto("/entrar?next=/panel/personas")
    pagina.get_by_label("DNI o código").fill(usuario)
    pagina.get_by_label("Clave", exact=True).fill(CLAVE)
    pagina.get_by_role("button", name="Entrar", exact=True).click()


def salir(pagina: Page) -> None:
    pagina.goto("/mi-cuenta")
    pagina.get_by_role("button", name="Salir", exact=True).click()


@pytest.mark.parametrize("ancho", [360, 1280])
def test_the_first_entry_sets_an_application_and_the_next_one_asks_for_its_code(
    abrir: Any, cem_provincial: Any, se_pide: None, axe: Any, ancho: int
) -> None:
    pagina = abrir(ancho=ancho)
    clave(pagina)
    expect(pagina.locator("h1")).to_have_text("Segundo paso para entrar")
    axe(pagina)
    pagina.get_by_role("link", name="Aplicación de códigos en su celular").click()
    expect(pagina.locator("h1")).to_have_text("Aplicación de códigos")
    axe(pagina)
    secreto = "".join(pagina.locator("ol strong").inner_text().split())
    antes = timezone.now() - datetime.timedelta(seconds=30)  # the step before, so that the one of now serves to enter
    pagina.get_by_label("Código", exact=True).fill(codigos.codigo_de(secreto, ahora=antes))
    pagina.get_by_role("button", name="Guardar").click()
    expect(pagina.locator("main")).to_contain_text("su aplicación ya da los códigos")
    pagina.get_by_role("link", name="Continuar").click()
    expect(pagina).to_have_url(pagina.url.partition("/panel")[0] + "/panel/personas")

    salir(pagina)
    clave(pagina)
    expect(pagina.locator("h1")).to_have_text("Segundo paso")
    axe(pagina)
    pagina.get_by_label("Código", exact=True).fill(codigos.codigo_de(secreto, ahora=timezone.now()))
    pagina.get_by_role("button", name="Entrar").click()
    expect(pagina.locator("h1")).to_have_text("Personas y asientos")


def test_a_printed_sheet_is_enough_without_script(abrir: Any, cem_provincial: Any, se_pide: None) -> None:
    pagina = abrir(guiones=False)
    clave(pagina)
    pagina.get_by_role("link", name="Hoja impresa de códigos").click()
    pagina.get_by_role("button", name="Hacer mi hoja de códigos").click()
    hechos = pagina.locator(".k-codigos strong").all_inner_texts()
    assert len(hechos) == 20
    pagina.get_by_role("link", name="Ya los guardé: continuar").click()
    expect(pagina.locator("h1")).to_have_text("Personas y asientos")

    salir(pagina)
    clave(pagina)
    pagina.get_by_label("Código", exact=True).fill(hechos[3].lower())
    pagina.get_by_role("button", name="Entrar").click()
    expect(pagina.locator("h1")).to_have_text("Personas y asientos")


def test_a_machine_signs_at_the_door_and_when_the_key_is_asked_again(abrir: Any, cem_provincial: Any, axe: Any) -> None:
    pagina = abrir()
    control = pagina.context.new_cdp_session(pagina)
    control.send("WebAuthn.enable")
    opciones = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    opciones |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    control.send("WebAuthn.addVirtualAuthenticator", {"options": opciones})
    clave(pagina)
    pagina.goto("/mi-cuenta/segundo-paso/equipo")
    axe(pagina)
    pagina.get_by_label("Nombre del equipo").fill("Computadora de la oficina")
    pagina.get_by_role("button", name="Registrar este equipo").click()
    expect(pagina.locator("main")).to_contain_text("Listo: puede entrar con este equipo.")
    assert factores.clases_de(cem_provincial) == {"equipo"}

    salir(pagina)
    clave(pagina)
    pagina.get_by_role("button", name="Usar la huella o el PIN de este equipo").click()
    expect(pagina.locator("h1")).to_have_text("Personas y asientos")

    hace_rato()
    pagina.goto("/mi-cuenta/confirmar?next=/panel/personas")
    axe(pagina)
    pagina.get_by_label("Su clave").fill(CLAVE)
    pagina.get_by_role("button", name="Usar la huella o el PIN de este equipo").click()
    expect(pagina.locator("h1")).to_have_text("Personas y asientos")
