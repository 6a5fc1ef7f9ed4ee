"""Back to a page that answered a form: it is asked for again, and nothing is sent twice."""

import pytest
from playwright.sync_api import expect

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
