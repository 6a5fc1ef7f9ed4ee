"""A module saved on the phone: with signal it is saved, without it all of it is read, and it goes when it must."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import gente
from tests.cursos.factories import crear_leccion, decida, paso
from tests.evaluaciones.factories import ProgramaConEvaluacion, crear_evaluacion, hacer_pregunta, unidad_de
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
    ],
    ids=["lleno", "privado"],
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
