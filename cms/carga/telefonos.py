"""Phones, in processes and threads of their own: each sends when its moment comes, whatever the others wait for.

What somebody waits is counted from that moment, not from when a thread was free for it. One that is told to come back
does, as the phone does, with the same identifier.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import queue
import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from cms.rendimiento.celular import DATOS, HTML, Sitio

VECES = 6
PACIENCIA = 30.0
REPARTIDAS = 4.0  # seconds over which phones that see signal again begin to send (``kuska/js/senal.js``)
DOS_VECES = 10  # one phone of so many does not hear that its lot arrived, and sends it again


@dataclass
class Resumen:
    """What a process saw."""

    esperas: list[float] = field(default_factory=list)
    estados: Counter[str] = field(default_factory=Counter)
    confirmadas: set[tuple[str, str]] = field(default_factory=set)
    perdidas: int = 0

    def sumar(self, otro: Resumen) -> None:
        self.esperas += otro.esperas
        self.estados += otro.estados
        self.confirmadas |= otro.confirmadas
        self.perdidas += otro.perdidas


@dataclass(frozen=True)
class Pedido:
    """Something to send at a moment: where, with what, and what is confirmed when it is taken.

    ``lote`` is what a phone kept and sends together, as JSON: each of its packets is confirmed by what is answered.
    """

    momento: float
    ruta: str
    datos: dict[str, str]
    sesion: str = ""
    confirma: tuple[str, str] | None = None
    bien: tuple[int, ...] = (200,)
    lote: str = ""


class Telefono(threading.Thread):
    """A thread that sends what its line brings, by a connection that it keeps."""

    def __init__(
        self, url: str | Sitio, linea: queue.Queue[Pedido | None], resumen: Resumen, cerrojo: threading.Lock
    ) -> None:
        super().__init__(daemon=True)
        self.sitio = url if isinstance(url, Sitio) else None
        self.partes = urlsplit(f"http://127.0.0.1:{url.puerto}" if isinstance(url, Sitio) else url)
        self.linea, self.resumen, self.cerrojo = linea, resumen, cerrojo
        self.conexion: Any = None

    def run(self) -> None:
        while (pedido := self.linea.get()) is not None:
            time.sleep(max(0.0, pedido.momento - time.monotonic()))
            self._enviar(pedido)

    def _enviar(self, pedido: Pedido) -> None:
        for _vez in range(VECES):
            estado, espera, cuerpo = self._una_vez(pedido)
            with self.cerrojo:
                self.resumen.estados[estado] += 1
            if estado.isdigit() and int(estado) in pedido.bien:
                with self.cerrojo:
                    self.resumen.esperas.append(time.monotonic() - pedido.momento)
                    if pedido.confirma:
                        self.resumen.confirmadas.add(pedido.confirma)
                    if pedido.lote:
                        self._confirmar(cuerpo)
                return
            if estado not in {"503", "corte"}:
                break
            time.sleep(espera * (0.5 + random.random()))  # noqa: S311
        with self.cerrojo:
            self.resumen.perdidas += 1

    def _confirmar(self, cuerpo: bytes) -> None:
        """What the service says of each packet of a lot."""
        for uno in json.loads(cuerpo)["recibidos"]:
            if uno["aplicado"]:
                self.resumen.confirmadas.add(("paquete", uno["id"]))
            else:
                self.resumen.perdidas += 1

    def _cabeceras(self, pedido: Pedido) -> dict[str, str]:
        sitio = self.sitio or Sitio(self.partes.port or 80)
        propias = sitio.cabeceras
        if self.sitio is None:
            propias = {"X-CSRFToken": propias["X-CSRFToken"]}
        return {
            **propias,
            "Cookie": sitio.galleta(pedido.sesion),
            "Accept": DATOS if pedido.confirma or pedido.lote else HTML,
            "Content-Type": DATOS if pedido.lote else "application/x-www-form-urlencoded",
        }

    def _una_vez(self, pedido: Pedido) -> tuple[str, float, bytes]:
        clase = http.client.HTTPSConnection if self.partes.scheme == "https" else http.client.HTTPConnection
        try:
            self.conexion = self.conexion or clase(self.partes.netloc, timeout=PACIENCIA)
            cuerpo = pedido.lote or urlencode(pedido.datos) or None
            self.conexion.request("POST" if cuerpo else "GET", pedido.ruta, cuerpo, self._cabeceras(pedido))
            dicho = self.conexion.getresponse()
            leido = dicho.read()
            return str(dicho.status), float(dicho.getheader("Retry-After") or 1), leido
        except (OSError, http.client.HTTPException):
            self.conexion = None
            return "corte", 1.0, b""


def _proceso(url: str | Sitio, pedidos: list[Pedido], hilos: int, empieza: float, salida: Any) -> None:
    resumen, cerrojo = Resumen(), threading.Lock()
    linea: queue.Queue[Pedido | None] = queue.Queue()
    base = time.monotonic() + max(0.0, empieza - time.time())
    for uno in pedidos:
        linea.put(replace(uno, momento=base + uno.momento))
    telefonos = [Telefono(url, linea, resumen, cerrojo) for _uno in range(hilos)]
    for telefono in telefonos:
        linea.put(None)
        telefono.start()
    for telefono in telefonos:
        telefono.join()
    salida.put(resumen)


def enviar(url: str | Sitio, pedidos: list[Pedido], *, procesos: int, hilos: int) -> Resumen:
    """Send them all, each at its moment, and return what was seen."""
    contexto = multiprocessing.get_context("spawn")
    salida, empieza = contexto.Queue(), time.time() + 2
    hijos = [
        contexto.Process(target=_proceso, args=(url, pedidos[n::procesos], hilos, empieza, salida))
        for n in range(procesos)
    ]
    for hijo in hijos:
        hijo.start()
    total = Resumen()
    for _uno in hijos:
        total.sumar(salida.get())
    for hijo in hijos:
        hijo.join()
    return total


def respuestas(gente: list[dict[str, Any]], *, por_segundo: float, segundos: float) -> list[Pedido]:
    """An answer after the other, spread over everybody, each with an identifier of its own."""
    lista, cuantas = [], int(por_segundo * segundos)
    for n in range(cuantas):
        una = gente[n % len(gente)]
        claves = sorted(una["respuestas"], key=int)
        pregunta = claves[n // len(gente) % len(claves)]
        datos = {
            "intento": una["intento"],
            "pregunta": pregunta,
            "operacion": str(uuid.uuid4()),
            f"p{pregunta}": una["respuestas"][pregunta],
        }
        ruta = f"/e/{una['curso']}/{una['unidad']}/respuesta"
        lista.append(Pedido(n / por_segundo, ruta, datos, una["sesion"], (una["intento"], pregunta)))
    return lista


def envios(gente: list[dict[str, Any]], *, segundos: float) -> list[Pedido]:
    """Everybody sends the whole evaluation within a few seconds."""
    lista = []
    for n, una in enumerate(gente):
        datos = {"intento": una["intento"], **{f"p{p}": valor for p, valor in una["respuestas"].items()}}
        momento = segundos * n / len(gente)
        ruta = f"/e/{una['curso']}/{una['unidad']}/enviar"
        lista.append(Pedido(momento, ruta, datos, una["sesion"], (una["intento"], "envío")))
    return lista


def entradas(gente: list[dict[str, Any]], clave: str) -> list[Pedido]:
    """Everybody of a room comes in at once, from one address."""
    return [Pedido(0.0, "/entrar", {"identificador": una["usuario"], "clave": clave}, bien=(302,)) for una in gente]


def reconexion(gente: list[dict[str, Any]], *, cada_una: int = 30) -> list[Pedido]:
    """Phones that were without signal come back together, each with a sitting of answers in one lot."""
    azar, lista = random.Random(len(gente)), []  # noqa: S311 — repeatable
    for n, una in enumerate(gente):
        lote = json.dumps({"marca": una["marca"], "paquetes": _guardadas(una, cada_una)})
        momento = azar.uniform(0, REPARTIDAS)
        veces = [momento, momento + 1.0] if n % DOS_VECES == 0 else [momento]
        lista += [Pedido(vez, "/paquetes", {}, una["sesion"], lote=lote) for vez in veces]
    return sorted(lista, key=lambda pedido: pedido.momento)


def _guardadas(una: dict[str, Any], cuantas: int) -> list[dict[str, Any]]:
    """The answers that a phone kept: a question after the other, and then each one changed."""
    claves, guardadas = sorted(una["respuestas"], key=int), []
    for n in range(cuantas):
        pregunta = claves[n % len(claves)]
        valor = (una["otras"] if n // len(claves) % 2 else una["respuestas"])[pregunta]
        campos = [["intento", una["intento"]], ["pregunta", pregunta], [f"p{pregunta}", valor]]
        lugar = [una["curso"], una["unidad"]]
        guardadas.append({"id": str(uuid.uuid4()), "clase": "respuesta", "lugar": lugar, "campos": campos})
    return guardadas
