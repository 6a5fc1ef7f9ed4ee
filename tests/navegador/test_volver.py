"""Back to a page that answered a form: it is asked for again, and nothing is sent twice."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cursos.services.avance import registrar_avance
from tests.cursos.factories import Programa

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("direccion", "campo", "mal", "boton", "dicho"),
    [
        ("/mi-cuenta/celular", "Celular", "12", "Guardar", "El celular tiene 9 números y empieza con 9."),
        ("/buscar", "Qué palabra busca", "zzzqq", "Buscar", "No encontramos «zzzqq»."),
        ("/buscar", "Qué palabra busca", "", "Buscar", "Escriba una palabra para buscar."),
        ("/glosario", "Buscar una palabra", "zzzqq", "Buscar", "No encontramos «zzzqq»."),
        ("/v", "Código", "7K3M", "Verificar", "Hay un problema"),
    ],
)
def test_back_never_offers_to_send_a_form_again(abrir, como, integrante, direccion, campo, mal, boton, dicho):
    pagina = como(abrir(), integrante)
    pagina.goto(direccion)
    pagina.get_by_label(campo, exact=True).fill(mal)
    pagina.locator("main").get_by_role("button", name=boton, exact=True).click()
    expect(pagina.locator("main")).to_contain_text(dicho)
    pedidos = []
    pagina.goto("/ayuda")
    pagina.on("request", lambda uno: pedidos.append(uno.method) if uno.is_navigation_request() else None)
    pagina.go_back()
    expect(pagina.get_by_label(campo, exact=True)).to_have_value("")
    assert pedidos == ["GET"]


COMO_VUELVE = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"


@pytest.fixture
def inscrita(territorio, cem, integrante):
    return Programa(lecciones=2).inscribir(integrante)


@pytest.mark.parametrize("donde", ["inicio", "curso"])
def test_back_to_a_page_that_the_phone_kept_whole_what_it_counts_is_told_anew(abrir, como, inscrita, donde):
    pagina = como(abrir(), inscrita.persona)
    numero = inscrita.curso.numero
    pagina.goto("/inicio" if donde == "inicio" else f"/c/{numero}")
    expect(pagina.locator("main")).to_contain_text("0 de 2 lecciones")
    ver(inscrita)
    pagina.context.set_offline(True)
    pagina.evaluate(COMO_VUELVE)
    expect(pagina.locator("main")).to_contain_text("0 de 2 lecciones")
    pagina.context.set_offline(False)
    pagina.evaluate(COMO_VUELVE)
    expect(pagina.locator("main")).to_contain_text("1 de 2 lecciones")
    expect(pagina.locator("main")).to_have_count(1)


def test_back_after_the_session_ended_the_door_is_shown(abrir, como, inscrita):
    pagina = como(abrir(), inscrita.persona)
    pagina.goto("/inicio")
    pagina.context.clear_cookies()
    pagina.evaluate(COMO_VUELVE)
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Entrar")


def ver(inscripcion):
    """See every step of the first lesson."""
    unidad = inscripcion.curso.unidades.filter(clase="leccion").order_by("numero").first()
    for n in range(1, unidad.pasos + 1):
        registrar_avance(inscripcion=inscripcion, unidad=unidad, paso=n, ahora=timezone.now())
