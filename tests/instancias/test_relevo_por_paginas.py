"""A change of authorities of more seats than fit on a page: what is typed goes along, and is confirmed together."""

from __future__ import annotations

import re
from html import unescape

import pytest

from instancias.models import Membresia, Relevo
from tests import gente
from tests.instancias.mesas import AHORA, ENERO, persona, quienes, sentada
from tests.instancias.test_relevo_paginas import nueva, ocultos

pytestmark = [pytest.mark.usefixtures("territorio"), pytest.mark.un_motor]
LISTA = "/panel/relevo?desde=2027-01-01&calidad=titular&lugar=100605"


@pytest.fixture(autouse=True)
def _es_noviembre(time_machine, monkeypatch):
    time_machine.move_to(AHORA)
    monkeypatch.setattr("instancias.views.relevo.POR_PANTALLA", 2)


@pytest.fixture
def cem(territorio, entrar):
    return entrar(gente.crear_coordinacion("cem-p", "1006"))


@pytest.fixture
def sillas(territorio):
    """Five seats, that take three pages."""
    cinco = [gente.crear_asiento("100605", orden=n, corto=f"Asiento {n}") for n in range(1, 6)]
    for n, silla in enumerate(cinco, 1):
        sentada(silla, persona(f"4000010{n}", "Rosa", f"Quispe {'ABCDE'[n - 1]}"))
    return cinco


def botones(texto: str) -> dict[str, str]:
    """Where each button of the pages sends what was typed, by its words."""
    return {
        dicho.strip(): f"/panel/relevo{unescape(donde)}"
        for donde, dicho in re.findall(r'name="ir" value="1"\s+formaction="([^"]+)">\s*([^<]+)<', texto)
    }


def pasar(cliente, texto: str, boton: str, **campos: str) -> str:
    """Go to another page with its button, as a browser without script: all that the form has goes along."""
    datos = {**ocultos(texto), "designacion": "Oficio 12-2026", **campos, "ir": "1"}
    return cliente.post(botones(texto)[boton], datos).content.decode()


def test_what_is_typed_on_every_page_is_confirmed_together(cem, sillas):
    primera = cem.get(LISTA).content.decode()
    assert "lo que escribió va con usted" in primera and list(botones(primera)) == ["Más resultados"]
    segunda = pasar(cem, primera, "Más resultados", **nueva(f"f{sillas[0].pk}t", "40000201"))
    assert "Hoy: Rosa Quispe C" in segunda and "Hoy: Rosa Quispe A" not in segunda
    assert "Además va 1 cambio escrito en otra página." in segunda and 'value="Oficio 12-2026"' in segunda
    tercera = pasar(cem, segunda, "Más resultados", **{f"f{sillas[2].pk}t-que": "vacante"})
    assert "Además van 2 cambios escritos en otras páginas." in tercera
    datos = {**ocultos(tercera), "designacion": "Oficio 12-2026", **nueva(f"f{sillas[4].pk}t", "40000205")}
    antes = cem.post(f"{LISTA}&pagina=3", datos).content.decode()
    assert "3 personas dejan su asiento." in antes and "1 asiento queda vacante." in antes
    assert cem.post(f"{LISTA}&pagina=3", {**ocultos(antes), "confirmar": "1"}).status_code == 302
    assert quienes(ENERO) == {"40000201", "40000102", "40000104", "40000205"}
    assert Relevo.objects.get().designacion == "Oficio 12-2026"


def test_whoever_comes_back_finds_what_was_typed_and_unfinished_without_reproach(cem, sillas):
    a_medias = {**nueva(f"f{sillas[0].pk}t", "400"), f"f{sillas[0].pk}t-apellidos": ""}
    segunda = pasar(cem, cem.get(LISTA).content.decode(), "Más resultados", **a_medias)
    primera = pasar(cem, segunda, "Anteriores")
    assert 'value="400"' in primera and 'value="Inés"' in primera and "Hay un problema" not in primera
    assert '<option value="persona" selected' in primera
    assert "escrito en otra página" not in primera


def test_what_is_wrong_on_another_page_is_shown_to_be_mended_here(cem, sillas):
    a_medias = {**nueva(f"f{sillas[0].pk}t", "40000201"), f"f{sillas[0].pk}t-apellidos": ""}
    segunda = pasar(cem, cem.get(LISTA).content.decode(), "Más resultados", **a_medias)
    mala = cem.post(f"{LISTA}&pagina=2", ocultos(segunda))
    texto = mala.content.decode()
    f = f"f{sillas[0].pk}t"
    assert mala.status_code == 422 and f'<a href="#id_{f}-apellidos">' in texto
    assert f'id="id_{f}-apellidos_error"' in texto and "Hoy: Rosa Quispe A" in texto and "Hoy: Rosa Quispe C" in texto
    antes = cem.post(f"{LISTA}&pagina=2", {**ocultos(texto), **nueva(f, "40000201")})
    assert "Todavía no se guardó nada" in antes.content.decode()


