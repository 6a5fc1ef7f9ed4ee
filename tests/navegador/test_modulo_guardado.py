"""A module saved on the phone: with signal it is saved, without it all of it is read, and it goes when it must."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from evaluaciones.models import Ensayo, Intento, Respuesta
from tests import gente
from tests.cursos.factories import crear_leccion, decida, paso
from tests.evaluaciones.factories import (
    ProgramaConEvaluacion,
    buenas,
    crear_evaluacion,
    hacer_pregunta,
    unidad_de,
    ver_lecciones,
)
from tests.navegador.test_sin_senal import con_trabajador, titulo

pytestmark = pytest.mark.django_db(transaction=True)
OPCIONES = [("Puede pedir ayuda hoy mismo.", True), ("Antes debe ir al notario.", False)]


@pytest.fixture
def programa(territorio, cem, integrante):
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=2)
    modulo = programa.modulos[0]
    con_caso = crear_leccion(modulo, "Con caso", pasos=[decida(opciones=OPCIONES), paso("Después")])
    de_practica = [hacer_pregunta(n, clase="practica") for n in (501, 502)]
    programa.practica = unidad_de(crear_evaluacion(modulo, clase="practica", preguntas=de_practica, titulo="Práctica"))
    programa.inscribir(integrante)
    programa.uno, programa.dos = programa.unidad(programa.lecciones[0]), programa.unidad(con_caso)
    programa.base = f"/c/{programa.curso.numero}"
    return programa


def guardar(pagina, programa):
    """From the page of the course, as a member does: the weight is read before the touch."""
    pagina.goto(programa.base)
    con_trabajador(pagina)
    pagina.get_by_role("link", name="Guardar este módulo en el celular").click()
    expect(pagina.get_by_role("button", name="Guardar en este celular")).to_contain_text("KB)")
    pagina.get_by_role("button", name="Guardar en este celular").click()
    expect(pagina.get_by_text("Guardado en este celular. Ya puede abrirlo sin señal.")).to_be_visible()
    return pagina


def test_all_its_lessons_are_read_without_signal_and_it_is_removed(abrir, como, axe, integrante, programa):
    pagina = como(abrir(), integrante)
    pagina.add_init_script("Date.now = () => 946684800000")  # a phone that believes that it is the year 2000
    guardar(pagina, programa)
    axe(pagina)
    pagina.context.set_offline(True)
    for unidad in (programa.uno, programa.dos):
        for numero in (1, 2):
            pagina.goto(f"{programa.base}/{unidad.numero}/{numero}")
            expect(pagina.get_by_text(f"Paso {numero} de 2")).to_be_visible()
    pagina.goto("/en-este-celular")
    pagina.get_by_role("link", name="Con caso").click()
    expect(pagina.get_by_text("Paso 1 de 2")).to_be_visible()
    pagina.context.set_offline(False)
    pagina.goto("/en-este-celular")
    axe(pagina)
    pagina.get_by_role("button", name="Quitar de este celular").click()
    expect(pagina.get_by_text("Se quitó de este celular. Su avance sigue guardado.")).to_be_visible()
    expect(pagina.get_by_text("Aquí no hay ningún módulo guardado")).to_be_visible()
    pagina.context.set_offline(True)
    pagina.goto(f"{programa.base}/{programa.uno.numero}/2")
    expect(titulo(pagina)).to_have_text("Sin señal")
    pagina.get_by_role("link", name="Ver lo guardado en este celular").click()
    expect(titulo(pagina)).to_have_text("Guardado en este celular")


def guardados(pagina) -> list[str]:
    """The caches in which a module is kept on this phone."""
    return pagina.evaluate("() => caches.keys().then(todas => todas.filter(una => una.includes('-m-')))")


def test_a_newer_one_is_told_and_brought_and_who_leaves_the_course_keeps_nothing(abrir, como, integrante, programa):
    pagina = como(abrir(), integrante)
    guardar(pagina, programa)
    antes = guardados(pagina)
    crear_leccion(programa.modulos[0], "Recién escrita")
    pagina.goto("/en-este-celular")
    expect(pagina.get_by_text("Hay una versión más nueva.")).to_be_visible()
    pagina.get_by_role("link", name="Actualizar").click()
    expect(pagina.get_by_text("hay una versión más nueva. Guárdelo otra vez")).to_be_visible()
    pagina.get_by_role("button", name="Guardar en este celular").click()
    expect(pagina.get_by_text("Ya puede abrirlo sin señal.")).to_be_visible()
    assert len(guardados(pagina)) == 1 and guardados(pagina) != antes
    with pagina.expect_response(lambda una: una.request.method == "HEAD"):  # it asked while she was still in the course
        pagina.goto("/en-este-celular")
    expect(pagina.get_by_role("link", name="Recién escrita")).to_be_visible()
    integrante.inscripciones.update(retirada_en=timezone.now())
    pagina.reload()
    expect(pagina.get_by_text("Se quitó de este celular un módulo de un curso que ya no lleva.")).to_be_visible()
    assert guardados(pagina) == []


def test_leaving_throws_it_away_and_another_person_never_sees_it(abrir, como, integrante, programa):
    pagina = como(abrir(), integrante)
    guardar(pagina, programa)
    otra = gente.crear_integrante("40000077", "Ana", "Flores")
    como(pagina, otra).goto("/en-este-celular")
    expect(pagina.get_by_text("Aquí no hay ningún módulo guardado")).to_be_visible()
    pagina.wait_for_function("() => caches.keys().then(todas => !todas.some(una => una.includes('-m-')))")
    guardar(como(pagina, integrante), programa)
    pagina.goto("/menu")
    pagina.get_by_role("button", name="Salir", exact=True).click()
    pagina.wait_for_function("() => caches.keys().then(todas => !todas.some(una => una.includes('-m-')))")


@pytest.mark.parametrize(
    ("guion", "dice"),
    [
        (
            "Cache.prototype.put = () => Promise.reject(new DOMException('lleno', 'QuotaExceededError'))",
            "Su celular no tiene espacio o no deja guardar.",
        ),
        (
            "delete window.caches; Object.defineProperty(window, 'caches', {value: undefined})",
            "quizá está en modo privado",
        ),
        (
            "const leer = JSON.parse; JSON.parse = t => Object.assign(leer(t), {formato: 99})",
            "El aula cambió. Cargue esta página otra vez",
        ),
    ],
    ids=["lleno", "privado", "viejo"],
)
def test_a_phone_that_cannot_save_says_so_and_keeps_no_half(abrir, como, integrante, programa, guion, dice):
    pagina = como(abrir(), integrante)
    pagina.goto(f"{programa.base}/m/{programa.practica.numero}/celular")
    con_trabajador(pagina)
    pagina.add_init_script(guion)
    pagina.reload()
    pagina.get_by_role("button", name="Guardar en este celular").click()
    expect(pagina.get_by_text(dice)).to_be_visible()
    assert "undefined" in guion or guardados(pagina) == []


def test_what_is_done_without_signal_is_explained_at_once_and_is_on_the_server_afterwards(
    abrir, como, axe, integrante, programa
):
    pagina = como(abrir(), integrante)
    pagina.goto(f"{programa.base}/{programa.dos.numero}/1")  # what was only read does not hide what is saved
    con_trabajador(pagina).reload()
    guardar(pagina, programa)
    pagina.context.set_offline(True)
    pagina.goto(f"{programa.base}/{programa.dos.numero}/1")
    pagina.get_by_role("button", name="Antes debe ir al notario.").click()
    expect(pagina.get_by_role("heading", name="Todavía no")).to_be_focused()
    expect(pagina.get_by_role("heading", name="La regla")).to_be_visible()
    expect(pagina.locator("main").get_by_text("Guardado en este celular")).to_be_visible()
    pagina.get_by_role("button", name="Continuar").click()
    expect(titulo(pagina)).to_have_text("Después")
    pagina.get_by_role("button", name="Continuar").click()
    expect(titulo(pagina)).to_have_text("Terminó la lección 2")
    pagina.goto(f"/e/{programa.curso.numero}/{programa.practica.numero}")
    for _numero in (1, 2):
        pagina.locator(".k-opcion").first.click()
        pagina.get_by_role("button", name="Responder").click()
        expect(titulo(pagina)).to_have_text(re.compile("Correcto|Todavía no"))
        expect(pagina.get_by_text(re.compile(r"Explica \d"))).to_be_visible()
        pagina.locator("main").get_by_text("Continuar").click()
    expect(pagina.locator("main").get_by_text("Guardado en este celular").first).to_be_visible()
    assert not Ensayo.objects.exists() and not Respuesta.objects.exists()
    pagina.context.set_offline(False)
    expect(titulo(pagina)).to_have_text("Terminó la práctica")
    assert Ensayo.objects.get().acierto is False
    assert integrante.inscripciones.get().avances.get(unidad=programa.dos).estado == "terminada"
    assert Intento.objects.get(unidad=programa.practica).estado == "enviado"
    pagina.goto("/en-este-celular")
    expect(pagina.get_by_role("link", name="Con caso")).to_be_visible()
    expect(pagina.get_by_role("link", name="Práctica")).to_have_count(0)  # it was answered: it begins again with signal


def test_an_evaluation_begun_with_signal_is_finished_without_it_and_its_receipt_verifies(
    abrir, como, integrante, programa
):
    ver_lecciones(integrante.inscripciones.get())
    pagina = como(abrir(), integrante)
    pagina.goto(f"/e/{programa.curso.numero}/{programa.unidad_evaluada.numero}")
    con_trabajador(pagina)
    pagina.get_by_role("button", name="Empezar").click()
    pagina.reload()  # from here on it stays on the phone
    intento = Intento.objects.get(unidad=programa.unidad_evaluada)
    pagina.context.set_offline(True)
    for numero, claves in buenas(intento).items():
        pagina.goto(f"/e/{programa.curso.numero}/{programa.unidad_evaluada.numero}/preguntas#p{numero}")
        for clave in claves:
            pagina.locator(f'input[name="p{numero}"][value="{clave}"]').check()
    pagina.get_by_role("button", name="Revisar mis respuestas").click()
    pagina.get_by_role("button", name="Enviar mis respuestas").click()
    expect(pagina.locator("main").get_by_text("Guardado en este celular").last).to_be_visible()
    assert not Respuesta.objects.exists()
    pagina.context.set_offline(False)
    expect(titulo(pagina)).to_have_text(re.compile("Aprobó: 2 de 2|Terminó el curso"))
    codigo = pagina.locator("a.k-codigo").inner_text()
    pagina.goto("/r")
    pagina.get_by_label("Código, o el texto entero del recibo").fill(codigo.lower().replace("-", " "))
    pagina.get_by_role("button", name="Verificar").click()
    expect(pagina.get_by_role("heading", name="Recibo válido")).to_be_visible()
    expect(pagina.get_by_text("Intento 1.")).to_be_visible()
