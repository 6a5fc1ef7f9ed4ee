"""The log: one line a thing, in UTC, that names its request and its account by number, and nobody by name.

A line goes to a queue and a thread writes it: a terminal or a pipe that does not keep up never holds a request. What
does not fit is counted and told. Nothing that a visitor wrote starts a line of its own, and no address is kept whole:
that of a personal link opens a session.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import queue
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

from celery import current_task
from celery.utils.log import LoggingProxy

from .peticion import pantalla_de, peticion, referencia_de

CABEN = 10_000
LARGO = 2000
# What whoever writes a line may add to it (``extra``): numbers of rows and names of ours, never what somebody typed.
APARTE = (
    "tarea",
    "encargo",
    "inscripcion",
    "intento",
    "documento",
    "envio",
    "suscripcion",
    "copia",
    "codigo",
    "proceso",
    "error",
)
SIN_SU_NOMBRE = {"hora", "nivel", "texto"}
ALGO_MAS_QUE_UN_MOMENTO = 1.0
NUMEROS_LARGOS = re.compile(r"\d{6,}")
CORREOS = re.compile(r"[^\s@'\"<>]+@[^\s@'\"<>]+")
DE_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def sin_datos(texto: str) -> str:
    """A text of the log without documents, phones, e-mails or what starts another line."""
    tapado = CORREOS.sub("•@•", NUMEROS_LARGOS.sub("••••••", texto))
    return DE_CONTROL.sub(" ", tapado)[:LARGO]


def _de_la_tarea() -> dict[str, Any]:
    """Which task writes, and the number that all its lines share; nothing outside a worker."""
    pedido = getattr(current_task, "request", None) if current_task else None
    if pedido is None or pedido.id is None:
        return {}
    return {"tarea": current_task.name, "referencia": pedido.id}


class _EnPartes(logging.Formatter):
    """What every line says, whatever it looks like."""

    def partes(self, registro: logging.LogRecord) -> dict[str, Any]:
        request = getattr(registro, "request", None)
        request = request if hasattr(request, "META") else peticion()
        dichas: dict[str, Any] = {
            "hora": datetime.fromtimestamp(registro.created, UTC).isoformat(timespec="milliseconds"),
            "nivel": registro.levelname,
            "de": registro.name,
            "texto": self._texto(registro, request),
        }
        if request is not None:
            cuenta = getattr(request, "_cached_user", None)
            dichas |= {
                "referencia": referencia_de(request),
                "metodo": sin_datos(str(request.method))[:10],
                "pantalla": pantalla_de(request),
                "cuenta": getattr(cuenta, "pk", None),
            }
        else:
            dichas |= _de_la_tarea()
        aparte = {clave: getattr(registro, clave) for clave in APARTE if getattr(registro, clave, None) is not None}
        dichas |= {clave: uno if isinstance(uno, int) else sin_datos(str(uno))[:100] for clave, uno in aparte.items()}
        if registro.exc_info and registro.exc_info[1]:
            dichas |= self._error(registro.exc_info[1])
        return dichas

    def _texto(self, registro: logging.LogRecord, request: Any) -> str:
        estado = getattr(registro, "status_code", None)
        if estado is not None and request is not None:  # of Django: its words are the address
            return f"{estado}"
        return sin_datos(registro.getMessage())

    def _error(self, error: BaseException) -> dict[str, Any]:
        pasos = traceback.extract_tb(error.__traceback__)
        dicho = str(error).partition("\n")[0]  # what follows, PostgreSQL fills with the values of the row
        return {
            "error": type(error).__name__,
            "dice": sin_datos(dicho),
            "donde": [f"{paso.filename}:{paso.lineno} {paso.name}" for paso in pasos[-12:]],
        }


class EnJson(_EnPartes):
    """For a machine that gathers lines: production."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.partes(record), ensure_ascii=False, default=str)


class EnTexto(_EnPartes):
    """For whoever looks at the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        partes = self.partes(record)
        donde = partes.pop("donde", [])
        linea = " ".join(
            f"{valor}" if clave in {"hora", "nivel", "texto"} else f"{clave}={valor}" for clave, valor in partes.items()
        )
        return "\n    ".join([linea, *donde])


def _de_este_proceso() -> TextIO:
    """Where it tells its errors. A worker and a clock of Celery make lines of the log of what is written there: they
    would come back here without end, and nobody would read any.
    """
    if isinstance(sys.stderr, LoggingProxy) and sys.__stderr__ is not None:
        return sys.__stderr__
    return sys.stderr


class SinEspera(logging.Handler):
    """Hand the line over and go on. The thread that writes is of this process, also after a fork."""

    def __init__(self, salida: TextIO | None = None, caben: int = CABEN) -> None:
        super().__init__()
        self.salida, self.caben = salida, caben
        self.proceso, self.perdidas = 0, 0
        self.cola: queue.Queue[str | None] = queue.Queue(caben)
        atexit.register(self.close)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            linea = self.format(record)
            self._empezar()
            self.cola.put_nowait(linea)
        except queue.Full:
            self.perdidas += 1
        except Exception:  # noqa: BLE001  # no line is worth a page
            self.handleError(record)

    def _empezar(self) -> None:
        if self.proceso == os.getpid():
            return
        self.proceso, self.cola = os.getpid(), queue.Queue(self.caben)
        self.hilo = threading.Thread(target=self._escribir, args=(self.cola,), name="kuska-diario", daemon=True)
        self.hilo.start()

    def _escribir(self, cola: queue.Queue[str | None]) -> None:
        while (linea := cola.get()) is not None:
            salida = self.salida or _de_este_proceso()
            try:
                if perdidas := self.perdidas:
                    self.perdidas = 0
                    salida.write(json.dumps({"nivel": "WARNING", "texto": f"{perdidas} lines did not fit"}) + "\n")
                salida.write(linea + "\n")
                salida.flush()
            except (OSError, ValueError):  # nobody reads any more
                self.perdidas += 1

    def close(self) -> None:
        """Write what waits, for a moment."""
        if self.proceso == os.getpid() and self.hilo.is_alive():
            try:
                self.cola.put(None, timeout=ALGO_MAS_QUE_UN_MOMENTO)
            except queue.Full:
                return
            self.hilo.join(ALGO_MAS_QUE_UN_MOMENTO)
            self.proceso = 0
        super().close()
