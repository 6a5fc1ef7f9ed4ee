"""Putting things in their order in a real browser: buttons, keyboard, dragging, a lost signal, and no script at all."""

import pytest
from playwright.sync_api import expect

from evaluaciones import clases
from evaluaciones.models import Intento, Respuesta
from tests.evaluaciones.factories import ProgramaConEvaluacion, ver_lecciones
from tests.evaluaciones.test_clase_inventada import una_frase
from tests.evaluaciones.test_ordenar import CLAVES, PASOS, una_de_ordenar
from tests.evaluaciones.test_paginas import lugar
from tests.inventada import Frase
from tests.navegador.celular import RECIBIDA, se_esconde

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unidad(territorio, integrante):
    programa = ProgramaConEvaluacion(preguntas=[una_de_ordenar()])
    ver_lecciones(programa.inscribir(integrante))
    return programa.unidad_evaluada


def empezar_en(pagina, unidad):
    pagina.goto(lugar(unidad))
    pagina.get_by_role("button", name="Empezar").click()
    expect(pagina.locator("#p1 [data-k-ordenar]")).to_be_visible()


def en_pantalla(pagina):
    return pagina.locator("#p1 [data-k-texto]").all_text_contents()


def ordenar_con_botones(pagina):
    """Bring each thing up to its place, as a thumb does."""
    for n, paso in enumerate(PASOS):
        while en_pantalla(pagina).index(paso) > n:
            pagina.get_by_role("button", name=f"Subir: {paso}").click()


def estado(pagina):
    return pagina.locator("#p1 [data-k-estado]")


def llega(pagina):
    expect(estado(pagina)).to_have_text("Guardado en este celular")
    se_esconde(pagina)
    expect(estado(pagina)).to_have_text(RECIBIDA)


def test_moved_with_buttons_it_is_saved_announced_and_sent(abrir, como, integrante, unidad):
    pagina = como(abrir(), integrante)
    empezar_en(pagina, unidad)
    assert en_pantalla(pagina) != PASOS
    expect(pagina.locator("#p1 select").first).to_be_hidden()
    ordenar_con_botones(pagina)
    llega(pagina)
    assert en_pantalla(pagina) == PASOS
    expect(pagina.locator("#p1 [data-k-dicho]")).to_contain_text("Ahora en el lugar")
    assert Respuesta.objects.order_by("secuencia").last().valor == CLAVES
    pagina.reload()
    assert en_pantalla(pagina) == PASOS
    pagina.get_by_role("button", name="Revisar mis respuestas").click()
    pagina.get_by_role("button", name="Enviar mis respuestas").click()
    expect(pagina.locator("main")).to_contain_text("Aprobó: 1 de 1")


def test_the_keyboard_moves_it_and_keeps_its_place(abrir, como, integrante, unidad):
    pagina = como(abrir(ancho=1280), integrante)
    empezar_en(pagina, unidad)
    segundo = en_pantalla(pagina)[1]
    boton = pagina.get_by_role("button", name=f"Subir: {segundo}")
    boton.focus()
    pagina.keyboard.press("Enter")
    assert en_pantalla(pagina)[0] == segundo
    expect(boton).to_be_focused()
    expect(boton).to_have_attribute("aria-disabled", "true")
    pagina.keyboard.press("Enter")
    assert en_pantalla(pagina)[0] == segundo


def test_dragging_moves_it(abrir, como, integrante, unidad):
    pagina = como(abrir(ancho=1280), integrante)
    empezar_en(pagina, unidad)
    primero = en_pantalla(pagina)[0]
    pagina.locator("#p1 [data-k-texto]").first.hover()
    pagina.mouse.down()
    pagina.locator("#p1 [data-k-texto]").nth(2).hover()
    pagina.locator("#p1 [data-k-texto]").last.hover()
    pagina.mouse.up()
    assert en_pantalla(pagina)[-1] == primero
    llega(pagina)


def test_the_order_shown_can_be_left_as_it_is(abrir, como, integrante, unidad):
    pagina = como(abrir(), integrante)
    empezar_en(pagina, unidad)
    asi = en_pantalla(pagina)
    pagina.get_by_role("button", name="Dejarlos en este orden").click()
    llega(pagina)
    intento = Intento.objects.get()
    contenido = intento.formulario[0].contenido
    assert [contenido.texto_de(clave) for clave in Respuesta.objects.get().valor] == asi


def test_without_signal_the_order_waits_here_and_comes_back(abrir, como, integrante, unidad):
    pagina = como(abrir(), integrante)
    empezar_en(pagina, unidad)
    pagina.goto(f"{lugar(unidad)}/preguntas#p1")
    contexto = pagina.context
    contexto.set_offline(True)
    ordenar_con_botones(pagina)
    expect(estado(pagina)).to_contain_text("Guardado en este celular")
    pagina.close()
    contexto.set_offline(False)
    pagina = contexto.new_page()
    pagina.goto(f"{lugar(unidad)}/preguntas#p1")
    expect(estado(pagina)).to_have_text(RECIBIDA)
    assert en_pantalla(pagina) == PASOS
    assert Respuesta.objects.get().valor == CLAVES


def test_without_a_script_each_one_gets_its_number(abrir, como, integrante, unidad):
    pagina = como(abrir(guiones=False), integrante)
    empezar_en(pagina, unidad)
    for n, paso in enumerate(PASOS, 1):
        pagina.get_by_label(f"Lugar de: {paso}").select_option(str(n))
    pagina.get_by_role("button", name="Revisar mis respuestas").click()
    pagina.get_by_role("button", name="Enviar mis respuestas").click()
    expect(pagina.locator("main")).to_contain_text("Aprobó: 1 de 1")


def test_it_is_accessible_and_fits(abrir, como, axe_en_dos_anchos, integrante, unidad):
    pagina = como(abrir(ancho=320), integrante)
    empezar_en(pagina, unidad)
    axe_en_dos_anchos(pagina)
    for ancho in (320, 1280):
        pagina.set_viewport_size({"width": ancho, "height": 740})
        altos = pagina.locator("[data-k-mover]").evaluate_all("bs => bs.map(b => b.getBoundingClientRect().height)")
        assert min(altos) >= 44


def test_an_invented_kind_is_saved_with_a_script_as_it_changes(abrir, como, integrante, territorio):
    """The script knows no kind: it sends what a form would send."""
    clases.registrar(Frase())
    try:
        programa = ProgramaConEvaluacion(preguntas=[una_frase(), una_frase(2)])
        ver_lecciones(programa.inscribir(integrante))
        pagina = como(abrir(), integrante)
        pagina.goto(lugar(programa.unidad_evaluada))
        pagina.get_by_role("button", name="Empezar").click()
        pagina.locator("#p1 input[name=p1]").fill("La norma ya lo dice")
        pagina.locator("#p1").get_by_role("button", name="Continuar").click()
        expect(pagina.locator("#p2")).to_be_visible()
        se_esconde(pagina)
        expect(pagina.locator("#p1 [data-k-estado]")).to_have_text(RECIBIDA)
        assert Respuesta.objects.get().valor == "La norma ya lo dice"
        pagina.reload()
        pagina.goto(f"{lugar(programa.unidad_evaluada)}/preguntas#p1")
        expect(pagina.locator("#p1 input[name=p1]")).to_have_value("La norma ya lo dice")
    finally:
        clases.olvidar("frase")
