"""Twenty invitations with the key asked again: once, at the start; if it lapses on the way, in the tab that opened."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from instancias.models import EnlaceDeAcceso, Persona
from tests.gente import CLAVE
from tests.navegador.test_invitar import Dedo, escritos, veinte  # noqa: F401 - fixtures

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


def hace_rato() -> None:
    """The key was typed forty minutes ago, and the session is in use."""
    for una in Session.objects.all():
        sesion = SessionStore(una.session_key)
        ahora = timezone.now().timestamp()
        sesion.update({"k_entro": ahora - 40 * 60, "k_clave_en": 0, "k_uso": ahora})
        sesion.save()


def confirmar(pagina: Page, dedo: Dedo) -> None:
    expect(pagina.locator("h1")).to_have_text("Confirme su clave")
    dedo.actos += 1
    pagina.get_by_label("Su clave").fill(CLAVE)
    dedo.tocar(pagina, "Continuar")


@pytest.mark.parametrize(("cuantas", "se_vence"), [(8, False), (3, True)])
def test_one_confirmation_is_enough_for_a_sitting(
    abrir: Any,
    como: Any,
    cem_provincial: Any,
    veinte: list[Persona],  # noqa: F811
    escritos: list[str],  # noqa: F811
    cuantas: int,
    se_vence: bool,
    axe: Any,
) -> None:
    Persona.objects.filter(pk__in=[una.pk for una in veinte[cuantas:]]).update(activa=False)
    pagina = como(abrir(ancho=360, salidas=("https://wa.me",)), cem_provincial)
    hace_rato()
    dedo = Dedo()
    pagina.goto("/panel/personas")
    dedo.tocar(pagina, f"{cuantas} por invitar", "link")
    expect(pagina.locator("h1")).to_have_text("Confirme su clave")
    axe(pagina)
    confirmar(pagina, dedo)
    for faltan in range(cuantas, 0, -1):
        expect(pagina.locator("h1")).to_have_text(f"{faltan} por invitar")
        vencida = se_vence and faltan == cuantas
        if vencida:
            hace_rato()
        with pagina.expect_popup() as abierta:
            dedo.tocar(pagina, re.compile("^Enviar por WhatsApp"))
        whatsapp = abierta.value
        if vencida:
            confirmar(whatsapp, dedo)
        whatsapp.wait_for_url("https://wa.me/**")
        dedo.tocar(whatsapp, "Enviar")
        whatsapp.close()
        pagina.evaluate("dispatchEvent(new Event('blur')), dispatchEvent(new Event('focus'))")
    expect(pagina.locator("main")).to_contain_text("No queda nadie por invitar aquí.")
    assert dedo.actos <= 5 + 2 * cuantas  # 45 for twenty
    assert EnlaceDeAcceso.objects.count() == len(escritos) == cuantas
