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


SE_SABE_CUAL = (
    "const abrir = IDBFactory.prototype.open; IDBFactory.prototype.open = function (...que) {"
    " if (window.falla) { const nada = {}; setTimeout(() => nada.onerror(new Event('error'))); return nada }"
    " const pedido = abrir.apply(this, que);"
    " pedido.addEventListener('success', () => { window.abierta = pedido.result }); return pedido };"
    " window.estados = []; addEventListener('k-cola', e => estados.push(e.detail.estado), true);"
    " window.poner = (n, que) => kuska.cola.poner('envio', [1, 2], [['intento', que]], 'e x ' + n)"
)
BORRO = "Este celular borró lo que guardaba del aula."


def test_what_another_tab_sent_is_not_taken_for_lost(abrir, como, evaluada, integrante):
    una = como(abrir(), integrante)
    una.add_init_script(SE_SABE_CUAL)
    en_la_primera(una, evaluada)
    una.context.set_offline(True)
    suya = una.evaluate("() => poner(1, 'a')")
    una.context.set_offline(False)
    otra = una.context.new_page()
    otra.goto(una.url)
    una.context.set_offline(True)
    assert [p["id"] for p in esperan(otra)] == [suya]
    otra.evaluate("() => kuska.cola.quitar(() => true)")
    una.evaluate("() => abierta.dispatchEvent(new Event('close'))")
    una.wait_for_timeout(1500)
    assert esperan(una) == []
    expect(una.locator("[data-k-senal]")).not_to_contain_text("borró")
    otra.close()


def test_what_is_put_back_takes_the_place_of_nothing_that_was_done_meanwhile(
    abrir, como, evaluada, integrante, live_server
):
    pagina = como(abrir(), integrante)
    pagina.add_init_script(SE_SABE_CUAL)
    en_la_primera(pagina, evaluada)
    pagina.route("**/paquetes", lambda ruta: ruta.abort())
    antes = pagina.evaluate("async () => [await poner(1, 'a'), await poner(2, 'b')]")
    pagina.reload()  # what this page knows, it read with its place in the order
    pagina.evaluate(
        "() => { luego = new Promise(listo => abierta.addEventListener('close',"
        " async () => { const ids = []; for (let n = 0; ids.length < 2 && n < 100; n++) {"
        " try { ids.push(await poner(2 + ids.length, 'cd'[ids.length])) } catch (e) { /* it opens soon */ } }"
        " listo(ids) })) }"
    )
    borrar_lo_guardado(pagina, live_server.url)
    luego = pagina.evaluate("() => luego")
    expect(pagina.locator("[data-k-senal]")).to_contain_text(BORRO)
    assert sorted(p["campos"][0][1] for p in esperan(pagina)) == ["a", "c", "d"], "«b» gave way to what came after it"
    assert {p["id"] for p in esperan(pagina)} == {antes[0], *luego}


def test_a_phone_that_cannot_keep_says_so_and_what_it_took_back_is_put_back_when_it_can(
    abrir, como, evaluada, integrante, live_server
):
    pagina = como(abrir(), integrante)
    pagina.add_init_script(SE_SABE_CUAL)
    en_la_primera(pagina, evaluada)
    pagina.route("**/paquetes", lambda ruta: ruta.abort())
    suya = pagina.evaluate("() => poner(1, 'a')")
    pagina.evaluate("() => { falla = true }")
    borrar_lo_guardado(pagina, live_server.url)
    pagina.wait_for_function("() => estados.at(-1) === 'no'")
    expect(pagina.locator("[data-k-senal]")).not_to_contain_text("borró")
    pagina.evaluate("() => { falla = false; abierta.dispatchEvent(new Event('close')) }")
    expect(pagina.locator("[data-k-senal]")).to_contain_text(BORRO)
    pagina.wait_for_function("() => estados.at(-1) === 'celular'")
    assert [p["id"] for p in esperan(pagina)] == [suya]


def test_a_module_that_the_phone_took_back_is_not_said_to_be_there(abrir, como, integrante, modulo, live_server):
    pagina = guardar(como(abrir(), integrante), modulo)
    donde = pagina.url
    borrar_lo_guardado(pagina, live_server.url)
    pagina.goto(donde)
    expect(pagina.get_by_role("button", name="Guardar en este celular")).to_be_visible()
    expect(pagina.get_by_text("Guardado en este celular. Ya puede abrirlo sin señal.")).to_be_hidden()
