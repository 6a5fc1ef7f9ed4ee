"""A worker of gunicorn where each thread takes a connection, answers it, lets go of it and takes the next.

In ``gthread`` one thread takes all of them and hands each over to another, that hands it back to be closed: three turns
of the same interpreter for a page, each of which may wait for whoever is working, and while one connection waited for
the other side to close, nothing else was taken. Here nobody waits for anybody: what waits, waits in the socket, and the
system gives it to the thread that has been free for longest, of whichever process. A connection carries one request: it
is for behind a proxy, that keeps those of the phones.
"""

from __future__ import annotations

import select
import socket
import struct
import sys
import threading
import time
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from .holgura import con_holgura

VUELTA = 0.5  # seconds after which a thread that waits looks whether it is time to end
CALLADA = 60  # seconds between two pieces of what is being sent
PARA_LEER = 5.0  # seconds for what was sent and nobody asked for


class Conexion(TConn):
    def wait_for_data(self, timeout: float) -> bool:
        """Whether something came: with one call in place of four."""
        mirar = select.poll()
        mirar.register(self.sock, select.POLLIN)
        return bool(mirar.poll(timeout * 1000))


class UnaPorHilo(ThreadWorker):
    """``threads`` are of each socket it listens on."""

    def init_process(self) -> None:
        self.cfg.set("keepalive", 0)
        super().init_process()

    def run(self) -> None:
        """Say that it lives until it is time to end; then let each thread end what it is answering."""
        self.poller.register(self.method_queue.fileno(), select.POLLIN, self.method_queue.run_callbacks)
        hilos = [
            threading.Thread(target=con_holgura, args=(self._atender, puerta), daemon=True)
            for puerta in self.sockets
            for _uno in range(self.cfg.threads)
        ]
        for puerta in self.sockets:
            puerta.sock.setblocking(True)
            _esperar_a_lo_mas(puerta.sock, VUELTA)
        for hilo in hilos:
            hilo.start()
        while self.alive and self.is_parent_alive():
            self.notify()
            self.wait_for_and_dispatch_events(timeout=1.0)
        self.alive = False
        limite = time.monotonic() + self.cfg.graceful_timeout
        while any(hilo.is_alive() for hilo in hilos) and time.monotonic() < limite:
            self.notify()
            time.sleep(VUELTA / 10)

    def _atender(self, puerta: Any) -> None:
        nuestra = puerta.getsockname()
        while self.alive:
            try:
                enchufe, de_quien = puerta.accept()
            except BlockingIOError:  # nobody came
                continue
            except OSError:  # who came left, or this user may open no more files
                time.sleep(VUELTA / 10)
                continue
            try:
                _esperar_a_lo_mas(enchufe, CALLADA)  # some systems give it the patience of the door
                self._responder(Conexion(self.cfg, enchufe, de_quien, nuestra))
            except BaseException:  # a page that fails takes no thread with it
                self.log.exception("Error handling connection")
                enchufe.close()

    def _responder(self, conexion: Conexion) -> None:
        """Answer, and close. Over something that was sent and not read, the answer would be lost: it is read before."""
        try:
            self.handle(conexion)
        finally:
            conexion.close(graceful=not self._leido_entero(conexion))

    def _leido_entero(self, conexion: Conexion) -> bool:
        pedido = conexion.parser  # none: it said nothing
        try:
            return not pedido or bool(pedido.mesg and pedido.finish_body(time.monotonic() + PARA_LEER, sys.maxsize))
        except Exception:  # noqa: BLE001 — what it sent makes no sense
            return False


def _esperar_a_lo_mas(enchufe: socket.socket, segundos: float) -> None:
    """The system itself gives up waiting: a door that is tried before it is opened is tried by all at once."""
    enteros, resto = divmod(segundos, 1)
    enchufe.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("@ll", int(enteros), int(resto * 1_000_000)))
