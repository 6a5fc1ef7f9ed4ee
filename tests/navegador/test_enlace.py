"""A personal link in a real browser: from the list of the office to the first entry."""

import re
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from instancias.acceso.services.enlaces import crear_enlace
from instancias.models import EnlaceDeAcceso, Persona
from tests.gente import CLAVE


@pytest.mark.parametrize("guiones", [True, False], ids=["con_guiones", "sin_guiones"])
def test_from_the_person_to_a_message_that_opens(abrir, como, cem, cem_provincial, integrante, guiones, axe):
    Persona.objects.filter(pk=integrante.pk).update(cuenta=None)
    oficina = como(abrir(guiones=guiones), cem_provincial)
    oficina.goto(f"/panel/persona/{integrante.pk}")
    oficina.get_by_role("button", name="Hacer enlace y escribir por WhatsApp").click()
    mensaje = oficina.get_by_label("Mensaje listo").input_value()
    oficina.reload()
    assert oficina.get_by_label("Mensaje listo").input_value() == mensaje
    assert EnlaceDeAcceso.objects.filter(anulado_en=None).count() == EnlaceDeAcceso.objects.count() == 1
    if guiones:
        axe(oficina)

    celular = abrir(guiones=guiones)
    celular.goto(urlsplit(re.search(r"https?://\S+", mensaje)[0]).path)
    expect(celular.locator("main")).to_contain_text("Le invita Carla Soto")
    celular.get_by_role("button", name="Sí, entrar").click()
    celular.wait_for_url("**/clave")


def test_an_impatient_finger_goes_in(abrir, integrante):
    pagina = abrir()
    pagina.goto(f"/a/{crear_enlace(persona=integrante, por=None, ahora=timezone.now()).token}")
    pagina.get_by_role("button", name="Sí, entrar").dblclick()
    pagina.wait_for_url("**/clave")


@pytest.mark.parametrize("guiones", [True, False], ids=["con_guiones", "sin_guiones"])
def test_reloading_going_back_and_losing_the_tab_kill_no_link(abrir, como, cem, cem_provincial, integrante, guiones):
    Persona.objects.filter(pk=integrante.pk).update(cuenta=None)
    oficina = como(abrir(guiones=guiones), cem_provincial)
    oficina.goto("/panel/personas")
    oficina.get_by_role("button", name="Enviar enlace").first.click()
    mensaje = oficina.get_by_label("Mensaje listo").input_value()
    oficina.reload()
    oficina.go_back()
    oficina.get_by_role("button", name="Enviar enlace").first.click()
    assert oficina.get_by_label("Mensaje listo").input_value() == mensaje
    direccion = oficina.url
    contexto = oficina.context
    oficina.close()
    otra = contexto.new_page()
    otra.goto(direccion)
    assert otra.get_by_label("Mensaje listo").input_value() == mensaje
    assert EnlaceDeAcceso.objects.get().anulado_en is None


def test_a_used_link_is_a_door_that_asks_only_for_the_key(abrir, integrante, axe):
    token = crear_enlace(persona=integrante, por=None, ahora=timezone.now()).token
    EnlaceDeAcceso.objects.update(usado_en=timezone.now())
    pagina = abrir()
    pagina.goto(f"/a/{token}")
    axe(pagina)
    expect(pagina.locator("main")).to_contain_text("DNI ••••••01")
    pagina.get_by_label("Clave", exact=True).fill(CLAVE)
    pagina.get_by_role("button", name="Entrar").click()
    pagina.wait_for_url("**/inicio")