def test_who_changed_meanwhile_on_another_page_is_not_ended_by_an_old_screen(cem, sillas):
    segunda = pasar(cem, cem.get(LISTA).content.decode(), "Más resultados", **nueva(f"f{sillas[0].pk}t", "40000201"))
    Membresia.objects.filter(persona__documento="40000101").update(hasta=ENERO)
    sentada(sillas[0], persona("40000109", "Luz", "Paredes"), desde=ENERO.replace(day=2))
    tarde = cem.post(f"{LISTA}&pagina=2", ocultos(segunda))
    assert tarde.status_code == 422 and "Mientras tanto cambió quien ocupa" in tarde.content.decode()


def test_a_seat_of_another_place_does_not_go_along(cem, sillas, entrar):
    ajena = entrar(gente.crear_coordinacion("coordina-a", "100601"))
    fuera = {**nueva(f"f{sillas[0].pk}t", "40000201"), "ir": "1"}
    texto = ajena.post("/panel/relevo?desde=2027-01-01&calidad=titular", fuera).content.decode()
    assert "40000201" not in texto and "Rosa Quispe" not in texto


def test_after_confirming_a_page_the_next_one_is_offered_with_what_was_asked(cem, sillas):
    primera = cem.get(LISTA).content.decode()
    antes = cem.post(LISTA, {**ocultos(primera), **nueva(f"f{sillas[0].pk}t", "40000201")}).content.decode()
    hecho = cem.post(LISTA, {**ocultos(antes), "confirmar": "1"})
    texto = cem.get(hecho.url).content.decode()
    enlaces = {
        dicho.strip(): unescape(a) for a, dicho in re.findall(r'href="([^"]*/relevo\?[^"]*)">\s*([^<]+)<', texto)
    }
    sigue = cem.get(enlaces["Seguir con la página 2 de estos asientos"]).content.decode()
    assert "Hoy: Rosa Quispe C" in sigue and "Página 2 de 3" in sigue
    otros = cem.get(enlaces["Seguir con otros asientos"]).content.decode()
    assert 'value="2027-01-01"' in otros and "Ver los asientos" in otros
    assert re.search(r'name="lugar" value="100605"[^>]* checked', otros)
    assert not re.search(r'name="calidad" value="alterno"[^>]* checked', otros)
    ultima = cem.get(f"{LISTA}&pagina=3").content.decode()
    datos = {**ocultos(ultima), f"f{sillas[4].pk}t-que": "vacante"}
    antes = cem.post(f"{LISTA}&pagina=3", datos).content.decode()
    hecho = cem.post(f"{LISTA}&pagina=3", {**ocultos(antes), "confirmar": "1"})
    assert "Seguir con la página" not in cem.get(hecho.url).content.decode()


def test_what_is_added_after_going_back_is_another_act_and_not_the_same_again(cem, sillas):
    """The browser's own Back shows the screen as it was: with the same number, what is typed now would be dropped."""
    primera = ocultos(cem.get(LISTA).content.decode())
    for n in (0, 1):
        antes = cem.post(LISTA, {**primera, **nueva(f"f{sillas[n].pk}t", f"4000020{n}")}).content.decode()
        assert cem.post(LISTA, {**ocultos(antes), "confirmar": "1"}).status_code == 302
    assert {"40000200", "40000201"} <= quienes(ENERO) and Relevo.objects.count() == 2


def test_where_a_form_takes_too_few_values_it_says_that_going_on_loses_what_was_typed(cem, sillas, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 30
    texto = cem.get(LISTA).content.decode()
    assert "lo que lleva escrito se pierde" in texto and not botones(texto)
    assert f"{LISTA.replace('&', '&amp;').split('?')[1]}&amp;pagina=2" in texto


def test_the_page_of_what_was_done_has_one_main_button(cem, sillas):
    """Going on with the seats that follow and inviting who came in stood both as the main one."""
    antes = cem.post(LISTA, {**ocultos(cem.get(LISTA).content.decode()), **nueva(f"f{sillas[0].pk}t", "40000200")})
    hecho = cem.post(LISTA, {**ocultos(antes.content.decode()), "confirmar": "1"}, follow=True).content.decode()
    principales = re.findall(r'class="k-boton k-boton--corto" href="([^"]*)"', hecho)
    assert len(principales) == 1 and "pagina=2" in principales[0]
    assert "Ver quiénes empiezan otro día" in hecho
