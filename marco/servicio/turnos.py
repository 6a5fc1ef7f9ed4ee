"""Who waits for a thread, and who is told at once to come back: a queue that cannot be served is not joined.

An answer after a minute is of no use: the phone gave up, and whoever came next waited for nothing. Those who only look
are turned away first; what somebody sends has twice the patience, and whoever asks how the service is always gets in.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import Error

from ..fallas import SEGUROS, textos_de_ocupada
from .holgura import con_holgura

PESO = 0.1  # of the last answer, in what one is taken to last
MINIMO, MAXIMO = 5, 60  # seconds after which to come back
SIEMPRE = ("/salud",)
CSP = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


class Ocupada(Error):
    """The answer to whoever would wait too long. Drawn beforehand: nothing is asked of anybody to give it."""

    code = 503
    reason = "Service Unavailable"

    def __init__(self, pagina: bytes, tipo: str, segundos: int) -> None:
        super().__init__("")
        self.pagina, self.tipo, self.segundos = pagina, tipo, segundos

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        cabeceras = [
            ("Content-Type", self.tipo),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", CSP),
            ("X-Content-Type-Options", "nosniff"),
            ("Retry-After", str(self.segundos)),
        ]
        return f"{self.code} {self.reason}", cabeceras, self.pagina


class Paginas:
    """What is said to whoever looks and to whoever sends, for a person and for a script."""

    def __init__(self) -> None:
        self.dichas = {escribe: self._dicha(escribe=escribe) for escribe in (False, True)}

    def de(self, pedido: Any, segundos: int) -> Ocupada:
        html, datos = self.dichas[pedido.command not in SEGUROS]
        if "application/json" in pedido.headers.get("ACCEPT", ""):
            return Ocupada(datos, "application/json", segundos)
        return Ocupada(html, "text/html; charset=utf-8", segundos)

    @staticmethod
    def _dicha(*, escribe: bool) -> tuple[bytes, bytes]:
        titulo, mensaje = textos_de_ocupada(escribe=escribe)
        html = render_to_string("kuska/fallo.html", {"titulo_del_fallo": titulo, "mensaje_del_fallo": mensaje})
        datos = {"codigo": "ocupada", "mensaje": f"{titulo} {mensaje}", "referencia": ""}
        return html.encode(), json.dumps(datos).encode()


class Turno:
    """The place of a connection in the queue."""

    def __init__(self, canal: Any, turnos: TurnosConLimite) -> None:
        self.canal, self.turnos, self.llego = canal, turnos, time.monotonic()

    def service(self) -> None:
        inicio = time.monotonic()
        pedido = self.canal.requests[0]
        if not pedido.error and inicio - self.llego > 2 * self.turnos.paciencia(pedido):
            self.turnos.rechazar(pedido, 0)
        rechazado = bool(pedido.error)
        self.canal.service()
        if not rechazado:
            self.turnos.anotar(time.monotonic() - inicio)

    def cancel(self) -> None:
        self.canal.cancel()


class ConHolgura(ThreadedTaskDispatcher):
    def start_new_thread(self, target: Callable[..., None], thread_no: int) -> None:
        super().start_new_thread(partial(con_holgura, target), thread_no)


class TurnosConLimite(ConHolgura):
    """Waitress's own dispatcher, whose queue is never longer than what it serves within ``espera`` seconds."""

    def __init__(self, *, hilos: int, espera: float, paginas: Paginas) -> None:
        super().__init__()
        self.hilos, self.espera, self.paginas = hilos, espera, paginas
        self.por_turno = 0.05
        self.rechazados = 0
        # Says no while all the others wait for something: a lock, a disk.
        self.portero = ConHolgura()
        self.portero.set_thread_count(1)
        self.set_thread_count(hilos)

    def add_task(self, task: Any) -> None:
        pedido = task.requests[0]
        turno = Turno(task, self)
        demora = len(self.queue) * self.por_turno / self.hilos
        if pedido.error or demora <= self.paciencia(pedido):
            super().add_task(turno)
            return
        self.rechazar(pedido, demora)
        self.portero.add_task(turno)

    def paciencia(self, pedido: Any) -> float:
        """How long somebody may wait, by what they ask for."""
        if str(pedido.path).startswith(SIEMPRE):
            return float("inf")
        return self.espera if pedido.command in SEGUROS else 2 * self.espera

    def rechazar(self, pedido: Any, demora: float) -> None:
        """Let the answer be to come back, each at a moment of its own so that they do not come together again."""
        self.rechazados += 1
        segundos = min(MAXIMO, max(MINIMO, round(demora))) + random.randint(0, MINIMO)  # noqa: S311
        pedido.error = self.paginas.de(pedido, segundos)

    def anotar(self, segundos: float) -> None:
        self.por_turno += PESO * (segundos - self.por_turno)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        self.portero.shutdown(cancel_pending, timeout)
        return bool(super().shutdown(cancel_pending, timeout))

    @property
    def libre(self) -> bool:
        """Whether nobody waits nor is being answered."""
        return not (self.queue or self.active_count or self.portero.queue or self.portero.active_count)
