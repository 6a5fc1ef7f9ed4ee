"""The form of an evaluation in a browser: one question at a time, saved on the way, nothing lost without signal."""

import re

import pytest
from django.db import connection
from playwright.sync_api import expect

from evaluaciones.models import Intento, Respuesta
from tests.evaluaciones.factories import (
    ProgramaConEvaluacion,
    buenas,
    correctas,
    crear_evaluacion,
    empezar,
    equivocadas,
    unidad_de,
    ver_lecciones,
)
from tests.navegador.celular import RECIBIDA, con_trabajador, esperan, se_esconde

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def evaluada(territorio, cem, integrante):
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=4)
    ver_lecciones(programa.inscribir(integrante))
    return programa


def lugar(unidad):
    return f"/e/{unidad.curso.numero}/{unidad.numero}"


def en_la_primera(pagina, programa):
    """Start; return the attempt."""
    pagina.goto(lugar(programa.unidad_evaluada))
    pagina.get_by_role("button", name="Empezar").click()
    expect(pagina.locator("#p1")).to_be_visible()
    return Intento.objects.get()


def marcar(pagina, intento, n, elegir=correctas):
    for clave in elegir(intento.formulario[n - 1]):
        pagina.locator(f"#p{n} input[value='{clave}']").check()


def estado(pagina, n):
    return pagina.locator(f"#p{n} [data-k-estado]")


def test_one_question_at_a_time_and_back_returns_to_the_previous_one(abrir, como, evaluada, integrante):
    pagina = como(abrir(), integrante)
    en_la_primera(pagina, evaluada)
    expect(pagina, "la dirección se puede volver a cargar").to_have_url(re.compile("/preguntas$"))
    expect(pagina.locator("#p2")).to_be_hidden()
    pagina.locator("#p1").get_by_role("button", name="Continuar").click()
    expect(pagina.locator("#p2")).to_be_visible()
    expect(pagina.locator("#p2 fieldset")).to_be_focused()
    pagina.go_back()
    expect(pagina.locator("#p1")).to_be_visible()
    pagina.reload()
    expect(pagina.locator("#p1")).to_be_visible()


def test_each_answer_is_kept_as_it_changes_and_goes_when_the_page_is_left(abrir, como, evaluada, integrante):
    pagina = como(abrir(), integrante)
    intento = en_la_primera(pagina, evaluada)
    marcar(pagina, intento, 1)
    expect(estado(pagina, 1)).to_have_text("Guardado en este celular")
    se_esconde(pagina)
    expect(estado(pagina, 1)).to_have_text(RECIBIDA)
    assert Respuesta.objects.order_by("secuencia").last().valor == correctas(intento.formulario[0])
    otro = como(abrir(), integrante)
    otro.goto(f"{lugar(evaluada.unidad_evaluada)}/preguntas")
    for clave in correctas(intento.formulario[0]):
        expect(otro.locator(f"input[value='{clave}']")).to_be_checked()


def test_without_signal_it_waits_here_and_goes_once(abrir, como, evaluada, integrante):
    pagina = como(abrir(), integrante)
    intento = en_la_primera(pagina, evaluada)
    pagina.goto(f"{lugar(evaluada.unidad_evaluada)}/preguntas#p2")
    pagina.context.set_offline(True)
    marcar(pagina, intento, 2)
    expect(estado(pagina, 2)).to_have_text(re.compile("^Guardado en este celular"))
    assert not Respuesta.objects.exists()
    pagina.context.set_offline(False)
    expect(estado(pagina, 2)).to_have_text(RECIBIDA)
    assert Respuesta.objects.count() == 1


def test_what_was_marked_without_signal_survives_closing_the_page(abrir, como, evaluada, integrante):
    pagina = como(abrir(), integrante)
    intento = en_la_primera(pagina, evaluada)
    pagina.goto(f"{lugar(evaluada.unidad_evaluada)}/preguntas#p2")
    contexto = pagina.context
    contexto.set_offline(True)
    marcar(pagina, intento, 2, equivocadas)
    expect(estado(pagina, 2)).to_have_text(re.compile("^Guardado en este celular"))
    pagina.close()
    contexto.set_offline(False)
    pagina = contexto.new_page()
    pagina.goto(f"{lugar(evaluada.unidad_evaluada)}/preguntas#p2")
    expect(estado(pagina, 2)).to_have_text(RECIBIDA)
    assert [fila.valor for fila in Respuesta.objects.all()] == [equivocadas(intento.formulario[1])]
    assert esperan(pagina) == []


