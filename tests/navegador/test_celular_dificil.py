"""A phone as there are many: a slow network, and a system that takes back what pages kept in it."""

import re
import time

import pytest
from playwright.sync_api import expect

from cursos.models import Avance
from evaluaciones.models import Respuesta
from tests.navegador.celular import RECIBIDA, esperan, se_esconde
from tests.navegador.test_evaluacion import en_la_primera, estado, evaluada, lugar, marcar
from tests.navegador.test_modulo_guardado import guardar
from tests.navegador.test_modulo_guardado import programa as modulo

__all__ = ["evaluada", "modulo"]
pytestmark = pytest.mark.django_db(transaction=True)
UNA_G_Y_MEDIA = {"offline": False, "latency": 700, "downloadThroughput": 30_000, "uploadThroughput": 12_000}
LO_QUE_SE_BORRA = "indexeddb,local_storage,cache_storage,service_workers"


def con_red(pagina, condiciones):
    pagina.context.new_cdp_session(pagina).send("Network.emulateNetworkConditions", condiciones)


def borrar_lo_guardado(pagina, origen):
    """As a phone without room does, or who empties it: everything of the site but its session."""
    sesion = pagina.context.new_cdp_session(pagina)
    sesion.send("Storage.clearDataForOrigin", {"origin": origen, "storageTypes": LO_QUE_SE_BORRA})


def test_with_a_slow_network_it_says_where_each_thing_is_and_nothing_is_twice(abrir, como, evaluada, integrante):
    pagina = como(abrir(), integrante)
    con_red(pagina, UNA_G_Y_MEDIA)
    base = f"/c/{evaluada.curso.numero}/{evaluada.unidad(evaluada.lecciones[0]).numero}"
    antes = Avance.objects.count()
    pagina.goto(f"{base}/1")
    expect(pagina.get_by_role("heading", level=1)).to_be_visible()
    pagina.get_by_role("button", name="Continuar").dblclick()
    expect(pagina).to_have_url(re.compile(f"{base}/2$"))
    assert Avance.objects.count() == antes
    intento = en_la_primera(pagina, evaluada)
    pagina.goto(f"{lugar(evaluada.unidad_evaluada)}/preguntas#p2")
    pagina.evaluate("() => { dichos = []; document.addEventListener('k-cola', e => dichos.push(e.detail.estado)) }")
    marcar(pagina, intento, 2)
    se_esconde(pagina)
    se_esconde(pagina)
    expect(estado(pagina, 2)).to_have_text(RECIBIDA)
    assert pagina.evaluate("() => dichos") == ["celular", "camino", "recibido"]
    assert Respuesta.objects.count() == 1 and esperan(pagina) == []


def test_what_the_phone_takes_back_is_told_and_what_the_page_shows_is_kept_again(
    abrir, como, evaluada, integrante, live_server
):
    pagina = como(abrir(), integrante)
    intento = en_la_primera(pagina, evaluada)
    pagina.context.set_offline(True)
    marcar(pagina, intento, 1)
    expect(estado(pagina, 1)).to_have_text("Guardado en este celular")
    assert len(esperan(pagina)) == 1
    borrar_lo_guardado(pagina, live_server.url)
    expect(pagina.locator("[data-k-senal]")).to_contain_text("Este celular borró lo que guardaba del aula.")
    expect(estado(pagina, 1)).to_have_text("Guardado en este celular")
    hasta = time.monotonic() + 5
    while not esperan(pagina) and time.monotonic() < hasta:
        pagina.wait_for_timeout(50)
    assert len(esperan(pagina)) == 1, "what it says is kept is kept"
    pagina.evaluate("() => kuska.cola.enviar()")
    expect(pagina.locator("[data-k-senal]")).to_contain_text("Este celular borró lo que guardaba del aula.")
    pagina.context.set_offline(False)
    se_esconde(pagina)
    expect(estado(pagina, 1)).to_have_text(RECIBIDA)
    assert Respuesta.objects.count() == 1
    borrar_lo_guardado(pagina, live_server.url)
    pagina.goto(f"{lugar(evaluada.unidad_evaluada)}/preguntas")
    assert pagina.locator("#p1 input:checked").count() > 0, "what was confirmed comes from the server"


def test_a_sending_that_the_phone_took_back_is_kept_again_and_one_that_only_closed_is_not_told(
    abrir, como, evaluada, integrante, live_server
):
    pagina = como(abrir(), integrante)
    pagina.add_init_script(
        "const abrir = IDBFactory.prototype.open; IDBFactory.prototype.open = function (...que) {"
        " const pedido = abrir.apply(this, que);"
        " pedido.addEventListener('success', () => { window.abierta = pedido.result }); return pedido }"
    )
    en_la_primera(pagina, evaluada)
    pagina.context.set_offline(True)
    poner = "() => kuska.cola.poner('envio', [1, 2], [['intento', 'x']], 'e x envio')"
    numero = pagina.evaluate(poner)
    pagina.evaluate("() => abierta.dispatchEvent(new Event('close'))")
    pagina.wait_for_timeout(1500)
    expect(pagina.locator("[data-k-senal]")).not_to_contain_text("borró")
    assert [uno["id"] for uno in esperan(pagina)] == [numero]
    borrar_lo_guardado(pagina, live_server.url)
    expect(pagina.locator("[data-k-senal]")).to_contain_text("Este celular borró lo que guardaba del aula.")
    assert [(uno["id"], uno["clase"]) for uno in esperan(pagina)] == [(numero, "envio")], "the same, not another"


def test_a_module_that_the_phone_took_back_is_not_said_to_be_there(abrir, como, integrante, modulo, live_server):
    pagina = guardar(como(abrir(), integrante), modulo)
    donde = pagina.url
    borrar_lo_guardado(pagina, live_server.url)
    pagina.goto(donde)
    expect(pagina.get_by_role("button", name="Guardar en este celular")).to_be_visible()
    expect(pagina.get_by_text("Guardado en este celular. Ya puede abrirlo sin señal.")).to_be_hidden()
