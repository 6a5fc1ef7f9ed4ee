"""A queue that cannot be served is not joined, and a room of sleeping phones keeps nobody out. With real sockets."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace

import pytest

from marco.servicio import web
from marco.servicio.turnos import MAXIMO, MINIMO, Paginas, TurnosConLimite
from tests.paciencia import PACIENCIA
from tests.test_holgura import VECES, paginas_pedidas

pytestmark = pytest.mark.un_motor


@pytest.fixture(scope="module")
def paginas() -> Paginas:
    return Paginas()


def canal(metodo: str = "GET", ruta: str = "/inicio", acepta: str = "text/html") -> SimpleNamespace:
    pedido = SimpleNamespace(command=metodo, path=ruta, headers={"ACCEPT": acepta}, error=None)
    return SimpleNamespace(requests=[pedido], service=lambda: None, cancel=lambda: None)


@pytest.fixture
def llena(paginas) -> Iterator[TurnosConLimite]:
    """Six in the queue of a single thread that takes a second for each, and does not come: four seconds of patience."""
    turnos = TurnosConLimite(hilos=1, espera=4, paginas=paginas)
    turnos.set_thread_count(0)
    turnos.por_turno = 1.0
    turnos.queue.extend([canal()] * 6)
    yield turnos
    turnos.queue.clear()
    turnos.portero.queue.clear()  # nobody is there to be told, and what is left would be told by the log
    turnos.shutdown(timeout=1)


def rechazo(turnos: TurnosConLimite, uno: SimpleNamespace):
    turnos.add_task(uno)
    return uno.requests[0].error


def test_who_looks_is_told_to_come_back_and_who_sends_still_waits(llena):
    estado, cabeceras, cuerpo = rechazo(llena, canal()).to_response()
    assert estado == "503 Service Unavailable"
    assert MINIMO <= int(dict(cabeceras)["Retry-After"]) <= MAXIMO + MINIMO
    assert "El aula está ocupada." in cuerpo.decode() and "No se guardó" not in cuerpo.decode()
    assert rechazo(llena, canal("POST")) is None
    llena.queue.extend([canal()] * 6)
    _estado, _cabeceras, cuerpo = rechazo(llena, canal("POST")).to_response()
    assert "No se guardó." in cuerpo.decode()
    assert llena.rechazados == 2


def test_a_script_gets_a_code(llena):
    _estado, cabeceras, cuerpo = rechazo(llena, canal(acepta="application/json")).to_response()
    assert dict(cabeceras)["Content-Type"] == "application/json" and b'"codigo": "ocupada"' in cuerpo


def test_whoever_asks_how_the_service_is_always_gets_in(llena):
    assert rechazo(llena, canal(ruta="/salud/lista")) is None


def test_while_it_keeps_up_nobody_is_turned_away(llena):
    llena.por_turno = 0.1
    assert rechazo(llena, canal()) is None


@contextmanager
def servida(aplicacion: Callable, *, hilos: int = 1, espera: float = 60) -> Iterator[tuple[str, int]]:
    """An application behind the real server."""
    enchufe = socket.create_server(("127.0.0.1", 0))
    enchufe.setblocking(False)
    donde = enchufe.getsockname()
    servidor = web.crear(aplicacion, enchufe, hilos=hilos, espera=espera)
    fin = threading.Event()

    def vueltas() -> None:
        while not fin.is_set():
            web.una_vuelta(servidor, espera=0.05)

    hilo = threading.Thread(target=vueltas)
    hilo.start()
    try:
        yield donde, servidor
    finally:
        fin.set()
        hilo.join()
        servidor.task_dispatcher.shutdown(timeout=5)
        for abierto in list(servidor.active_channels.values()):
            abierto.handle_close()
        servidor.close()


def pedir(donde: tuple[str, int], metodo: str = "GET") -> bytes:
    with socket.create_connection(donde, timeout=PACIENCIA) as uno:
        uno.sendall(f"{metodo} / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        partes = []
        while parte := uno.recv(65536):
            partes.append(parte)
    return b"".join(partes)


def hola(environ, start_response):
    start_response("200 OK", [("Content-Length", "4")])
    return [b"hola"]


def test_phones_that_sleep_behind_one_address_keep_nobody_out():
    with servida(hola) as (donde, _servidor), ExitStack() as abiertas:
        for _uno in range(150):
            abiertas.enter_context(socket.create_connection(donde, timeout=PACIENCIA))
        assert pedir(donde).endswith(b"hola")


def test_with_every_thread_stuck_the_rest_are_told_at_once():
    suelta, dentro = threading.Event(), threading.Event()

    def atascada(environ, start_response):
        dentro.set()
        suelta.wait(PACIENCIA)
        return hola(environ, start_response)

    with servida(atascada, espera=0.5) as (donde, servidor), ExitStack() as abiertas:
        servidor.task_dispatcher.por_turno = 100.0
        esperan = [abiertas.enter_context(socket.create_connection(donde, timeout=PACIENCIA)) for _uno in range(2)]
        for uno in esperan:
            uno.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            dentro.wait(PACIENCIA)
        while not servidor.task_dispatcher.queue:
            threading.Event().wait(0.01)
        dicho = pedir(donde)
        assert dicho.startswith(b"HTTP/1.1 503") and b"Retry-After:" in dicho
        suelta.set()
        assert esperan[0].recv(65536).startswith(b"HTTP/1.1 200")


def test_no_thread_asks_for_memory_at_each_call(paginas, caplog):
    caplog.set_level("ERROR", "waitress.queue")  # as it is while serving
    turnos, vistas, hecho = TurnosConLimite(hilos=1, espera=4, paginas=paginas), [], threading.Event()

    def contar() -> None:
        vistas.extend(map(paginas_pedidas, range(400)))
        hecho.set()

    uno = canal()
    uno.service = contar
    turnos.add_task(uno)
    assert hecho.wait(PACIENCIA) and max(vistas) < VECES // 2
    turnos.shutdown(timeout=1)
