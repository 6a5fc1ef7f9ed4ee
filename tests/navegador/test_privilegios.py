"""Who works here, on a phone and on a desk: seen, given, signed."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from instancias.acceso.services import factores

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("ancho", [360, 1280])
def test_a_territory_is_given_and_the_list_is_signed(
    abrir: Any, como: Any, axe: Any, administradora: Any, coordinadora_a: Any, capacitadora: Any, ancho: int
) -> None:
    factores.hacer_hoja(cuenta=coordinadora_a, ahora=timezone.now())
    pagina = como(abrir(ancho=ancho), administradora)
    pagina.goto("/panel/privilegios")
    axe(pagina)
    pagina.get_by_role("link", name="Dar un territorio").click()
    axe(pagina)
    pagina.get_by_label("Cuenta", exact=True).fill("coordina-a")
    pagina.get_by_label("Territorio", exact=True).fill("Luyando")
    pagina.get_by_role("button", name="Dar este territorio").click()
    expect(pagina.locator("main")).to_contain_text("Listo: coordina Luyando")
    pagina.get_by_role("button", name="Revisé la lista y la firmo").click()
    expect(pagina.locator("main")).to_contain_text("Firmó la revisión")
    pagina.locator("#firma ~ ul a").first.click()
    axe(pagina)
    expect(pagina.locator("main")).to_contain_text("Está como se firmó.")


def test_days_are_put_on_a_role_that_had_none(
    abrir: Any, como: Any, axe: Any, territorio: Any, administradora: Any, capacitadora: Any
) -> None:
    pagina = como(abrir(ancho=360), administradora)
    pagina.goto("/panel/privilegios")
    pagina.get_by_role("link", name="Poner fechas Capacitadoras").click()
    axe(pagina)
    pagina.get_by_label("Último día").fill("2026-01-01")
    pagina.get_by_role("button", name="Guardar estos días").click()
    expect(pagina.get_by_role("alert")).to_contain_text("El último día no puede ser anterior")
    pagina.get_by_label("Último día").fill("")
    pagina.get_by_role("button", name="Guardar estos días").click()
    expect(pagina.locator("main")).to_contain_text("Listo: se guardaron los días del rol Capacitadoras.")
    axe(pagina)