def test_an_ended_session_keeps_the_answer_and_says_so(abrir, como, evaluada, integrante):
    pagina = como(abrir(), integrante)
    intento = en_la_primera(pagina, evaluada)
    galletas = pagina.context.cookies()
    pagina.context.clear_cookies(name="sessionid")
    marcar(pagina, intento, 1, equivocadas)
    se_esconde(pagina)
    expect(estado(pagina, 1)).to_have_text(re.compile("Entre de nuevo"))
    expect(pagina.get_by_role("status").get_by_role("link", name="Entrar")).to_be_visible()
    pagina.context.add_cookies(galletas)
    pagina.reload()
    expect(estado(pagina, 1)).to_have_text(RECIBIDA)


def test_reviewing_and_sending_with_and_without_scripts(pagina_con_y_sin_guiones, como, evaluada, integrante):
    pagina = como(pagina_con_y_sin_guiones, integrante)
    intento = en_la_primera(pagina, evaluada)
    for n in (1, 2, 3):
        marcar(pagina, intento, n)
        seguir = pagina.locator(f"#p{n}").get_by_role("button", name="Continuar")
        if seguir.is_visible():
            seguir.click()
    pagina.get_by_role("button", name="Revisar mis respuestas").click()
    expect(pagina.locator("main")).to_contain_text("Le falta responder 1 pregunta.")
    pagina.get_by_role("link", name="Responder la pregunta 4").click()
    marcar(pagina, intento, 4)
    pagina.get_by_role("button", name="Revisar mis respuestas").click()
    pagina.get_by_role("button", name="Enviar mis respuestas").click()
    expect(pagina.locator("main")).to_contain_text("Aprobó: 4 de 4")
    intento.refresh_from_db()
    assert intento.puntos == 4


def test_every_page_is_accessible_and_fits(abrir, como, axe_en_dos_anchos, evaluada, integrante):
    practica = unidad_de(crear_evaluacion(evaluada.modulos[0], clase="practica", preguntas=2, titulo="Práctica"))
    pagina = como(abrir(ancho=320), integrante)

    def revisar():
        axe_en_dos_anchos(pagina)

    pagina.goto(lugar(evaluada.unidad_evaluada))
    revisar()
    intento = en_la_primera(pagina, evaluada)
    revisar()
    pagina.goto(f"{lugar(evaluada.unidad_evaluada)}/preguntas#p4")
    pagina.get_by_role("button", name="Revisar mis respuestas").click()
    revisar()
    pagina.get_by_role("button", name="Enviar mis respuestas").click()
    expect(pagina).to_have_url(re.compile("/resultado/1$"))
    revisar()
    segundo = empezar(integrante, evaluada.unidad_evaluada)
    assert segundo.pk != intento.pk
    pagina.goto(f"{lugar(evaluada.unidad_evaluada)}/preguntas")
    for n in range(1, 5):
        pagina.goto(f"{lugar(evaluada.unidad_evaluada)}/preguntas#p{n}")
        marcar(pagina, segundo, n)
        expect(estado(pagina, n)).to_have_text("Guardado en este celular")
    pagina.get_by_role("button", name="Revisar mis respuestas").click()
    pagina.get_by_role("button", name="Enviar mis respuestas").click()
    expect(pagina.locator("main")).to_contain_text("Aprobó: 4 de 4")
    revisar()
    pagina.goto(lugar(practica))
    pagina.get_by_role("button", name="Empezar").click()
    revisar()
    pagina.get_by_role("button", name="Responder").click()
    expect(pagina.get_by_role("alert")).to_be_visible()
    revisar()
    propio = Intento.objects.get(unidad=practica)
    for clave in buenas(propio)[1]:
        pagina.locator(f"input[value='{clave}']").check()
    pagina.get_by_role("button", name="Responder").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Correcto")
    revisar()


