"""The load counts what phones see: who is told to come back does, and what was confirmed is looked for."""

from __future__ import annotations

import json
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from cms.carga import gente, telefonos
from cms.carga.resultado import Resultado
from cms.carga.telefonos import Resumen, Telefono
from evaluaciones.services.respuestas import responder
from tests.evaluaciones.factories import ProgramaConEvaluacion, buenas, empezar, ver_lecciones

UNA = {"sesion": "s", "curso": 1, "unidad": 2, "intento": "a", "marca": "m"}
UNA |= {"respuestas": {"1": "x", "2": "y"}, "otras": {"1": "z", "2": "w"}}


class Contesta(BaseHTTPRequestHandler):
    """Refuses the first of each operation, and takes it the second time."""

    vistas: list[str] = []
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        operacion = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["operacion"][0]
        estado = 200 if operacion in self.vistas else 503
        self.vistas.append(operacion)
        self.send_response(estado)
        self.send_header("Content-Length", "0")
        self.send_header("Retry-After", "0")
        self.end_headers()

    def log_message(self, *_partes: object) -> None: ...


@pytest.fixture
def servidor(request) -> Iterator[str]:
    Contesta.vistas = []
    uno = ThreadingHTTPServer(("127.0.0.1", 0), getattr(request, "param", Contesta))
    uno.daemon_threads = True
    hilo = threading.Thread(target=uno.serve_forever)
    hilo.start()
    yield f"http://127.0.0.1:{uno.server_port}"
    uno.shutdown()
    hilo.join()
    uno.server_close()


@pytest.mark.un_motor
def test_a_phone_that_is_told_to_come_back_sends_the_same_again(servidor, monkeypatch):
    monkeypatch.setattr(telefonos.time, "sleep", lambda _segundos: None)
    resumen, pedidos = Resumen(), telefonos.respuestas([UNA], por_segundo=2, segundos=1)
    telefono = Telefono(servidor, None, resumen, threading.Lock())
    for pedido in pedidos:
        telefono._enviar(pedido)
    telefono.conexion.close()
    assert resumen.estados == {"503": 2, "200": 2}
    assert resumen.confirmadas == {("a", "1"), ("a", "2")} and resumen.perdidas == 0
    assert len(Contesta.vistas) == 4 and len(set(Contesta.vistas)) == 2


@pytest.mark.un_motor
def test_one_that_never_gets_in_is_told(monkeypatch):
    monkeypatch.setattr(telefonos.time, "sleep", lambda _segundos: None)
    resumen = Resumen()
    [pedido] = telefonos.envios([UNA], segundos=5)
    Telefono("http://127.0.0.1:1", None, resumen, threading.Lock())._enviar(pedido)
    assert (resumen.perdidas, resumen.estados["corte"], resumen.confirmadas) == (1, telefonos.VECES, set())


@pytest.mark.un_motor
def test_answers_are_spread_over_everybody_each_at_its_moment():
    pedidos = telefonos.respuestas([UNA, {**UNA, "intento": "b"}], por_segundo=10, segundos=1)
    assert [pedido.momento for pedido in pedidos[:3]] == [0.0, 0.1, 0.2] and len(pedidos) == 10
    assert len({pedido.datos["operacion"] for pedido in pedidos}) == 10
    assert {pedido.confirma for pedido in pedidos} == {("a", "1"), ("b", "1"), ("a", "2"), ("b", "2")}


class TomaLotes(BaseHTTPRequestHandler):
    """Takes all of a lot but its last packet."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        lote = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["paquetes"]
        dicho = [{"id": uno["id"], "aplicado": n < len(lote) - 1} for n, uno in enumerate(lote)]
        cuerpo = json.dumps({"recibidos": dicho}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(cuerpo)))
        self.end_headers()
        self.wfile.write(cuerpo)

    def log_message(self, *_partes: object) -> None: ...


@pytest.mark.un_motor
@pytest.mark.parametrize("servidor", [TomaLotes], indirect=True)
def test_of_a_lot_each_packet_is_confirmed_by_what_is_answered(servidor):
    resumen = Resumen()
    primero, segundo = telefonos.reconexion([UNA], cada_una=5)
    assert primero.lote == segundo.lote, "one of ten does not hear the answer, and sends its lot again"
    paquetes = json.loads(primero.lote)["paquetes"]
    telefono = Telefono(servidor, None, resumen, threading.Lock())
    telefono._enviar(primero)
    telefono.conexion.close()
    assert resumen.confirmadas == {("paquete", uno["id"]) for uno in paquetes[:4]} and resumen.perdidas == 1


@pytest.mark.un_motor
def test_phones_that_come_back_send_what_they_kept_each_answer_another_than_before():
    pedidos = telefonos.reconexion([{**UNA, "marca": str(n)} for n in range(20)], cada_una=6)
    assert len(pedidos) == 22 and [p.momento for p in pedidos] == sorted(p.momento for p in pedidos)
    paquetes = json.loads(pedidos[0].lote)["paquetes"]
    dadas = [(uno["campos"][1][1], uno["campos"][2][1]) for uno in paquetes]
    assert dadas == [("1", "x"), ("2", "y"), ("1", "z"), ("2", "w"), ("1", "x"), ("2", "y")]
    assert len({uno["id"] for pedido in pedidos for uno in json.loads(pedido.lote)["paquetes"]}) == 20 * 6


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("modo", "esperas", "estados", "faltan", "perdidas", "dice"),
    [
        ("respuestas", [0.1] * 20, {"200": 20, "503": 3}, 0, 0, "cumple: p95 ≤ 400 ms, nada perdido"),
        ("respuestas", [0.1] * 10 + [0.5] * 10, {"200": 20}, 0, 0, "NO cumple: p95 ≤ 400 ms"),
        ("reconexion", [299.0], {"200": 1}, 0, 0, "cumple: todas en 300 s, nada perdido"),
        ("envios", [1.0], {"200": 1, "500": 2}, 1, 3, "NO cumple: 1 perdidas, 2 errores, 3 sin entrar"),
    ],
)
def test_a_load_is_judged_by_what_was_lost_and_by_what_was_waited(modo, esperas, estados, faltan, perdidas, dice):
    resumen = Resumen(esperas=esperas, estados=Counter(estados), perdidas=perdidas)
    assert Resultado.de(modo, resumen, faltan=faltan).veredicto == dice


@pytest.mark.django_db
def test_what_was_confirmed_is_looked_for_in_the_database(integrante):
    programa = ProgramaConEvaluacion(lecciones=1, preguntas=2)
    ver_lecciones(programa.inscribir(integrante))
    intento = empezar(integrante, programa.unidad_evaluada)
    responder(
        persona=integrante,
        intento=intento.clave,
        pregunta=1,
        enviado={"": buenas(intento)[1]},
        operacion=uuid.uuid4(),
        ahora=timezone.now(),
    )
    clave = str(intento.clave)
    assert gente.sin_guardar({(clave, "1")}) == 0
    assert gente.sin_guardar({(clave, "1"), (clave, "2"), (clave, "envío")}) == 2