def test_weight_of_the_form(pesar, como, abrir, evaluada, integrante):
    pagina = como(abrir(), integrante)
    en_la_primera(pagina, evaluada)
    peso = pesar(f"{lugar(evaluada.unidad_evaluada)}/preguntas", cookies=pagina.context.cookies())
    assert peso.html <= 8 * 1024
    assert peso.js <= 12 * 1024
    assert peso.total <= 60 * 1024


@pytest.fixture
def sin_donde_guardar():
    """The server answers and cannot keep an answer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER sin_donde BEFORE INSERT ON kuska_evaluaciones_respuesta "
            "BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    yield lambda: connection.cursor().execute("DROP TRIGGER IF EXISTS sin_donde")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS sin_donde")


def test_what_the_server_could_not_keep_stays_and_goes_again(abrir, como, evaluada, integrante, sin_donde_guardar):
    pagina = como(abrir(), integrante)
    pagina.clock.install()
    intento = en_la_primera(pagina, evaluada)
    marcar(pagina, intento, 1)
    expect(estado(pagina, 1)).to_have_text("Guardado en este celular")
    se_esconde(pagina)
    expect(estado(pagina, 1)).to_have_text(
        re.compile(r"^Guardado en este celular\. El aula está ocupada: intento en \d+ s\.$")
    )
    assert not Respuesta.objects.exists()
    sin_donde_guardar()
    pagina.clock.run_for(61_000)
    expect(estado(pagina, 1)).to_have_text(RECIBIDA)
    assert Respuesta.objects.get().valor == correctas(intento.formulario[0])


def test_finished_without_signal_it_goes_by_itself_and_the_result_comes(abrir, como, evaluada, integrante):
    pagina = como(abrir(), integrante)
    pagina.goto("/menu")
    con_trabajador(pagina)
    intento = en_la_primera(pagina, evaluada)
    pagina.context.set_offline(True)
    pagina.reload()
    expect(pagina.locator("#p1"), "la página no se pierde").to_be_visible()
    for n in range(1, 5):
        marcar(pagina, intento, n)
        expect(estado(pagina, n)).to_have_text("Guardado en este celular")
        if n < 4:
            pagina.locator(f"#p{n}").get_by_role("button", name="Continuar").click()
    pagina.get_by_role("button", name="Revisar mis respuestas").click()
    expect(pagina.locator("main")).to_contain_text("Respondió todas las preguntas.")
    pagina.get_by_role("button", name="Enviar mis respuestas").click()
    expect(pagina.locator("[data-k-revision] [data-k-estado]")).to_contain_text("Guardado en este celular.")
    contexto = pagina.context
    pagina.close()
    contexto.set_offline(False)
    pagina = contexto.new_page()
    pagina.goto("/inicio")
    expect(pagina.locator("[data-k-senal]")).to_have_text(RECIBIDA)
    intento.refresh_from_db()
    assert (intento.estado, intento.puntos) == (Intento.Estado.ENVIADO, 4)
    assert Respuesta.objects.filter(definitiva=True).count() == 4
    pagina.locator("[data-k-senal]").get_by_role("link", name="Ver el resultado").click()
    expect(pagina.locator("main")).to_contain_text("Aprobó: 4 de 4")


def test_with_signal_it_costs_three_requests_and_leaves_nothing_waiting(abrir, como, evaluada, integrante):
    pagina = como(abrir(), integrante)
    pedidos = []
    pagina.on("request", lambda uno: pedidos.append(uno) if uno.resource_type in ("document", "fetch") else None)
    intento = en_la_primera(pagina, evaluada)
    for n in range(1, 5):
        marcar(pagina, intento, n)
        expect(estado(pagina, n)).to_have_text("Guardado en este celular")
        if n < 4:
            pagina.locator(f"#p{n}").get_by_role("button", name="Continuar").click()
    pagina.get_by_role("button", name="Revisar mis respuestas").click()
    pagina.get_by_role("button", name="Enviar mis respuestas").click()
    expect(pagina.locator("main")).to_contain_text("Aprobó: 4 de 4")
    pagina.wait_for_timeout(2000)
    assert [f"{uno.method} {uno.url.rsplit('/', 1)[-1]}" for uno in pedidos][1:] == ["POST empezar", "POST enviar"]
    assert esperan(pagina) == []
